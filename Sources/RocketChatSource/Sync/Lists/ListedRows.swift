import AirbyteProtocol

/// What a listing has had so far, over all its walks.
struct ListedRows {
    /// What a row is to the destination.
    enum Novelty {
        /// Met before in this sync.
        case repeated
        /// The last sync delivered it.
        case known
        /// Nothing says that it was ever delivered.
        case stranger
    }

    /// Ids met, nil when nobody needs them or there are too many to keep.
    private(set) var ids: [String]?
    /// Rows met that nothing says were ever delivered.
    private(set) var strangers = 0
    /// Rows that the server counts and did not hand out.
    var shortfall = 0
    private var seen = KeySet()
    private let known: Set<String>
    // Too many ids to keep them: only dates tell what is new.
    private let tellsByDate: Bool

    // One walk already hands out each row once, and a full read asks for nothing more.
    private let isNeeded: Bool

    /// Nothing met yet. Ids are kept when `isKept`; `before` tells what the last sync delivered.
    init(isKept: Bool, isWalkedTwice: Bool, known before: ListingState?) {
        isNeeded = isKept || isWalkedTwice
        ids = isKept ? [] : nil
        known = Set(before?.ids ?? [])
        tellsByDate = before.map { $0.ids == nil } ?? false
    }

    /// Takes in a row; says what it is.
    mutating func insert(_ page: ScannedPage, _ row: Int) -> Novelty {
        guard isNeeded else { return .stranger }
        guard let key = page.probe(0, record: row, list: 0), seen.insert(page.keyHash(key)) else {
            return .repeated
        }
        guard let id = page.string(key) else { return .stranger }
        ids?.append(id)
        if let count = ids?.count, count > ListingState.mostIDs { ids = nil }
        if known.contains(id) || tellsByDate { return .known }
        strangers += 1
        return .stranger
    }
}
