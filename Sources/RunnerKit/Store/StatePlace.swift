import AirbyteProtocol
import CSystem
import JSONBytes

/// One state, of a stream or of all of them.
struct StateEntry {
    /// What it is about.
    enum Kind: String {
        case stream = "STREAM", global = "GLOBAL", legacy = "LEGACY"
    }

    /// Whose it is.
    let kind: Kind
    /// Of no meaning for a state of all streams.
    let key: StreamKey
    /// As the source said it.
    let state: JSON
    /// When, where that is known.
    let savedAt: String?

    /// As a table calls it.
    var name: String { kind == .stream ? key.description : "(all streams)" }

    /// The STATE payload, as `--state` takes it.
    var payload: JSON {
        switch kind {
        case .stream:
            .object([
                "type": .string(kind.rawValue),
                "stream": .object(["stream_descriptor": key.descriptor, "stream_state": state]),
            ])
        case .global: .object(["type": .string(kind.rawValue), "global": state])
        case .legacy: .object(["type": .string(kind.rawValue), "data": state])
        }
    }
}

/// Somewhere that states are kept.
protocol StatePlace {
    /// All of them.
    func entries() throws(RunnerError) -> [StateEntry]
    /// Drops the states of these streams, for good.
    func forget(_ keys: [StreamKey]) throws(RunnerError)
}

/// The file of `read --state`.
struct StateFilePlace: StatePlace {
    private let path: String

    /// The one at `path`.
    init(_ path: String) { self.path = path }

    private func file() throws(RunnerError) -> StateFile {
        guard let bytes = try Files.read(path) else { throw RunnerError(.usage, "there is no state file \(path)") }
        do throws(InputError) { return try StateFile(parsing: bytes) } catch {
            throw RunnerError(.usage, "\(path): \(error)")
        }
    }

    /// All of them.
    func entries() throws(RunnerError) -> [StateEntry] {
        let file = try file()
        return file.streams.map { StateEntry(kind: .stream, key: $0.key, state: $0.state, savedAt: nil) }
            + (file.global.map { [StateEntry(kind: .global, key: StreamKey(""), state: $0, savedAt: nil)] } ?? [])
            + (file.legacy.map { [StateEntry(kind: .legacy, key: StreamKey(""), state: $0, savedAt: nil)] } ?? [])
    }

    /// Drops the states of these streams, for good.
    func forget(_ keys: [StreamKey]) throws(RunnerError) {
        var file = try file()
        for key in keys { file[key] = nil }
        try Files.replace(path, with: file.text + "\n")
    }
}

/// The SQLite file of `sync`.
struct DatabasePlace: StatePlace {
    private let path: String
    private static let table = OwnTable.state.rawValue

    /// The one at `path`.
    init(_ path: String) { self.path = path }

    private func database() throws(RunnerError) -> Database {
        guard access(path, F_OK) == 0 else { throw RunnerError(.usage, "there is no SQLite file \(path)") }
        let database = try Database(path, writesAhead: false)
        try OwnTable.check(database)
        return database
    }

    /// All of them.
    func entries() throws(RunnerError) -> [StateEntry] {
        let database = try database()
        guard try database.integer("SELECT 1 FROM sqlite_master WHERE name = ?1", .text(Self.table)) != nil else {
            throw RunnerError(.usage, "\(path) holds no state: no sync of airbyte-run has filled it")
        }
        let sql = "SELECT type, namespace, stream, state, updated_at FROM \(Self.table) ORDER BY rowid"
        return try database.rows(sql).map { row throws(RunnerError) in
            guard let state = row[3].flatMap({ try? JSON(parsing: $0) }) else {
                throw RunnerError(.failed, "\(path): a row of \(Self.table) is not JSON; was it edited?")
            }
            let namespace = row[1].flatMap { $0.isEmpty ? nil : $0 }
            return StateEntry(
                kind: row[0].flatMap(StateEntry.Kind.init) ?? .stream,
                key: StreamKey(row[2] ?? "", namespace: namespace), state: state, savedAt: row[4])
        }
    }

    /// Drops the states of these streams, for good.
    func forget(_ keys: [StreamKey]) throws(RunnerError) {
        // Not under a sync that is at work: it would write its own word again.
        let lock = try FileLock(beside: path)
        try delete(keys)
        _ = consume lock
    }

    private func delete(_ keys: [StreamKey]) throws(RunnerError) {
        let database = try database()
        try database.execute("BEGIN IMMEDIATE")
        for key in keys {
            try database.run(
                "DELETE FROM \(Self.table) WHERE type = 'STREAM' AND namespace = ?1 AND stream = ?2",
                .text(key.namespace ?? ""), .text(key.name))
        }
        try database.execute("COMMIT")
    }
}
