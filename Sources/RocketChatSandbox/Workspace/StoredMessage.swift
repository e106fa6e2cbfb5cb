/// The columns of one message; the rest of it is encoded JSON in its room's arena.
struct StoredMessage: Sendable {
    /// Facts that are looked at without reading the body.
    struct Flags: OptionSet, Sendable {
        /// One bit per fact.
        let rawValue: UInt8
        /// Moved to the trash; the row only keeps its place.
        static let removed = Flags(rawValue: 1)
        /// `_hidden`: an edit-history copy, or deleted while history is kept.
        static let hidden = Flags(rawValue: 2)
        /// A `t: "rm"` placeholder.
        static let placeholder = Flags(rawValue: 4)
        /// Has a system type `t`.
        static let system = Flags(rawValue: 8)
        /// Mentions users.
        static let mentions = Flags(rawValue: 16)
        /// `tshow`: a thread reply also shown in the channel.
        static let shown = Flags(rawValue: 32)
        /// Carries files.
        static let files = Flags(rawValue: 64)
        /// Pinned.
        static let pinned = Flags(rawValue: 128)
    }

    /// The number its id is computed from; 1 and up.
    let serial: UInt32
    /// Index into the workspace's authors.
    let author: Int32
    /// Creation, Unix milliseconds.
    var ts: Int64
    /// Last write, Unix milliseconds.
    var updatedAt: Int64
    /// Where the body starts in the arena.
    var offset: UInt32
    /// Length of the body in bytes.
    var length: UInt32
    /// Serial of the thread's parent; 0 for none.
    var parent: UInt32
    /// Facts about it.
    var flags: Flags
}

/// What the parent of a thread carries.
struct Thread: Sendable {
    /// Replies (`tcount`).
    var count: Int
    /// Time of the last reply (`tlm`).
    var last: Int64
    /// Indices of the users who replied or follow (`replies`).
    var users: [UserIndex]
}

/// The last edit of a message.
struct Edit: Sendable {
    /// When (`editedAt`).
    var at: Int64
    /// Index of the user (`editedBy`).
    var by: UserIndex
}

/// A removed message, as the trash remembers it.
struct TrashedMessage: Sendable {
    /// Its serial.
    let serial: UInt32
    /// Its `ts`.
    let ts: Int64
    /// Its `_updatedAt` when it was removed: the server orders DELETED pages by it.
    let updatedAt: Int64
    /// When it was removed.
    let deletedAt: Int64
}
