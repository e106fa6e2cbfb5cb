/// Rows of a room in the order of their last write. Outdated entries stay until there are more of them than others.
struct UpdateIndex: Sendable {
    /// One write of one row.
    struct Entry: Sendable {
        /// `_updatedAt`, Unix milliseconds.
        let time: Int64
        /// Index of the row.
        let row: Int32
    }

    /// Entries in ascending order of time.
    private(set) var entries: [Entry] = []

    /// Makes room for entries.
    mutating func reserve(_ count: Int) {
        entries.reserveCapacity(count)
    }

    /// Notes that a row was written at that time.
    mutating func insert(time: Int64, row: Int32) {
        let entry = Entry(time: time, row: row)
        guard let last = entries.last, last.time > time else {
            entries.append(entry)
            return
        }
        // Only stamps from a skewed clock or an import arrive out of order.
        entries.insert(entry, at: firstIndex(after: time))
    }

    /// Index of the first entry later than that time.
    func firstIndex(after time: Int64) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].time > time { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Drops outdated entries once they are the majority.
    mutating func compact(live: Int, isCurrent: (Entry) -> Bool) {
        guard entries.count > 2 * live + 64 else { return }
        entries.removeAll { !isCurrent($0) }
    }
}
