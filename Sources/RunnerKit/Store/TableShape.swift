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
        let sql = "SELECT name, type, pk, \"notnull\", dflt_value IS NULL AND hidden = 0 FROM pragma_table_xinfo(?1, ?2)"
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

/// Puts a table into another form, with what its user has hung on it (indexes, triggers).
struct TableRebuild {
    private let database: Database
    private let shape: TableShape
    private let schema: String

    /// Rebuilds the table of `shape`, which is in `schema`.
    init(_ shape: TableShape, schema: String = "main", _ database: Database) {
        self.database = database
        self.shape = shape
        self.schema = schema
    }

    private var name: String { "\(schema).\(quoted(shape.table))" }

    /// Frees the columns in `loose` of their types and the key of its demands, and keeps every row. Throws an error of
    /// one stream when that cannot be done without harm.
    func loosen(_ loose: Set<ExactText>) throws(RunnerError) {
        if let odd = shape.columns.first(where: { !$0.isPlain || $0.isRequired && $0.place == 0 }) {
            throw Self.harm("its column \(odd.name) has a default or the like")
        }
        let declarations = shape.columns.map { column in
            let type = loose.contains(ExactText(foldingLikeSQLite: column.name)) ? "" : column.type
            // What an integer key is declared as: see Affinity.
            return "\(quoted(column.name)) \(column.place > 0 && type.uppercased() == "INTEGER" ? "INT" : type)"
        }
        let key = shape.key.map { quoted($0.name) }.joined(separator: ", ")
        let columns = shape.columns.map { quoted($0.name) }.joined(separator: ", ")
        let list = (declarations + (key.isEmpty ? [] : ["PRIMARY KEY (\(key))"])).joined(separator: ", ")
        try database.execute("CREATE TEMP TABLE rebuilt AS SELECT * FROM \(name)")
        try replace(by: "CREATE TABLE \(name) (\(list))") { () throws(RunnerError) in
            try database.execute("INSERT INTO \(name) (\(columns)) SELECT \(columns) FROM temp.rebuilt")
        }
        try database.execute("DROP TABLE temp.rebuilt")
    }

    /// Makes the table anew and empty. `own` are the columns that the runner knows; a table with others is not dropped.
    func renew(_ create: String, own: Set<ExactText>) throws(RunnerError) {
        if let other = shape.columns.first(where: { !own.contains(ExactText(foldingLikeSQLite: $0.name)) }) {
            throw Self.harm("its column \(other.name) is not airbyte-run's")
        }
        try replace(by: create) {}
    }

    private static func harm(_ reason: String) -> RunnerError {
        RunnerError(stream: "its table has to be made anew, but \(reason): rename the table or drop it, and run again")
    }

    private func replace(by create: String, _ fill: () throws(RunnerError) -> Void) throws(RunnerError) {
        let additions = try database.rows(
            """
            SELECT name, sql FROM \(schema).sqlite_master
            WHERE lower(tbl_name) = lower(?1) AND type IN ('index', 'trigger') AND sql IS NOT NULL
            """, .text(shape.table))
        try database.execute("DROP TABLE \(name); \(create)")
        try fill()
        for addition in additions {
            do throws(RunnerError) { try database.execute(addition[1] ?? "") } catch {
                throw error.isOfOneStream ? Self.harm("\(addition[0] ?? "") on it cannot be kept") : error
            }
        }
    }
}
