/// A set of key fingerprints.
///
/// `Set` would hash again what is a hash already; that took a tenth of the instructions of reading a list of users.
package struct KeySet: Sendable {
    /// How many keys there are.
    package private(set) var count = 0
    // Open addressing: a key lies at the place that its lower bits name or at the next free one. A power of two, at most three
    // quarters full.
    private var slots: [KeyHash] = []
    // The one key that a free slot looks like.
    private var hasZero = false

    /// An empty set.
    package init() {}

    /// Whether `key` is in the set.
    package func contains(_ key: KeyHash) -> Bool {
        if key == .zero { return hasZero }
        return !slots.isEmpty && slots[slot(of: key)] == key
    }

    /// Adds a key; returns whether it was new.
    @discardableResult
    package mutating func insert(_ key: KeyHash) -> Bool {
        if key == .zero {
            defer { hasZero = true }
            if !hasZero { count += 1 }
            return !hasZero
        }
        if count >= slots.count / 4 * 3 { grow() }
        let slot = slot(of: key)
        if slots[slot] == key { return false }
        slots[slot] = key
        count += 1
        return true
    }

    /// Takes out all keys and keeps the memory.
    package mutating func removeAll() {
        for slot in slots.indices { slots[slot] = .zero }
        hasZero = false
        count = 0
    }

    private func slot(of key: KeyHash) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: key.low) & mask
        while slots[slot] != key, slots[slot] != .zero { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: .zero, count: max(16, old.count * 2))
        for key in old where key != .zero { slots[slot(of: key)] = key }
    }
}
