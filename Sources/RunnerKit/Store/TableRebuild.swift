import JSONBytes

/// Puts a table into another form, with what its user has hung on it (indexes, triggers).
struct TableRebuild {
    private let database: Database
    private let shape: TableShape
    private let schema: String

    /// To rebuild `table` in `schema`, `main` or `temp`.
    init(_ table: String, in schema: String, _ database: Database) throws(RunnerError) {
        self.database = database
        self.schema = schema
        shape = try TableShape(table, schema: schema, database)
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
