import AirbyteProtocol
import JSONBytes

/// Which table holds which stream, and which column which field: noted in the file, so that a table keeps its names
/// whatever else comes, and so that no table is taken that the runner did not make.
struct TableNames {
    private let database: Database
    private let source: Int64
    /// Names in the file that a new table cannot have.
    private var taken: Set<ExactText>

    /// Makes the runner's own tables where they are missing. `source` is the number of the source at work.
    init(_ database: Database, source: Int64) throws(RunnerError) {
        self.database = database
        self.source = source
        let isEarly = try OwnTable.isEarly(database)
        try OwnTable.prepare(database)
        if isEarly { try Self.adopt(database) }
        let names = try database.rows(
            """
            SELECT name FROM main.sqlite_master WHERE type <> 'trigger'
            UNION ALL SELECT name FROM \(OwnTable.tables.rawValue)
            """)
        taken = Set(names.map { ExactText(foldingLikeSQLite: $0[0] ?? "") })
    }

    /// In a file of 0.1.0 the runner's tables are those that its history and its states name, if they have the column
    /// that each of its tables has. Name and namespace stand in one text there: NULL until the stream comes.
    private static func adopt(_ database: Database) throws(RunnerError) {
        try database.run(
            """
            INSERT OR IGNORE INTO \(OwnTable.tables.rawValue) (name, source, namespace, stream)
            SELECT m.name, 1, NULL, m.name FROM main.sqlite_master AS m
            WHERE m.type = 'table' AND m.name IN (
                SELECT stream FROM \(OwnTable.runs.rawValue)
                UNION SELECT CASE namespace WHEN '' THEN '' ELSE namespace || '.' END || stream FROM \(OwnTable.state.rawValue))
            AND EXISTS (SELECT 1 FROM pragma_table_info(m.name, 'main') WHERE name = ?1)
            """, .text(TableLayout.extractedAt))
    }

    /// The table for a stream. Throws `.usage` when something stands in its place that the runner did not make, and an
    /// error of one stream when no table can have its name.
    mutating func table(for key: StreamKey) throws(RunnerError) -> String {
        let known = try database.rows(
            """
            SELECT name, rowid FROM \(OwnTable.tables.rawValue) WHERE source = ?1
            AND (namespace = ?2 AND stream = ?3 OR namespace IS NULL AND stream = ?4)
            """, .integer(source), .text(key.namespace ?? ""), .text(key.name), .text(key.description))
        if let name = known.first?[0] {
            try checkOwn(name)
            try note(name, key)
            return name
        }
        // SQL text ends at a NUL.
        let wanted = key.description.withoutNUL
        try checkFree(wanted)
        var name = wanted.isEmpty ? "_" : wanted
        while !taken.insert(ExactText(foldingLikeSQLite: name)).inserted { name += "_" }
        try note(name, key)
        return name
    }

    private func note(_ name: String, _ key: StreamKey) throws(RunnerError) {
        try database.run(
            "INSERT OR REPLACE INTO \(OwnTable.tables.rawValue) (name, source, namespace, stream) VALUES (?1, ?2, ?3, ?4)",
            .text(name), .integer(source), .text(key.namespace ?? ""), .text(key.name))
    }

    /// What has the name of a table that the runner once made has to be that table still, or be gone.
    private func checkOwn(_ name: String) throws(RunnerError) {
        let kinds = try database.rows(
            "SELECT type FROM main.sqlite_master WHERE type <> 'trigger' AND lower(name) = lower(?1)", .text(name))
        guard !kinds.isEmpty else { return }
        let hallmark = "SELECT 1 FROM pragma_table_info(?1, 'main') WHERE name = ?2"
        guard kinds == [["table"]], try database.integer(hallmark, .text(name), .text(TableLayout.extractedAt)) != nil
        else { throw ForeignTable.error(name, in: database, reason: "is not the one that airbyte-run made") }
    }

    /// A name that is in the file already may only be that of another stream of this source.
    private func checkFree(_ name: String) throws(RunnerError) {
        let folded = ExactText(foldingLikeSQLite: name)
        if folded.text.hasPrefix("sqlite_") || OwnTable.allCases.contains(where: { $0.rawValue == folded.text }) {
            throw RunnerError(stream: "no table can have its name, which SQLite or airbyte-run keeps to itself")
        }
        guard taken.contains(folded) else { return }
        let owner = try database.integer(
            "SELECT source FROM \(OwnTable.tables.rawValue) WHERE lower(name) = lower(?1)", .text(name))
        if owner == nil { throw ForeignTable.error(name, in: database, reason: "airbyte-run did not make") }
        if owner != source {
            throw ForeignTable.error(name, in: database, reason: "holds a stream of another source")
        }
    }

    /// The column of each field of `table` that has had one.
    func columns(of table: String) throws(RunnerError) -> [ExactText: String] {
        var columns: [ExactText: String] = [:]
        let rows = try database.rows(
            "SELECT field, name FROM \(OwnTable.columns.rawValue) WHERE \"table\" = ?1", .text(table))
        for row in rows { columns[ExactText(row[0] ?? "")] = row[1] }
        return columns
    }

    /// Notes the columns of `layout`.
    func note(_ layout: TableLayout) throws(RunnerError) {
        for column in layout.columns {
            try database.run(
                "INSERT OR IGNORE INTO \(OwnTable.columns.rawValue) (\"table\", field, name) VALUES (?1, ?2, ?3)",
                .text(layout.table), .text(column.field), .text(column.name))
        }
    }
}
