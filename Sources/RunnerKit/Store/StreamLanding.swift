import AirbyteProtocol
import JSONBytes

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
    private(set) var layout: TableLayout
    /// The way they take.
    let mode: Mode
    /// The table was made by this run.
    let isNew: Bool
    /// `.replace`: true once the stage has become the table.
    private(set) var isPromoted = false
    /// `.replace`: the state that will stand with the promoted rows.
    var heldState: JSON?
    private let database: Database
    private let stage: String
    /// The columns that are the runner's own.
    private let own: Set<ExactText>
    /// The table has another key than the stream, so only a new one will do.
    private let needsRebuild: Bool
    private var writer: RowWriter
    /// Why the table could not be rebuilt, so that it is not tried for each record.
    private var obstacle: RunnerError?

    /// Makes or widens the stream's table, within the transaction that is open. `number` tells this run's stages
    /// apart.
    init(
        _ plan: StreamPlan, number: Int, startsOver: Bool, names: inout TableNames, database: Database
    ) throws(RunnerError) {
        self.database = database
        stage = "stage_\(number)"
        let table = try names.table(for: plan.key)
        let shape = try TableShape(table, database)
        let known = try names.columns(of: table)
        var layout = TableLayout(plan, shape: shape, known: known)
        mode = startsOver || !plan.isIncremental ? .replace : layout.key.isEmpty ? .append : .upsert
        isNew = shape.columns.isEmpty
        needsRebuild = try !Self.prepare(layout, shape, database)
        if needsRebuild, mode != .replace {
            throw RunnerError(
                stream: "its primary key is not the one of its table: run once with"
                    + " --full-refresh --streams \(plan.key) to rebuild the table")
        }
        try names.note(layout)
        // In a file of 0.1.0 all columns are its own.
        let own = known.isEmpty ? shape.columns.map(\.name) : Array(known.values) + [TableLayout.extractedAt]
        self.own = Set(own.map { ExactText(foldingLikeSQLite: $0) })
        if !needsRebuild { layout.follow(shape) }
        var target = "main.\(quoted(layout.table))"
        if mode != .upsert {
            try database.execute(layout.createStage(stage))
            target = "temp.\(quoted(stage))"
        }
        self.layout = layout
        writer = try RowWriter(layout, target: target, database: database)
    }

    /// Makes the table, or adds the columns that are new. False when its primary key is another one.
    private static func prepare(
        _ layout: TableLayout, _ shape: TableShape, _ database: Database
    ) throws(RunnerError) -> Bool {
        guard !shape.columns.isEmpty else {
            try database.execute(layout.create)
            return true
        }
        let wanted = layout.key.map { ExactText(foldingLikeSQLite: layout.columns[$0].name) }
        guard shape.key.map({ ExactText(foldingLikeSQLite: $0.name) }) == wanted else { return false }
        for index in layout.columns.indices where shape[layout.columns[index].name] == nil {
            try database.execute("ALTER TABLE main.\(quoted(layout.table)) ADD COLUMN \(layout.declaration(index))")
        }
        return true
    }

    /// Writes one record of the stream.
    mutating func write(
        _ fields: [RecordField], head: RecordHead, line: UnsafeBufferPointer<UInt8>
    ) throws(RunnerError) -> RowWriter.Outcome {
        let outcome = try writer.write(fields, head: head, line: line)
        guard case .doesNotFit(let columns) = outcome else { return outcome }
        try loosen(columns)
        return try writer.write(fields, head: head, line: line)
    }

    /// Rebuilds table and stage so that these columns keep every value as it is. Costs a copy of the table, once for
    /// each column that a source has wrongly declared.
    private mutating func loosen(_ columns: Set<Int>) throws(RunnerError) {
        if let obstacle { throw obstacle }
        do throws(RunnerError) { try rebuild(columns) } catch {
            obstacle = error
            throw error
        }
    }

    private mutating func rebuild(_ columns: Set<Int>) throws(RunnerError) {
        let names = Set(columns.map { ExactText(foldingLikeSQLite: layout.columns[$0].name) })
        try database.atOnce { () throws(RunnerError) in
            if !needsRebuild || isPromoted { try TableRebuild(layout.table, in: "main", database).loosen(names) }
            if mode != .upsert { try TableRebuild(stage, in: "temp", database).loosen(names) }
        }
        layout.loosen(columns)
        let target = mode == .upsert || isPromoted ? "main.\(quoted(layout.table))" : "temp.\(quoted(stage))"
        writer = try RowWriter(layout, target: target, undeclared: writer.undeclared, database: database)
    }

    /// `.append`: the staged rows have their state now and become rows of the table.
    func moveStage() throws(RunnerError) {
        guard mode == .append else { return }
        try database.atOnce { () throws(RunnerError) in
            try database.run(layout.promote(stage: stage))
            try database.run("DELETE FROM temp.\(quoted(stage))")
        }
    }

    /// `.append`, `.replace`: forgets what was staged. Returns the number of rows.
    func dropStage() throws(RunnerError) -> Int {
        guard mode != .upsert else { return 0 }
        return try database.run("DELETE FROM temp.\(quoted(stage))")
    }

    /// `.replace`: makes the staged rows the table's only rows. Returns how many rows went that have no successor;
    /// zero without a primary key, where no row is another's successor. What comes later goes into the table.
    mutating func promote() throws(RunnerError) -> Int {
        let removed = try database.atOnce { () throws(RunnerError) in
            if needsRebuild {
                try TableRebuild(layout.table, in: "main", database).renew(layout.create, own: own)
            }
            let removed = try database.run(layout.deleteUnseen(stage: stage))
            if let incomplete = layout.deleteIncomplete { try database.run(incomplete) }
            try database.run(layout.promote(stage: stage))
            try database.run("DELETE FROM temp.\(quoted(stage))")
            return removed
        }
        writer = try RowWriter(
            layout, target: "main.\(quoted(layout.table))", undeclared: writer.undeclared, database: database)
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
