import AirbyteProtocol
import JSONBytes

@testable import RocketChatSandbox
@testable import RocketChatSource

/// The form in which the rows of a stream are held against each other: canonical JSON, without what the connector adds and what
/// is no part of the truth.
struct RowForm {
    private let lists: Set<String>
    private let dropped: Set<String>
    /// Members that count; nil for all.
    private let kept: Set<String>?

    /// Of some streams the truth is told by ids and dates only.
    private static let kept: [String: Set<String>] = [
        "room_members": ["room_id", "_id"],
        "room_roles": ["room_id", "user_id"],
        "team_members": ["team_id", "user_id"],
        "team_rooms": ["team_id", "_id"],
        "role_users": ["role_id", "_id"],
        "custom_user_statuses": ["_id"],
        "invites": ["_id"],
        "video_conferences": ["_id", "rid", "status", "_updatedAt"],
        "statistics": ["_id", "createdAt"],
        "livechat_contacts": ["_id", "name", "unknown", "_updatedAt"],
    ]

    /// The form of the rows of `stream`.
    init(_ stream: String) {
        let definition = Catalogue.stream(named: stream)
        lists = Set((definition?.fields ?? []).filter { $0.type == .list }.map(\.name))
        var dropped = Set(definition.map { Self.added($0) } ?? [])
        // Presence changes from minute to minute.
        if stream == "users" { dropped.insert("status") }
        // Looked up by the listing.
        if stream == "livechat_rooms" { dropped.insert("department") }
        self.dropped = dropped
        kept = Self.kept[stream]
    }

    private static func added(_ definition: StreamDefinition) -> [String] {
        if case .partitioned(let partition) = definition.reading { partition.addedFields } else { [] }
    }

    /// The text of a row as it left the connector.
    func text(_ data: [UInt8]) -> String { JSONParser.parse(data)?.object.map { text($0) } ?? "not JSON" }

    /// The text of a row.
    func text(_ row: JSONObject) -> String {
        var row = row.filter { member in
            guard !member.key.hasPrefix("_ab_") else { return false }
            return kept.map { $0.contains(member.key) } ?? !dropped.contains(member.key)
        }
        // A bare value on the server, always a list in the copy.
        for name in lists {
            switch row[name] {
            case nil, .null?, .array?: break
            case let value?: row[name] = .array([value])
            }
        }
        return CanonicalJSON.text(.object(row))
    }

    /// Whether the text of a row is that of a row of the truth, which is canonical JSON as the server has it.
    func isSame(_ text: String, _ canonical: String) -> Bool {
        if text == canonical { return true }
        return JSONParser.parse(Array(canonical.utf8))?.object.map { self.text($0) == text } ?? false
    }

    /// Whether a row has nothing but members of a row of the truth: a listing with fewer fields told of it.
    func isPart(_ text: String, of canonical: String) -> Bool {
        guard let row = JSONParser.parse(Array(text.utf8))?.object,
            let whole = JSONParser.parse(Array(canonical.utf8))?.object
        else { return false }
        return row.members.allSatisfy { member in
            self.text([member.key: member.value]) == self.text([member.key: whole[member.key] ?? .null])
        }
    }
}
