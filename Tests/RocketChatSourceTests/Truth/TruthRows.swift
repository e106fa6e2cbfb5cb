@testable import RocketChatSandbox
@testable import RocketChatSource

/// What the copy of a stream should hold for an account.
struct TruthRows {
    /// The stream.
    let stream: String
    /// Rows by key, as canonical JSON of the server.
    private(set) var rows: [String: String]
    /// Further rows that must be there, in whatever version the listing that has them told of them.
    private(set) var thin: Set<String> = []

    /// What `account` may see of `stream` now.
    init(_ stream: String, _ sandbox: Sandbox, _ account: Account) {
        self.stream = stream
        if let kind = TruthStream(rawValue: stream) {
            rows = sandbox.truth(kind, for: account)
        } else {
            rows = Self.small(stream, sandbox, account)
        }
        // Members of live chats are no rows of their own.
        if stream == "room_members" {
            let chats = Set(sandbox.rooms(ofType: "l"))
            rows = rows.filter { !chats.contains(String($0.key.prefix { $0 != "/" })) }
        }
        guard stream == "channels" else { return }
        // Channels that channels.list does not name: those of teams, which other listings have, with fewer fields.
        for (room, home) in sandbox.roomHomes(for: account) where home.stream == .channels && rows[room] == nil {
            thin.insert(room)
        }
        // An administrator's listing has those of private teams, too, whose messages are for members.
        let administers = sandbox.change { workspace, _ in
            workspace.has("view-room-administration", workspace.existing(user: account.userID))
        }
        if administers { thin.formUnion(sandbox.rooms(ofType: "c").filter { rows[$0] == nil }) }
    }

    /// Whether a row of this key is alive.
    func isAlive(_ key: String) -> Bool { rows[key] != nil || thin.contains(key) }

    /// Keys of all rows.
    var keys: Set<String> { thin.union(rows.keys) }

    /// The same without some rows.
    func without(_ ids: Set<String>) -> TruthRows {
        var some = self
        some.rows = rows.filter { !ids.contains($0.key) }
        some.thin = thin.subtracting(ids)
        return some
    }

    /// The same, with any version of the rows besides `whole` being good enough.
    func loosened(except whole: Set<String>) -> TruthRows {
        var some = self
        some.rows = rows.filter { whole.contains($0.key) }
        some.thin = keys.subtracting(whole).union(thin)
        return some
    }

    /// What differs in a copy with these documents, in sentences.
    func differences(_ copy: [String: String]) -> [String] {
        let form = RowForm(stream)
        var found: [String] = []
        for (id, text) in copy.sorted(by: { $0.key < $1.key }) {
            guard let expected = rows[id] else {
                if !thin.contains(id) { found.append("\(stream)/\(id) should be gone: \(text)") }
                continue
            }
            if !form.isSame(text, expected) { found.append("\(stream)/\(id) is \(text) instead of \(expected)") }
        }
        for id in keys.sorted() where copy[id] == nil { found.append("\(stream)/\(id) is missing") }
        guard found.count > 3 else { return found }
        return found.prefix(3) + ["and \(found.count - 3) more of \(stream)"]
    }

    /// Collections that the sandbox has no truth for.
    private static func small(_ stream: String, _ sandbox: Sandbox, _ account: Account) -> [String: String] {
        let readable = Set(sandbox.readableRooms(for: account)).subtracting(sandbox.rooms(ofType: "l"))
        return sandbox.change { workspace, _ in
            let user = workspace.existing(user: account.userID)
            let rows: [JSONObject] =
                switch stream {
                case "statistics": workspace.has("view-statistics", user) ? workspace.small.statistics.rows : []
                case "livechat_contacts":
                    workspace.has("view-livechat-contact", user) ? workspace.small.contacts.rows : []
                case "video_conferences":
                    workspace.small.conferences.rows.filter { $0["rid"]?.text.map(readable.contains) ?? false }
                default: preconditionFailure("no truth of \(stream)")
                }
            return Dictionary(
                rows.map { ($0["_id"]?.text ?? "", String(decoding: JSONBuffer.encode(.object($0)), as: UTF8.self)) },
                uniquingKeysWith: { $1 })
        }
    }
}
