import AirbyteProtocol
import JSONBytes

/// The states inside the database, committed together with the rows they stand for.
struct StateTable {
    private let database: Database
    private let source: Int64
    private static let name = OwnTable.state.rawValue

    /// The states of the source with this number.
    init(_ database: Database, source: Int64) {
        self.database = database
        self.source = source
    }

    /// Everything known.
    func load() throws(RunnerError) -> StateFile {
        var states = StateFile()
        let sql = "SELECT type, namespace, stream, state FROM \(Self.name) WHERE source = ?1 ORDER BY rowid"
        for row in try database.rows(sql, .integer(source)) {
            guard let state = row[3].flatMap({ try? JSON(parsing: $0) }) else {
                throw RunnerError(.failed, "\(database.path): a row of \(Self.name) is not JSON; was it edited?")
            }
            switch row[0] {
            case "GLOBAL": states.apply(.object(["global": state]))
            case "LEGACY": states.apply(.object(["data": state]))
            default:
                states[StreamKey(row[2] ?? "", namespace: row[1])] = state
            }
        }
        return states
    }

    /// Takes over a STATE payload, within the transaction that is open.
    func save(_ payload: JSON) throws(RunnerError) {
        var states = StateFile()
        states.apply(payload)
        if let key = StateFile.stream(of: payload), states.isEmpty {
            try database.run(
                "DELETE FROM \(Self.name) WHERE source = ?1 AND type = 'STREAM' AND namespace = ?2 AND stream = ?3",
                .integer(source), .text(key.namespace ?? ""), .text(key.name))
        }
        for (key, state) in states.streams { try save("STREAM", key, state) }
        if let global = states.global { try save("GLOBAL", StreamKey(""), global) }
        if let legacy = states.legacy { try save("LEGACY", StreamKey(""), legacy) }
    }

    private func save(_ type: String, _ key: StreamKey, _ state: JSON) throws(RunnerError) {
        try database.run(
            """
            INSERT INTO \(Self.name) (type, namespace, stream, state, updated_at, source)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT DO UPDATE SET state = excluded.state, updated_at = excluded.updated_at
            """,
            .text(type), .text(key.namespace ?? ""), .text(key.name), .text(state.text),
            .text(Clock.timestamp), .integer(source))
    }
}
