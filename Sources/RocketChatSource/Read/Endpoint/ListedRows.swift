import JSONBytes

/// What is looked at in each row of a listing, and by what names: its key, and its date where it has one.
struct ListedRows: Sendable {
    /// All that the scanner checks and notes.
    private(set) var shape: RecordShape
    /// The row's id.
    let key: RecordShape.Probe
    /// When it was last changed; nil for listings whose dates nobody asks for.
    let date: RecordShape.Probe?

    init(_ shape: RecordShape = RecordShape(), key: FieldPath, date: FieldPath? = nil) {
        var shape = shape
        self.key = shape.probe(key)
        self.date = date.map { shape.probe($0) }
        self.shape = shape
    }

    /// Looks at one more field.
    mutating func probe(_ path: FieldPath) -> RecordShape.Probe { shape.probe(path) }

    /// The date of a row (Unix ms), if it has one.
    func date(at row: Int, of page: ScannedPage) -> Int64? { date.flatMap { page.milliseconds($0, at: row) } }
}

extension StreamDefinition {
    /// The rows as the stream's endpoint lists them, with the fields that the reader puts in the place of the server's.
    func rows(key: FieldPath? = nil, replacing: [String] = []) -> ListedRows {
        ListedRows(
            shape(replacing: replacing), key: key ?? FieldPath(primaryKey[0]),
            date: bearsSyncInstant ? nil : FieldPath(cursor ?? "_updatedAt"))
    }
}
