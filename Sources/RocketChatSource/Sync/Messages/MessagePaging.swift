package import AirbyteProtocol

/// Walks the changes of one room in ascending `_updatedAt`, page by page, without losing or repeating a row.
///
/// The server's cursor is a bare millisecond with strict comparison and no tie-break (rocket-chat-api.md §5.5, trap 1),
/// and bulk updates stamp thousands of rows with one millisecond. So each page is asked from one millisecond *before* the last
/// row read, rows met again there are dropped by key, and a page that holds nothing but one millisecond doubles the page size.
/// Pure: it decides what to ask and what to deliver; it sends nothing.
package struct MessagePaging: Sendable {
    /// One row of a page as far as paging needs to know it.
    package struct Row: Sendable {
        /// Hash of the row's `_id`.
        package let key: KeyHash
        /// The row's `_updatedAt` in Unix ms.
        package let updatedAt: Int64

        /// A row with its key and its last change.
        package init(key: KeyHash, updatedAt: Int64) {
            self.key = key
            self.updatedAt = updatedAt
        }
    }

    /// Rows changed strictly after this instant (Unix ms) are asked for next.
    package private(set) var cursor: Int64
    /// Rows to ask for. Grows when one millisecond fills a page.
    package private(set) var count: Int
    private var boundary: Int64
    private var seen: Set<KeyHash> = []

    /// Starts after `cursor` (Unix ms, exclusive) with pages of `count` rows.
    package init(after cursor: Int64, count: Int) {
        self.cursor = cursor
        self.count = count
        boundary = cursor
    }

    /// Takes in a page, ascending in `_updatedAt`; says which of its rows were not delivered before.
    ///
    /// Without `hasMore` the room is at its end and `cursor` keeps its value.
    package mutating func accept(_ rows: [Row], hasMore: Bool) -> [Int] {
        let fresh = rows.indices.filter { rows[$0].updatedAt != boundary || !seen.contains(rows[$0].key) }
        guard hasMore, let last = rows.map(\.updatedAt).max() else { return fresh }
        if last != boundary { seen.removeAll(keepingCapacity: true) }
        for row in rows where row.updatedAt == last { seen.insert(row.key) }
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
