/// The states inside the database, committed together with the rows they stand for.
struct StateTable {
    /// The table.
    static let name = "_airbyte_state"
    private let database: Database

    /// Makes the table when it is missing.
    init(_ database: Database) throws(RunnerError) {
        self.database = database
        try database.execute(
            """
            CREATE TABLE IF NOT EXISTS \(Self.name) (
                type TEXT NOT NULL, namespace TEXT NOT NULL, stream TEXT NOT NULL, state TEXT NOT NULL,
                updated_at TEXT NOT NULL, PRIMARY KEY (type, namespace, stream))
            """)
    }

    /// Everything known.
    func load() throws(RunnerError) -> StateSet {
        var states = StateSet()
        let statement = try database.statement("SELECT type, namespace, stream, state FROM \(Self.name) ORDER BY rowid")
        defer { statement.reset() }
        while try statement.step() {
            guard let state = statement.text(3).flatMap({ try? JSON(parsing: $0) }) else {
                throw RunnerError(.failed, "\(database.path): a row of \(Self.name) is not JSON; was it edited?")
            }
            switch statement.text(0) {
            case "GLOBAL": states.apply(.object(["global": state]))
            case "LEGACY": states.apply(.object(["data": state]))
            default:
                let namespace = statement.text(1) ?? ""
                states.set(StreamKey(statement.text(2) ?? "", namespace: namespace.isEmpty ? nil : namespace), state)
            }
        }
        return states
    }

    /// Takes over a STATE payload, within the transaction that is open.
    func save(_ payload: JSON) throws(RunnerError) {
        var states = StateSet()
        states.apply(payload)
        if let key = StreamKey(payload["stream"]?["stream_descriptor"]), states.isEmpty {
            try database.run(
                "DELETE FROM \(Self.name) WHERE type = 'STREAM' AND namespace = ?1 AND stream = ?2",
                .text(key.namespace ?? ""), .text(key.name))
        }
        for (key, state) in states.streams { try save("STREAM", key, state) }
        if let global = states.global { try save("GLOBAL", StreamKey(""), global) }
        if let legacy = states.legacy { try save("LEGACY", StreamKey(""), legacy) }
    }

    private func save(_ type: String, _ key: StreamKey, _ state: JSON) throws(RunnerError) {
        try database.run(
            """
            INSERT INTO \(Self.name) (type, namespace, stream, state, updated_at) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT DO UPDATE SET state = excluded.state, updated_at = excluded.updated_at
            """,
            .text(type), .text(key.namespace ?? ""), .text(key.name), .text(state.text),
            .text(Clock.text(Clock.now())))
    }
}
