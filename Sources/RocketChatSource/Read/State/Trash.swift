/// The server's memory of what was removed (rocket-chat-api.md §3.4).
package enum Trash {
    /// The server forgets removals after 30 days; half a day of it is kept as a margin (ms).
    package static let lifetime: Int64 = 30 * 86_400_000 - 43_200_000

    /// How long a bulk removal may take, in ms: so long before its first load, and before a reading that left doubts, the removals of
    /// a room are asked for, and so long after a room was deleted those of its messages.
    ///
    /// The server writes the trash records of a bulk removal before it takes away the first message: what a load reads in between
    /// is live and already in the trash.
    static let bulkRemoval: Int64 = 3_600_000
}
