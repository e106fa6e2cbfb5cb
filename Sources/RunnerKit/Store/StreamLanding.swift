/// Where one stream's records go, and what its states make of them.
struct StreamLanding {
    /// How records become rows.
    enum Mode {
        /// Straight into the table by primary key: repeated records repeat nothing.
        case upsert
        /// No primary key: into a stage first, since rows without their state would come again after a crash.
        case append
        /// Read anew from the beginning: into a stage, which takes the table's place once the stream is complete.
        case replace
    }

    /// The table the records end in.
    let layout: TableLayout
    /// The way they take.
    let mode: Mode
    /// `.replace`: true once the stage has become the table.
    private(set) var isPromoted = false
    /// `.replace`: the state that will stand with the promoted rows.
    var heldState: JSON?
    private let database: Database
    private let stage: String
    /// The table has another key than the stream, so only a new one will do.
    private let needsRebuild: Bool
    private var writer: RowWriter

    /// Makes or widens the stream's table, within the transaction that is open. `number` tells this run's stages
    /// apart.
    init(_ plan: StreamPlan, number: Int, startsOver: Bool, database: Database) throws(RunnerError) {
        self.database = database
        layout = TableLayout(plan, table: plan.key.description)
        stage = "stage_\(number)"
        mode = startsOver || !plan.isIncremental ? .replace : layout.key.isEmpty ? .append : .upsert
        needsRebuild = try !Self.prepare(layout, database)
        if needsRebuild, mode != .replace {
            throw RunnerError(
                .failed,
                "the primary key of stream \(plan.key) is not the one of its table: run once with"
                    + " --full-refresh --streams \(plan.key) to rebuild the table")
        }
        var target = "main.\(quoted(layout.table))"
        if mode != .upsert {
            try database.execute(layout.createStage(stage))
            target = "temp.\(quoted(stage))"
        }
        writer = try RowWriter(layout, target: target, database: database)
    }

    /// Makes the table, or adds the columns that are new. False when its primary key is another one.
    private static func prepare(_ layout: TableLayout, _ database: Database) throws(RunnerError) -> Bool {
        let statement = try database.statement("SELECT name, pk FROM pragma_table_info(?1, 'main')")
        defer { statement.reset() }
        statement.bind([.text(layout.table)])
        var existing: [(name: String, place: Int64)] = []
        while try statement.step() {
            existing.append(((statement.text(0) ?? "").lowercased(), statement.integer(1)))
        }
        statement.reset()
        guard !existing.isEmpty else {
            try database.execute(layout.create)
            return true
        }
        let key = existing.filter { $0.place > 0 }.sorted { $0.place < $1.place }.map(\.name)
        guard key == layout.key.map({ layout.columns[$0].name.lowercased() }) else { return false }
        let known = Set(existing.map(\.name))
        let missing = layout.columns.filter { !known.contains($0.name.lowercased()) }.map(\.declaration)
        let extracted = known.contains(TableLayout.extractedAt) ? [] : ["\(quoted(TableLayout.extractedAt)) TEXT"]
        for declaration in missing + extracted {
            try database.execute("ALTER TABLE main.\(quoted(layout.table)) ADD COLUMN \(declaration)")
        }
        return true
    }

    /// Writes one record of the stream.
    mutating func write(
        _ fields: [RecordField], head: RecordHead, line: UnsafeBufferPointer<UInt8>
    ) throws(RunnerError) -> RowWriter.Outcome {
        try writer.write(fields, head: head, line: line)
    }

    /// `.append`: the staged rows have their state now and become rows of the table.
    func moveStage() throws(RunnerError) {
        guard mode == .append else { return }
        try database.run(layout.promote(stage: stage))
        try database.run("DELETE FROM temp.\(quoted(stage))")
    }

    /// `.append`, `.replace`: forgets what was staged. Returns the number of rows.
    func dropStage() throws(RunnerError) -> Int {
        guard mode != .upsert else { return 0 }
        return try database.run("DELETE FROM temp.\(quoted(stage))")
    }

    /// `.replace`: makes the staged rows the table's only rows. Returns how many rows went that have no successor;
    /// zero without a primary key, where no row is another's successor. What comes later goes into the table.
    mutating func promote() throws(RunnerError) -> Int {
        if needsRebuild {
            try database.execute("DROP TABLE main.\(quoted(layout.table))")
            try database.execute(layout.create)
        }
        let removed = try database.run(layout.deleteUnseen(stage: stage))
        try database.run(layout.promote(stage: stage))
        try database.run("DELETE FROM temp.\(quoted(stage))")
        writer = try RowWriter(layout, target: "main.\(quoted(layout.table))", database: database)
        isPromoted = true
        return layout.key.isEmpty ? 0 : removed
    }

    /// How many rows the table has.
    func rowCount() throws(RunnerError) -> Int64 {
        try database.integer("SELECT count(*) FROM main.\(quoted(layout.table))") ?? 0
    }

    /// Fields that records had and the schema does not declare; they were not stored.
    var undeclaredFields: Set<String> { writer.undeclared }
}
