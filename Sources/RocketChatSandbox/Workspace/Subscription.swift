/// A user's membership of a room.
struct Subscription: Sendable {
    /// `_id`.
    let id: String
    /// Index of the room.
    let room: RoomIndex
    /// Index of the user.
    let user: UserIndex
    /// `ts`: joined at, Unix milliseconds.
    let joinedAt: Int64
    /// `ls`: last seen, Unix milliseconds.
    var lastSeen: Int64?
    /// `open`.
    var isOpen = true
    /// `alert`.
    var hasAlert = false
    /// `unread`.
    var unread = 0
    /// `userMentions`.
    var mentions = 0
    /// `f`: favourite.
    var isFavourite = false
    /// Roles in the room: `owner`, `moderator`, `leader`.
    var roles: [String] = []
    /// `_updatedAt`, Unix milliseconds.
    var updatedAt: Int64
    /// Rare members, as notification preferences and end-to-end keys.
    var extra = JSONObject()
    /// Left, removed or the room is gone.
    var isRemoved = false
}

/// A removed document, as the trash remembers it.
struct Trashed: Sendable {
    /// `_id`.
    let id: String
    /// Whom it belonged to.
    var user: UserIndex?
    /// The document itself, where the server answers with all of it.
    var document = JSONObject()
    /// When it was removed, Unix milliseconds.
    let deletedAt: Int64
}
