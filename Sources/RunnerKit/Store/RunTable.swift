/// The history of syncs inside the database: one row per run and stream.
struct RunTable {
    private let database: Database
    private let reporter: Reporter
    private let startedAt = Clock.timestamp
    /// The number of the run now under way; rises by one with each.
    let number: Int64

    /// Closes the runs that were killed, and takes the next number. What is written goes through `reporter`.
    init(_ database: Database, reporter: Reporter) throws(RunnerError) {
        self.database = database
        self.reporter = reporter
        try database.run("UPDATE \(OwnTable.runs.rawValue) SET status = 'killed' WHERE status = 'running'")
        number = (try database.integer("SELECT max(run) FROM \(OwnTable.runs.rawValue)") ?? 0) + 1
    }

    /// Notes that a stream is being read into `table`, by whose name the history knows it.
    func begin(_ table: String) throws(RunnerError) {
        try database.run(
            "INSERT OR IGNORE INTO \(OwnTable.runs.rawValue) (run, stream, started_at, status) VALUES (?1, ?2, ?3, 'running')",
            .integer(number), .text(reporter.line(table)), .text(startedAt))
    }

    /// Notes how far a stream has come, so that whoever looks at the file meanwhile sees it move.
    func move(_ account: StreamAccount, table: String) throws(RunnerError) {
        try database.run(
            "UPDATE \(OwnTable.runs.rawValue) SET upserts = ?3, deletions = ?4, bytes = ?5 WHERE run = ?1 AND stream = ?2",
            .integer(number), .text(reporter.line(table)), .integer(Int64(account.upserts)),
            .integer(Int64(account.deletions)), .integer(Int64(account.bytes)))
    }

    /// Notes how a stream ended; `rows` is nil when it has no table.
    func add(_ account: StreamAccount, table: String, rows: Int64?) throws(RunnerError) {
        try begin(table)
        try database.run(
            """
            UPDATE \(OwnTable.runs.rawValue) SET finished_at = ?3, status = ?4, upserts = ?5, deletions = ?6, rows = ?7,
                message = ?8, bytes = ?9 WHERE run = ?1 AND stream = ?2
            """,
            .integer(number), .text(reporter.line(table)), .text(Clock.timestamp),
            .text(account.failure == nil ? "ok" : "failed"), .integer(Int64(account.upserts)),
            .integer(Int64(account.deletions)), rows.map(SQLValue.integer) ?? .null,
            account.failure.map { .text(reporter.line($0)) } ?? .null, .integer(Int64(account.bytes)))
    }
}
