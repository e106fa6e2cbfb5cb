package import JSONBytes
package import RocketChatAPI

/// What the user configured. Keys and meaning are those of spec.json, the one reviewed description.
package struct Configuration: Sendable {
    /// Where the workspace lies.
    package let server: ServerAddress
    /// Token, id of its user and what a proxy wants besides; they show themselves to nobody.
    package let credentials: Credentials
    /// Messages last changed before this instant (Unix ms) are left out.
    package let startDate: Int64?
    /// Which rooms the room-by-room streams read.
    package let rooms: RoomSelection
    /// Which of these are asked on each sync.
    package let roomScan: RoomScan
    /// Fields that leave neither in records nor in schemas.
    package let omitted: [OmittedField]
    /// How long before the previous sync's end each sync reads again, in ms.
    package let overlap: Int64
    /// Most requests under way at once.
    package let concurrency: Int
    /// PEM text or path of a PEM file, for private authorities.
    package let caCertificate: String?
    /// Longest wait for one answer, in ms.
    package let requestTimeout: Int
    /// Settings that mean nothing, such as misspelt ones, as `concurency` or `rooms.exclud`.
    package let unknownKeys: [String]

    private static let keys: Set<String> = [
        "endpoint", "token", "user_id", "start_date", "room_types", "rooms", "room_scan", "full_scan_hours",
        "overlap_seconds", "concurrency", "ca_certificate", "request_timeout_seconds",
        "http_headers", "basic_authentication", "omit_fields",
    ]

    /// Reads the configuration from the runner's file.
    package init(_ document: JSON) throws(ConfigurationError) {
        guard let members = document.dictionary else {
            throw ConfigurationError(
                "The configuration is not a JSON object with the keys endpoint, token and user_id.")
        }
        if let (path, placeholder) = document.unreplacedPlaceholder() {
            throw ConfigurationError(
                "'\(path)' in the configuration holds the placeholder \(placeholder), which nobody has replaced. airbyte-run puts the "
                    + "environment variable of that name there; with another runner, write the value itself.")
        }
        let reader = ConfigurationReader(members: members)
        let endpoint = try reader.requiredText("endpoint")
        let token = try reader.requiredText("token")
        let userID = try reader.requiredText("user_id")
        startDate = try reader.instant("start_date")
        let types = try reader.texts("room_types", within: "configuration", allowed: RoomSelection.knownTypes)
        let patterns = try reader.object("rooms")
        rooms = RoomSelection(
            types: types.isEmpty ? Set(RoomSelection.knownTypes) : Set(types),
            include: try patterns.texts("include", within: "rooms"),
            exclude: try patterns.texts("exclude", within: "rooms"))
        let hours = try reader.integer("full_scan_hours", default: 24, in: 1...672)
        switch try reader.text("room_scan") ?? "all" {
        case "all": roomScan = .all
        case "changed": roomScan = .changed(within: Int64(hours) * 3_600_000)
        case let other: throw ConfigurationError("'room_scan' is '\(other)' but must be 'all' or 'changed'.")
        }
        omitted = try reader.texts("omit_fields", within: "configuration").map { text throws(ConfigurationError) in
            try OmittedField(text.trimmed)
        }
        overlap = Int64(try reader.integer("overlap_seconds", default: 120, in: 0...86_400)) * 1000
        concurrency = try reader.integer("concurrency", default: 4, in: 1...32)
        caCertificate = try reader.text("ca_certificate")
        let headers = try reader.text("http_headers")
        let login = try reader.text("basic_authentication")
        requestTimeout = try reader.integer("request_timeout_seconds", default: 120, in: 1...3600) * 1000
        unknownKeys =
            reader.unknownKeys(besides: Self.keys)
            + patterns.unknownKeys(besides: ["include", "exclude"]).map { "rooms.\($0)" }
        do throws(OptionError) {
            let basic: BasicAuthentication?
            if let login { basic = try BasicAuthentication(login) } else { basic = nil }
            credentials = try Credentials(
                token: token, userID: userID, additional: try AdditionalHeaders(headers ?? "").adding(basic))
            server = try ServerAddress(endpoint)
        } catch { throw ConfigurationError(error.message) }
    }

    /// What must be in no text, whether or not the document is a usable configuration: a sentence about one setting may quote a
    /// token that was pasted into the wrong place.
    static func secrets(in document: JSON) -> [String] {
        let reader = ConfigurationReader(members: document.dictionary ?? [:])
        let texts = ["token", "user_id"].compactMap { key in (try? reader.text(key)).flatMap { $0 } }
        let headers = (try? reader.text("http_headers")).flatMap { $0 }.flatMap { try? AdditionalHeaders($0) }
        let login = (try? reader.text("basic_authentication")).flatMap { $0 }
        let basic = login.map { text in (try? BasicAuthentication(text))?.secrets ?? [text] }
        // What nobody has replaced is no secret, and is to be named.
        return (texts + (headers?.secrets ?? []) + (basic ?? [])).filter { !$0.contains("${env:") }
    }
}

extension Configuration {
    /// What to say of a start date that lies ahead of `now` (Unix ms, the server's time); nil when it does not.
    func startDateDoubt(now: Int64) -> String? {
        guard let startDate, startDate > now else { return nil }
        return
            "'start_date' (\(Timestamp.text(startDate))) lies in the future: messages are read only when they are changed after it."
    }
}

/// How many rooms a sync of messages asks.
package enum RoomScan: Sendable, Equatable {
    /// Every room, every time: misses nothing.
    case all
    /// Rooms that the server reports as changed, and so many of the others that each is asked again within this many ms
    /// (rocket-chat-api.md §5.8).
    case changed(within: Int64)
}

/// A configuration that cannot be used: a sentence for the user.
package struct ConfigurationError: Error, Sendable, Equatable {
    /// What is wrong and what to do.
    package let message: String

    package init(_ message: String) { self.message = message }
}
