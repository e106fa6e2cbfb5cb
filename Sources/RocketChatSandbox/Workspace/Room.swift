/// The kinds of room.
enum RoomType: String, Sendable, CaseIterable {
    case channel = "c"
    case group = "p"
    case direct = "d"
    case livechat = "l"
}

/// A room and its messages.
struct Room: Sendable {
    /// `_id`.
    let id: String
    /// `t`; a channel can be made private and back.
    var type: RoomType
    /// The members that have no column of their own.
    var fields: JSONObject
    /// `msgs`.
    var messageCount = 0
    /// `usersCount`.
    var userCount = 0
    /// `lm`, Unix milliseconds.
    var lastActivity: Int64?
    /// `lastMessage`, a copy of the encoded message.
    var lastMessage: [UInt8]?
    /// Serial of the message copied there.
    var lastMessageSerial: UInt32 = 0
    /// `_updatedAt`, Unix milliseconds.
    var updatedAt: Int64
    /// The messages.
    var messages = MessageStore()
    /// Indices of the subscriptions by the index of the user.
    var members: [Int: Int] = [:]
    /// Deleted for good.
    var isRemoved = false

    /// `name`; direct messages have none.
    var name: String? { fields["name"]?.text }
    /// The parent room of a discussion.
    var parent: String? { fields["prid"]?.text }
    /// The team the room belongs to.
    var team: String? { fields["teamId"]?.text }
    /// Whether the room is archived.
    var isArchived: Bool { fields["archived"]?.flag == true }
    /// Whether only a few may write to all.
    var isBroadcast: Bool { fields["broadcast"]?.flag == true }

    /// The whole document.
    var document: JSONObject {
        var document: JSONObject = ["_id": .string(id), "t": .string(type.rawValue)]
        for member in fields.members { document[member.key] = member.value }
        document["msgs"] = .int(Int64(messageCount))
        document["usersCount"] = .int(Int64(userCount))
        if let lastActivity { document["lm"] = .date(lastActivity) }
        if let lastMessage { document["lastMessage"] = .raw(lastMessage) }
        document["_updatedAt"] = .date(updatedAt)
        return document
    }
}
