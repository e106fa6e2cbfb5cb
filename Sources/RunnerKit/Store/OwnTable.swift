import AirbyteProtocol

/// The tables in which the runner keeps its own affairs. All others belong to streams, or to somebody else.
enum OwnTable: String, CaseIterable {
    /// Whose data the file holds.
    case sources = "_airbyte_sources"
    /// Which tables the runner made, and for which stream of which source.
    case tables = "_airbyte_tables"
    /// Which column holds which field.
    case columns = "_airbyte_columns"
    /// The states.
    case state = "_airbyte_state"
    /// The history of syncs.
    case runs = "_airbyte_runs"

    /// Columns and constraints, in SQL.
    private var definition: [String] {
        switch self {
        case .sources: ["id INTEGER PRIMARY KEY", "command TEXT", "marks TEXT NOT NULL"]
        case .tables:
            ["name TEXT PRIMARY KEY", "source INTEGER NOT NULL", "namespace TEXT", "stream TEXT NOT NULL"]
        case .columns: ["\"table\" TEXT", "field TEXT", "name TEXT NOT NULL", "PRIMARY KEY (\"table\", field)"]
        case .state:
            [
                "type TEXT NOT NULL", "namespace TEXT NOT NULL", "stream TEXT NOT NULL", "state TEXT NOT NULL",
                "updated_at TEXT NOT NULL", "source INTEGER NOT NULL", "PRIMARY KEY (source, type, namespace, stream)",
            ]
        case .runs:
            [
                "run INTEGER NOT NULL", "stream TEXT NOT NULL", "started_at TEXT NOT NULL", "finished_at TEXT",
                "status TEXT NOT NULL", "upserts INTEGER NOT NULL DEFAULT 0", "deletions INTEGER NOT NULL DEFAULT 0",
                "rows INTEGER", "message TEXT", "bytes INTEGER NOT NULL DEFAULT 0", "PRIMARY KEY (run, stream)",
            ]
        }
    }

    private var columnNames: [String] {
        definition.filter { !$0.hasPrefix("PRIMARY KEY (") }
            .map { String($0.prefix { $0 != " " }).filter { $0 != "\"" } }
    }

    /// Whether the file has them as 0.1.0 knew them: states of one source, and no account of tables.
    static func isEarly(_ database: Database) throws(RunnerError) -> Bool {
        let hasSource = "SELECT 1 FROM pragma_table_info(?1, 'main') WHERE name = 'source'"
        return try state.isThere(database) ? database.integer(hasSource, .text(state.rawValue)) == nil : false
    }

    private func isThere(_ database: Database) throws(RunnerError) -> Bool {
        try database.integer("SELECT 1 FROM sqlite_master WHERE lower(name) = ?1", .text(rawValue)) != nil
    }

    /// Only looks. Throws `.usage` when something has the name of one of them that the runner has not made: other tools
    /// use such names, too (PyAirbyte's caches have a table `_airbyte_state`).
    static func check(_ database: Database) throws(RunnerError) {
        for table in allCases where try table.isThere(database) {
            let name = SQLValue.text(table.rawValue)
            let kinds = try database.rows("SELECT type FROM sqlite_master WHERE lower(name) = ?1", name)
            let found = try TableShape(table.rawValue, database).columns.map(\.name)
            // Their last columns came later.
            let early = table == .state || table == .runs ? Array(table.columnNames.dropLast()) : table.columnNames
            guard kinds == [["table"]], found == table.columnNames || found == early else {
                throw ForeignTable.error(table.rawValue, in: database, reason: "airbyte-run did not make")
            }
        }
    }

    /// Makes those that are missing, and the early state table anew, with its states as those of source 1.
    static func prepare(_ database: Database) throws(RunnerError) {
        let isEarly = try Self.isEarly(database)
        if isEarly {
            try database.execute(
                "CREATE TEMP TABLE early AS SELECT * FROM main.\(state.rawValue); DROP TABLE main.\(state.rawValue)")
        }
        for table in allCases {
            try database.execute(
                "CREATE TABLE IF NOT EXISTS main.\(table.rawValue) (\(table.definition.joined(separator: ", ")))")
        }
        if try !TableShape(runs.rawValue, database).columns.contains(where: { $0.name == "bytes" }) {
            try database.execute("ALTER TABLE main.\(runs.rawValue) ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0")
        }
        if isEarly {
            try database.execute(
                """
                INSERT INTO main.\(state.rawValue) (type, namespace, stream, state, updated_at, source)
                    SELECT type, namespace, stream, state, updated_at, 1 FROM temp.early;
                DROP TABLE temp.early
                """)
        }
    }
}

/// A table, view or index of somebody else where one of the runner's would have to be.
enum ForeignTable {
    /// `reason` completes "a table that …".
    static func error(_ name: String, in database: Database, reason: String) -> RunnerError {
        RunnerError(
            .usage,
            "\(database.path) has a table, view or index \(name) that \(reason): nothing was changed; name another file"
                + " with --into, or rename it there")
    }
}
