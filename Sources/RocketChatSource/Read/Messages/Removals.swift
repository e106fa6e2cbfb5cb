import JSONBytes

/// What one room's answers tell of removed messages, so that none of them is delivered as alive.
///
/// In the midst of a bulk removal a message is in the trash and still among the messages. One whose last change is younger than its
/// removal was made anew under its old id, as a repeated import does.
struct Removals {
    private var instants: [KeyHash: Int64] = [:]

    init() {}

    /// Notes that the message with this key was removed at `instant` (Unix ms).
    mutating func insert(_ key: KeyHash, at instant: Int64) {
        instants[key] = max(instants[key] ?? .min, instant)
    }

    /// Whether there are none.
    var isEmpty: Bool { instants.isEmpty }

    /// Whether a message last changed at `updatedAt` (Unix ms) was removed after that.
    func covers(_ key: KeyHash, updatedAt: Int64) -> Bool {
        instants[key].map { $0 >= updatedAt } ?? false
    }
}
