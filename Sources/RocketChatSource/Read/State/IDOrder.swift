extension Collection where Element == String {
    /// Ids in the order of their bytes.
    ///
    /// Those are compared as one number: comparing texts was half of what a state of many rooms costs.
    var inOrder: [String] {
        map { (start: $0.start, id: $0) }.sorted { left, right in
            left.start != right.start ? left.start < right.start : left.id < right.id
        }.map(\.id)
    }
}

extension String {
    /// The first eight bytes, the first of them the highest; zeros behind shorter ones.
    fileprivate var start: UInt64 {
        var bytes = utf8.makeIterator()
        var start: UInt64 = 0
        for _ in 0..<8 { start = start << 8 | UInt64(bytes.next() ?? 0) }
        return start
    }
}
