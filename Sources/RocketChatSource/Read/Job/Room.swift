import JSONBytes

/// A room as the message streams need to know it.
package struct Room: Sendable, Equatable {
    /// Id of the room.
    package let id: String
    /// Kind: c, p, d or l.
    package let type: String
    /// Name and display name, where it has them.
    package let names: [String]
    /// Last change of the room (Unix ms), where the listing tells it.
    package let updatedAt: Int64?
    /// The server's message counter; it drifts (rocket-chat-api.md §3.1).
    package let messages: Int?
    /// When its newest message was written or last changed (Unix ms), where the listing tells it.
    package var newestMessage: Int64?
    /// What the listing shows of its messages, where it shows enough of them (`RoomTrace`).
    package var fingerprint: UInt32?
    /// Parent room of a discussion: whoever may read the parent may read the discussion.
    package let parent: String?
    /// Whether the token's user is in it.
    package var isMember: Bool
    /// The id as JSON text, which the rows of the room's answers bear as `rid`.
    let quotedID: [UInt8]

    /// What it is called in logs: `room general (GENERAL)`. Direct messages have no name but their members'.
    package var label: String {
        guard type == "c" || type == "p", let name = names.first, name != id else { return "room \(id)" }
        return "room \(name) (\(id))"
    }

    package init(
        id: String, type: String, names: [String] = [], updatedAt: Int64? = nil, messages: Int? = nil,
        parent: String? = nil, isMember: Bool
    ) {
        self.id = id
        self.type = type
        self.names = names
        self.updatedAt = updatedAt
        self.messages = messages
        self.parent = parent
        self.isMember = isMember
        quotedID = JSON.string(id).bytes
    }
}
