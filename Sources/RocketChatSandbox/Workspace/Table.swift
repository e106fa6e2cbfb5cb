/// Documents by their place, which each keeps for good: nothing is taken out, what is removed says so itself.
struct Table<Row: Sendable>: RandomAccessCollection, MutableCollection, Sendable {
    private var rows: [Row] = []

    /// The first place.
    var startIndex: Place<Row> { Place(0) }
    /// The place that the next row takes.
    var endIndex: Place<Row> { Place(rows.count) }

    /// The row at a place.
    subscript(place: Place<Row>) -> Row {
        _read { yield rows[place.number] }
        _modify { yield &rows[place.number] }
    }

    /// Adds a row and returns its place.
    @discardableResult
    mutating func append(_ row: Row) -> Place<Row> {
        rows.append(row)
        return Place(rows.count - 1)
    }
}

extension SeededRandom {
    /// The place of some row.
    mutating func place<Row>(in table: Table<Row>) -> Place<Row> {
        Place(below(table.count))
    }
}
