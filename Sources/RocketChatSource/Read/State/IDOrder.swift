extension Collection where Element == String {
    /// Ids in the order of their bytes.
    var inOrder: [String] { map { OrderedID($0) }.sorted().map(\.id) }
}

/// An id whose first bytes are compared as one number: comparing texts was half of what a state of many rooms costs.
private struct OrderedID: Comparable {
    let id: String
    /// The first eight bytes, the first of them the highest; zeros behind shorter ones.
    private let start: UInt64

    init(_ id: String) {
        var bytes = id.utf8.makeIterator()
        var start: UInt64 = 0
        for _ in 0..<8 { start = start << 8 | UInt64(bytes.next() ?? 0) }
        self.id = id
        self.start = start
    }

    static func < (left: OrderedID, right: OrderedID) -> Bool {
        left.start != right.start ? left.start < right.start : left.id < right.id
    }
}
