/// The kinds of room.
enum RoomType: String, Sendable, CaseIterable {
    /// A public channel.
    case channel = "c"
    /// A private group.
    case group = "p"
    /// Direct messages, of one user or several.
    case direct = "d"
    /// A conversation with a visitor of the omnichannel.
    case livechat = "l"
}

/// A room and its messages.
struct Room: Sendable {
    /// `_id`.
    let id: String
    /// `t`; a channel can be made private and back.
    var type: RoomType
    /// The members that have no column of their own; those looked up often are kept beside them.
    var fields: JSONObject {
        didSet { remember() }
    }
    /// `name`; direct messages have none.
    private(set) var name: String?
    /// The parent room of a discussion (`prid`).
    private(set) var parent: String?
    /// The team the room belongs to (`teamId`).
    private(set) var team: String?
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
    /// Indices of the subscriptions by user.
    var members: [UserIndex: Int] = [:]
    /// Deleted for good.
    var isRemoved = false

    /// A room without messages or members.
    init(id: String, type: RoomType, fields: JSONObject, updatedAt: Int64) {
        self.id = id
        self.type = type
        self.fields = fields
        self.updatedAt = updatedAt
        remember()
    }

    private mutating func remember() {
        name = fields["name"]?.text
        parent = fields["prid"]?.text
        team = fields["teamId"]?.text
    }

    /// Whether the room is archived.
    var isArchived: Bool { fields["archived"]?.flag == true }
    /// Whether only a few may write to all.
    var isBroadcast: Bool { fields["broadcast"]?.flag == true }

    /// The whole document.
    var document: JSONObject {
        var members = [
            JSONObject.Member(key: "_id", value: .string(id)), .init(key: "t", value: .string(type.rawValue)),
        ]
        members.reserveCapacity(fields.members.count + 7)
        members += fields.members
        members.append(.init(key: "msgs", value: .int(Int64(messageCount))))
        members.append(.init(key: "usersCount", value: .int(Int64(userCount))))
        if let lastActivity { members.append(.init(key: "lm", value: .date(lastActivity))) }
        if let lastMessage { members.append(.init(key: "lastMessage", value: .raw(lastMessage))) }
        members.append(.init(key: "_updatedAt", value: .date(updatedAt)))
        return JSONObject(members)
    }
}
