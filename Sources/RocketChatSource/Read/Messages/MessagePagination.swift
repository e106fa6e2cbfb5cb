package import JSONBytes

/// Walks the changes of one room in ascending `_updatedAt`, page by page, without losing or repeating a row.
///
/// The server's cursor is a bare millisecond with strict comparison and no tie-break (rocket-chat-api.md §5.5, trap 1),
/// and bulk updates stamp thousands of rows with one millisecond. So each page is asked from one millisecond *before* the last
/// row read, rows met again there are dropped by key, and a page that holds nothing but one millisecond doubles the page size.
/// A server that does not get on by these rules (the same page again, no rows but a cursor, fewer rows than one millisecond has,
/// another order) is noticed: what is left must be read another way.
/// Pure: it decides what to ask and what to deliver; it sends nothing.
package struct MessagePagination: Sendable {
    /// Rows changed strictly after this instant (Unix ms) are asked for next.
    package private(set) var cursor: Int64
    /// Rows to ask for. Grows when one millisecond fills a page.
    package private(set) var count: Int
    /// Whether the pages do not get on.
    package private(set) var isStuck = false
    private var boundary: Int64
    private var seen = KeySet()
    /// Rows of the last page, if it held nothing but one millisecond.
    private var crowd = 0

    /// Most rows ever asked for at once.
    private static let most = 1 << 24

    /// Starts after `cursor` (Unix ms, exclusive) with pages of `count` rows.
    package init(after cursor: Int64, count: Int) {
        self.cursor = cursor
        self.count = count
        boundary = cursor
    }

    /// Takes in a page's `_updatedAt` (Unix ms, ascending); says which of its rows were not delivered before.
    ///
    /// `key` gives the hash of a row's `_id`; only rows at the edge of a page are asked for theirs. Without `hasMore` the
    /// room is at its end and `cursor` keeps its value.
    package mutating func accept(_ instants: [Int64], hasMore: Bool, key: (Int) -> KeyHash) -> [Int] {
        var fresh: [Int] = []
        fresh.reserveCapacity(instants.count)
        for row in instants.indices where instants[row] != boundary || !seen.contains(key(row)) { fresh.append(row) }
        guard hasMore else { return fresh }
        guard let last = instants.last, last > cursor, Self.isAscending(instants) else {
            isStuck = true
            return fresh
        }
        if last != boundary { seen.removeAll() }
        for row in instants.indices where instants[row] == last { seen.insert(key(row)) }
        boundary = last
        if last - 1 > cursor {
            cursor = last - 1
            crowd = 0
        } else {
            // A larger page must bring more of a crowded millisecond.
            isStuck = instants.count <= crowd || count >= Self.most
            crowd = instants.count
            count = min(count * 2, Self.most)
        }
        return fresh
    }

    private static func isAscending(_ instants: [Int64]) -> Bool {
        for (earlier, later) in zip(instants, instants.dropFirst()) where earlier > later { return false }
        return true
    }

    /// Asks for `count` rows from now on, unless a crowded millisecond has made the pages larger already.
    package mutating func resize(to count: Int) { self.count = max(self.count, count) }
}
