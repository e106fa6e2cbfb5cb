/// The history of syncs inside the database: one row per run and stream.
struct RunTable {
    /// The table.
    static let name = "_airbyte_runs"
    private let database: Database
    /// The number of the run now under way; rises by one with each.
    let number: Int64

    /// Makes the table when it is missing, closes the runs that were killed, and takes the next number.
    init(_ database: Database) throws(RunnerError) {
        self.database = database
        try database.execute(
            """
            CREATE TABLE IF NOT EXISTS \(Self.name) (
                run INTEGER NOT NULL, stream TEXT NOT NULL, started_at TEXT NOT NULL, finished_at TEXT,
                status TEXT NOT NULL, upserts INTEGER NOT NULL DEFAULT 0, deletions INTEGER NOT NULL DEFAULT 0,
                rows INTEGER, message TEXT, PRIMARY KEY (run, stream))
            """)
        try database.run("UPDATE \(Self.name) SET status = 'killed' WHERE status = 'running'")
        number = (try database.integer("SELECT max(run) FROM \(Self.name)") ?? 0) + 1
    }

    /// Notes that a stream is being read.
    func begin(_ stream: StreamKey) throws(RunnerError) {
        try database.run(
            "INSERT INTO \(Self.name) (run, stream, started_at, status) VALUES (?1, ?2, ?3, 'running')",
            .integer(number), .text(stream.description), .text(Clock.text(Clock.now())))
    }

    /// Notes how a stream ended; `failure` is nil when it is fine.
    func finish(_ account: StreamAccount, rows: Int64, failure: String?) throws(RunnerError) {
        try database.run(
            """
            UPDATE \(Self.name) SET finished_at = ?3, status = ?4, upserts = ?5, deletions = ?6, rows = ?7,
                message = ?8 WHERE run = ?1 AND stream = ?2
            """,
            .integer(number), .text(account.key.description), .text(Clock.text(Clock.now())),
            .text(failure == nil ? "ok" : "failed"), .integer(Int64(account.upserts)),
            .integer(Int64(account.deletions)), .integer(rows), failure.map(SQLValue.text) ?? .null)
    }
}
