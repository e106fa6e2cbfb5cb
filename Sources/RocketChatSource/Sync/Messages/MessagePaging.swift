package import AirbyteProtocol

/// Walks the changes of one room in ascending `_updatedAt`, page by page, without losing or repeating a row.
///
/// The server's cursor is a bare millisecond with strict comparison and no tie-break (rocket-chat-api.md §5.5, trap 1),
/// and bulk updates stamp thousands of rows with one millisecond. So each page is asked from one millisecond *before* the last
/// row read, rows met again there are dropped by key, and a page that holds nothing but one millisecond doubles the page size.
/// Pure: it decides what to ask and what to deliver; it sends nothing.
package struct MessagePaging: Sendable {
    /// Rows changed strictly after this instant (Unix ms) are asked for next.
    package private(set) var cursor: Int64
    /// Rows to ask for. Grows when one millisecond fills a page.
    package private(set) var count: Int
    private var boundary: Int64
    private var seen = KeySet()

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
        let fresh = instants.indices.filter { instants[$0] != boundary || !seen.contains(key($0)) }
        guard hasMore, let last = instants.max() else { return fresh }
        if last != boundary { seen.removeAll() }
        for row in instants.indices where instants[row] == last { seen.insert(key(row)) }
        boundary = last
        if last - 1 > cursor {
            cursor = last - 1
        } else {
            count *= 2
        }
        return fresh
    }

    /// Asks for `count` rows from now on, unless a crowded millisecond has made the pages larger already.
    package mutating func resize(to count: Int) { self.count = max(self.count, count) }
}
