import JSONBytes

/// What SQLite makes of the values that come into a column, by the column's declared type.
enum Affinity: Equatable {
    /// Nothing: every value stays what it is.
    case none
    /// Text that looks like a number becomes one.
    case integer
    /// Likewise, and integers become floating-point numbers.
    case real
    /// Numbers become text.
    case text

    /// By the rules of "Datatypes In SQLite", 3.1.
    init(declaredType: String) {
        let type = declaredType.uppercased()
        let holds = { (words: String...) in words.contains { type.contains($0) } }
        if holds("INT") {
            self = .integer
        } else if holds("CHAR", "CLOB", "TEXT") {
            self = .text
        } else if type.isEmpty || holds("BLOB") {
            self = .none
        } else {
            self = holds("REAL", "FLOA", "DOUB") ? .real : .integer
        }
    }

    /// A type that is declared to have it. Not INTEGER for keys: an INTEGER PRIMARY KEY takes nothing but integers.
    func declaredType(isKey: Bool) -> String {
        switch self {
        case .none: ""
        case .integer: isKey ? "INT" : "INTEGER"
        case .real: "REAL"
        case .text: "TEXT"
        }
    }
}

/// A table as it stands in the file.
struct TableShape {
    /// One of its columns.
    struct Column {
        /// As it was spelled when it was made.
        let name: String
        /// The declared type; empty when there is none.
        let type: String
        /// From 1; 0 outside the primary key.
        let place: Int64
        /// Takes no NULL.
        let isRequired: Bool
        /// Has neither a default nor an expression.
        let isPlain: Bool
    }

    /// The table's name.
    let table: String
    /// In their order; none when there is no such table.
    let columns: [Column]

    /// Looks at `table` in `schema`, `main` or `temp`.
    init(_ table: String, schema: String = "main", _ database: Database) throws(RunnerError) {
        self.table = table
        let sql =
            "SELECT name, type, pk, \"notnull\", dflt_value IS NULL AND hidden = 0 FROM pragma_table_xinfo(?1, ?2)"
        columns = try database.rows(sql, .text(table), .text(schema)).map { row in
            Column(
                name: row[0] ?? "", type: row[1] ?? "", place: Int64(row[2] ?? "") ?? 0, isRequired: row[3] == "1",
                isPlain: row[4] == "1")
        }
    }

    /// The columns of the primary key in their order.
    var key: [Column] { columns.filter { $0.place > 0 }.sorted { $0.place < $1.place } }

    /// The column with this name, as SQLite finds it.
    subscript(name: String) -> Column? {
        let wanted = ExactText(foldingLikeSQLite: name)
        return columns.first { ExactText(foldingLikeSQLite: $0.name) == wanted }
    }

    /// Whether a column of the key takes less than any value: no NULL, or nothing but integers.
    func isStrict(_ column: Column) -> Bool {
        column.place > 0 && (column.isRequired || key.count == 1 && column.type.uppercased() == "INTEGER")
    }
}
