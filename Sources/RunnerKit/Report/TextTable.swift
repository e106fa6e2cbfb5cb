/// A plain table: columns as wide as they need to be, two spaces between them.
struct TextTable {
    private var rows: [[String]]
    private let rightAligned: Set<Int>

    /// `rightAligned` names the columns of numbers, from zero.
    init(_ header: [String], rightAligned: Set<Int> = []) {
        rows = [header]
        self.rightAligned = rightAligned
    }

    /// Adds a row with as many cells as the header.
    mutating func add(_ row: [String]) { rows.append(row) }

    /// All rows, without a trailing newline.
    var text: String {
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let rule = widths.map { String(repeating: "-", count: $0) }
        return ([rows[0], rule] + rows.dropFirst()).map { row in
            let line = row.indices.map { column in
                let space = String(repeating: " ", count: widths[column] - row[column].count)
                return rightAligned.contains(column) ? space + row[column] : row[column] + space
            }.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }
}
