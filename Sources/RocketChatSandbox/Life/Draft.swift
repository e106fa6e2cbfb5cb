/// A message about to be written.
struct Draft {
    /// The text (`msg`).
    var text: String
    /// Serial of the thread's parent; 0 for none.
    var parent: UInt32 = 0
    /// `tshow`: a reply that is also shown in the channel.
    var isShown = false
    /// System type (`t`).
    var type: String?
    /// Members beyond the ordinary ones, as attachments.
    var extra = JSONObject()
    /// `ts` when it differs from the time of writing, as in imports.
    var ts: Int64?
    /// An id of the client's choosing.
    var id: String?
    /// Whether the parsed text (`md`) is stored.
    var isParsed = false

    /// A draft of ordinary text.
    init(_ text: String) {
        self.text = text
    }

    /// The encoded members, and the flags that go with them. `people` gives the user of a mentioned username.
    func encode(people: (String) -> User?) -> (body: [UInt8], flags: StoredMessage.Flags) {
        var body = JSONObject()
        var flags: StoredMessage.Flags = []
        body["msg"] = .string(text)
        if let type {
            body["t"] = .string(type)
            flags.insert(.system)
        } else {
            let mentions = Self.mentions(in: text, people: people)
            if !mentions.isEmpty { flags.insert(.mentions) }
            body["mentions"] = .array(mentions)
            body["channels"] = []
            body["urls"] = .array(Self.urls(in: text))
        }
        if isParsed {
            body["md"] = [["type": "PARAGRAPH", "value": [["type": "PLAIN_TEXT", "value": .string(text)]]]]
        }
        if isShown {
            body["tshow"] = true
            flags.insert(.shown)
        }
        for member in extra.members { body[member.key] = member.value }
        if extra["files"] != nil { flags.insert(.files) }
        var buffer = JSONBuffer(capacity: 160 + text.utf8.count)
        buffer.members(body)
        return (buffer.bytes, flags)
    }

    /// The `mentions` of a text: `@name` of existing users, `@all` and `@here`.
    static func mentions(in text: String, people: (String) -> User?) -> [JSON] {
        guard text.utf8.contains(UInt8(ascii: "@")) else { return [] }
        return text.split(separator: " ").filter { $0.first == "@" }.compactMap { word in
            let name = String(word.dropFirst())
            if name == "all" || name == "here" { return ["_id": .string(name), "username": .string(name)] }
            guard let user = people(name) else { return nil }
            var mention: JSONObject = ["_id": .string(user.id), "username": .string(user.username), "type": "user"]
            if let name = user.name { mention["name"] = .string(name) }
            return .object(mention)
        }
    }

    /// The `urls` of a text, before anything is known of them.
    static func urls(in text: String) -> [JSON] {
        guard text.contains("https://") else { return [] }
        return text.split(separator: " ").filter { $0.hasPrefix("https://") }
            .map { ["url": .string(String($0)), "meta": .object(JSONObject())] }
    }
}
