import JSONBytes

/// Rows of a listing that wait until a state names the new ones among them.
///
/// Each such state names all rows met so far. One a page would make a first sync of 20 000 rows write 40 MB of states for 10 MB of
/// rows; the more rows were named before, the more are therefore named at once.
struct HeldRows {
    /// Fewest new rows that are worth a state: a page of them.
    private static let least = OffsetPagination.count
    /// Most that wait, for the memory that their pages take.
    private static let most = 2000
    /// Of the rows named before, this part is named next.
    private static let growth = 4

    /// New rows among those that wait.
    private(set) var newRows = 0
    private var batches: [Batch] = []

    /// Rows of one page that wait.
    struct Batch {
        /// The page.
        let page: ScannedPage
        /// Their numbers in it.
        let rows: [Int]
        /// The room, team or the like that they belong to; empty where there is none.
        let parent: String
    }

    /// Adds rows of a page, `newRows` of them new.
    mutating func hold(_ page: ScannedPage, _ rows: [Int], of parent: String = "", newRows: Int) {
        self.newRows += newRows
        if !rows.isEmpty { batches.append(Batch(page: page, rows: rows, parent: parent)) }
    }

    /// Whether they have waited long enough, when `met` new rows were met so far.
    func isDue(met: Int) -> Bool {
        newRows == 0 || newRows >= min(Self.most, max(Self.least, (met - newRows) / Self.growth))
    }

    /// Takes them all out.
    mutating func release() -> [Batch] {
        defer { self = HeldRows() }
        return batches
    }
}
