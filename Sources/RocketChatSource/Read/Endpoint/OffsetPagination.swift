package import JSONBytes

/// Walks a list endpoint by `offset` and `count` while rows come and go (rocket-chat-api.md §3.1).
///
/// In a stable ascending order a removal before the offset moves later rows to the left, so that plain paging skips one.
/// Each page therefore starts at the last row of the page before: if its first row was not seen yet, rows have moved, and
/// the walk steps back a page. Endpoints without an order are read again if fewer rows were met than the server counts; of those
/// nothing is complete whose count fell meanwhile, for a row that was met and went makes up for one that was skipped. Where another
/// came at the same time, the count does not even fall: ``readAgain()`` is for those who miss a row that they knew.
///
/// What the server counts is not believed against what it hands out: the walk goes on until a page is short.
/// Pure: it decides what to ask and what to deliver; it sends nothing.
package struct OffsetPagination: Sendable {
    /// Rows asked for: the server's default upper limit; a lower limit of the server is followed as it shows.
    package static let count = 100
    /// Most times that the walk steps back or starts over before it accepts what it has.
    private static let patience = 20

    /// Offset of the next request.
    package private(set) var offset: Int
    /// Whether the last page was reached.
    package private(set) var isDone = false
    /// Rows that the server counted on the last page, nil if it did not say.
    package private(set) var total: Int?
    /// Whether no page has been taken in yet.
    package var isAtStart: Bool { pages == 0 }
    /// Distinct rows met.
    package var distinct: Int { seen.count }
    /// Whether the pages stopped bringing new rows before the list was at its end, or never stood still.
    package private(set) var isStuck = false
    /// Whether the server's count and the rows it handed out agree, as far as it told a count of rows.
    package var isComplete: Bool {
        guard isDone, !isStuck, isSorted && largest > 1 || !hasShrunk else { return false }
        // A row without a usable key may be any: what is not among the others is not gone for that.
        guard unusable == 0 else { return false }
        guard countsRows, let total else { return true }
        return total == first + distinct
    }

    /// Whether no row can be missing: at least as many were met as the server counts. More show that rows went meanwhile.
    package var hasAll: Bool {
        isDone && !isStuck && unusable == 0 && total.map { $0 <= first + distinct } ?? true
    }
    /// Whether a row that was not met may have moved from one page to another behind the walk's back.
    package var mayHaveSkipped: Bool { isComplete && !isSorted && countsRows && pages > 1 && passes < 2 }

    /// Goes once more from the first page to the last: a row that went shows in more rows than the server counts.
    package mutating func readAgain() {
        isDone = false
        startOver()
    }

    /// Whether a row with this key was met.
    package func hasMet(_ key: KeyHash) -> Bool { seen.contains(key) }

    /// Offset of the first page.
    private var first: Int
    private let isSorted: Bool
    private let countsRows: Bool
    /// Whether the next page starts at a row already met.
    private var overlaps = false
    private var seen = KeySet()
    /// Rows without a usable key in this pass; one that pages share counts twice, and one that another pass had counts no more.
    package private(set) var unusable = 0
    private var retreats = 0
    private var passes = 1
    private var pages = 0
    /// The largest offset read so far.
    private var furthest: Int
    /// Rows of the largest page: what the server hands out at once if there are enough.
    private var largest = 0
    /// Whether the server's count fell from one page to another.
    private var hasShrunk = false
    /// Pages after which the second pass ends: known when the first one is through.
    private var mostPages = Int.max

    /// A walk; `isSorted` when the endpoint honours the order asked for, `countsRows` unless its pages and its total count
    /// something else, of which several may be one row; it begins at `first`.
    package init(isSorted: Bool, countsRows: Bool = true, from first: Int = 0) {
        self.first = first
        offset = first
        furthest = first
        self.isSorted = isSorted
        self.countsRows = countsRows
    }

    /// Takes in a page of `rows` rows: their keys in order, nil for one that has none to use, and the server's count.
    /// Returns the positions in `keys` of rows not delivered before.
    package mutating func accept(_ keys: [KeyHash?], rows: Int, total: Int?) -> [Int] {
        if let total, let before = self.total, total < before { hasShrunk = true }
        self.total = total ?? self.total
        pages += 1
        let isBeyond = offset > furthest
        furthest = max(furthest, offset)
        let isShort = pages == 1 ? rows < Self.count && offset + rows == total : rows < largest
        largest = max(largest, rows)
        // An empty page in the place of the last row met shows that rows went before it: those behind it lie further left now.
        let hasMoved = overlaps && (keys.isEmpty || (keys.first ?? nil).map { !seen.contains($0) } ?? false)
        let fresh = keys.indices.filter { row in keys[row].map { seen.insert($0) } ?? false }
        unusable += keys.count { $0 == nil }
        if hasMoved, retreats == Self.patience { isStuck = true }
        if hasMoved, retreats < Self.patience {
            retreats += 1
            // After many removals at once the end may lie far to the left.
            let end = keys.isEmpty ? min(offset, total ?? offset) : offset
            offset = max(0, end - Self.count + 1)
            first = min(first, offset)
            overlaps = isSorted && offset > first
            return fresh
        }
        let end = offset + rows
        let isEmpty = rows <= (overlaps ? 1 : 0)
        // A server that ignores the offset hands out the same rows for ever. In a second pass known rows are the rule, and so
        // they are after a step back, as long as it leads through pages that were read before.
        let isStale = countsRows ? isBeyond && fresh.isEmpty && passes == 1 && !isEmpty : isFarBeyondTotal
        if isStale { isStuck = true }
        guard isEmpty || isStale || pages >= mostPages || (isShort && end >= self.total ?? .max) else {
            // A server whose upper limit is one row a page cannot repeat a row and still get on.
            overlaps = isSorted && rows > 1
            offset = overlaps ? end - 1 : end
            return fresh
        }
        if countsRows, let total = self.total, first + distinct + unusable < total, passes < 2 {
            startOver()
        } else {
            isDone = true
        }
        return fresh
    }

    private mutating func startOver() {
        passes += 1
        unusable = 0
        mostPages = 3 * pages + Self.patience
        offset = first
        overlaps = false
    }

    private var isFarBeyondTotal: Bool { total.map { offset > $0 + 10 * Self.count } ?? (pages > 10_000) }
}
