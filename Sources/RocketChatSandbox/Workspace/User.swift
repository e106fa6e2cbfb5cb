/// A user, or a visitor of the omnichannel, who writes messages but is in no user list.
struct User: Sendable {
    /// What kind of account it is.
    enum Kind: String, Sendable {
        case user, bot, app, visitor
    }

    /// `_id`.
    let id: String
    /// `username`.
    var username: String
    /// `name`; some users have none.
    var name: String?
    /// Kind of account (`type`).
    var kind: Kind
    /// Global roles.
    var roles: [String]
    /// False once deactivated.
    var active = true
    /// Presence: `online`, `away`, `busy` or `offline`.
    var status = "offline"
    /// `statusText`.
    var statusText: String?
    /// Address of the first e-mail.
    var email: String?
    /// `createdAt`, Unix milliseconds.
    var createdAt: Int64
    /// Last write of the document, Unix milliseconds.
    var updatedAt: Int64
    /// `lastLogin`, Unix milliseconds.
    var lastLogin: Int64?
    /// `avatarETag`.
    var avatarETag: String?
    /// `nickname`.
    var nickname: String?
    /// `bio`.
    var bio: String?
    /// `utcOffset` in hours.
    var utcOffset: Int64 = 0
    /// Token that authenticates the user; nil for all but the accounts.
    var token: String?
    /// What the user logs in with; nil for those that cannot.
    var password: String?
    /// Tokens of logins, next to the personal one.
    var loginTokens: Set<String> = []
    /// Whether an agent takes live chats (`statusLivechat`), where it has said so.
    var takesChats: Bool?
    /// Deleted for good.
    var isRemoved = false
    /// Index into the workspace's authors: how new messages are signed.
    var author: Int32 = 0

    /// `{_id, username}` and, when asked for, `name`.
    func reference(named: Bool = false) -> JSON {
        var reference: JSONObject = ["_id": .string(id), "username": .string(username)]
        if named, let name { reference["name"] = .string(name) }
        return .object(reference)
    }
}

/// How a user signs messages: a changed real name does not reach messages already written, a changed username does.
struct Author: Sendable {
    /// Index of the user.
    let user: UserIndex
    /// The real name when the messages were written.
    let name: String?
    /// The encoded `u` of the messages.
    var encoded: [UInt8]

    /// The signature of a user as it is now.
    init(_ user: User, at index: UserIndex) {
        self.user = index
        name = user.name
        encoded = JSONBuffer.encode(user.reference(named: true))
    }

    /// Takes over a changed username.
    mutating func rename(_ user: User) {
        var signed = user
        signed.name = name
        encoded = JSONBuffer.encode(signed.reference(named: true))
    }
}
