import JSONBytes

/// What one room's answers tell of removed messages, so that none of them is delivered as alive, and none alive as removed.
///
/// In the midst of a bulk removal a message is in the trash and still among the messages. One whose last change is younger than
/// its removal was made anew under its old id, as a repeated import does; or it was changed in that midst and goes all the same.
/// So it is delivered, and the removal is asked for once more.
struct Removals {
    private var instants: [KeyHash: Int64] = [:]
    // Tombstones that wait for proof that their message was not made anew.
    private var held: [KeyHash: AddedFields] = [:]
    private var order: [KeyHash] = []
    /// Whether a message was met that is younger than its removal.
    private(set) var hasDoubts = false

    init() {}

    /// Notes that the message with this key was removed at `instant` (Unix ms).
    mutating func insert(_ key: KeyHash, at instant: Int64) {
        instants[key] = max(instants[key] ?? .min, instant)
    }

    /// Keeps the tombstone of a message whose removal was noted.
    mutating func hold(_ tombstone: AddedFields, of key: KeyHash) {
        if held.updateValue(tombstone, forKey: key) == nil { order.append(key) }
    }

    /// Notes that a message was met that is younger than its removal.
    mutating func noteDoubt() { hasDoubts = true }

    /// Takes in a message that was last changed at `updatedAt` (Unix ms): no tombstone for one that is younger than its removal.
    mutating func meet(_ key: KeyHash, updatedAt: Int64) {
        guard let instant = instants[key], updatedAt > instant else { return }
        if held.removeValue(forKey: key) != nil { hasDoubts = true }
    }

    /// The tombstones that are left, in the order of the answer.
    mutating func release() -> [AddedFields] {
        defer { (held, order) = ([:], []) }
        return order.compactMap { held[$0] }
    }

    /// Whether there are none.
    var isEmpty: Bool { instants.isEmpty }

    /// Whether a message last changed at `updatedAt` (Unix ms) was removed after that.
    func covers(_ key: KeyHash, updatedAt: Int64) -> Bool {
        instants[key].map { $0 >= updatedAt } ?? false
    }
}
