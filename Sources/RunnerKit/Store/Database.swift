import AirbyteProtocol
internal import CSQLite
import CSystem
import JSONBytes

/// A SQLite file: statements prepared once, every failure a sentence.
///
/// A class because it owns the connection; used from one thread.
final class Database {
    /// The file, as its messages name it.
    let path: String
    private let handle: OpaquePointer
    private var statements: [ExactText: Statement] = [:]

    /// Opens the file, or makes it, for its owner's eyes only. `patience` is how long another program's lock is waited
    /// for, in milliseconds; signals are heard meanwhile. Without `writesAhead` a file that is there stays as it is, to
    /// the last byte, until the first commit.
    init(_ path: String, patience: Int = 10_000, writesAhead: Bool = true) throws(RunnerError) {
        // SQLite would make it readable by all (its log and its shared memory take their modes from the file). Where
        // this fails, the file exists, or SQLite says better what is wrong.
        let made = system_open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if made >= 0 { close(made) }
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(
            path, &opened,
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let opened else {
            sqlite3_close_v2(opened)
            throw Self.error(code, detail: String(cString: sqlite3_errstr(code)), path: path, doing: "open")
        }
        self.path = path
        handle = opened
        let context = UnsafeMutableRawPointer(bitPattern: patience)
        sqlite3_busy_handler(opened, { waitForLock(tries: $1, patience: $0) }, context)
        // Says whether it is a database at all.
        _ = try integer("SELECT count(*) FROM sqlite_master")
        try execute("PRAGMA cache_size=-32768")
        if writesAhead { try writeAhead() }
    }

    /// Write-ahead logging, because whoever looks at the tables meanwhile then neither waits nor is waited for, and
    /// a commit costs one synchronisation instead of several. `synchronous=FULL`, because with less a commit may be
    /// undone by a power cut, and a state that has been told must stand. File systems without shared memory keep
    /// the rollback journal; FULL is right for that one, too.
    func writeAhead() throws(RunnerError) {
        _ = try statement("PRAGMA journal_mode=WAL").step()
        try execute("PRAGMA synchronous=FULL")
        // The log may grow to 64 MB before it is moved into the file: pages that change often move once, not often.
        try execute("PRAGMA wal_autocheckpoint=16384")
        statements = [:]
    }

    deinit {
        statements = [:]
        // The last connection to close moves the log into the file and removes it.
        sqlite3_close_v2(handle)
    }

    /// Runs statements that take and give nothing.
    func execute(_ sql: String) throws(RunnerError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw error(code, doing: "write") }
    }

    /// The prepared statement for `sql`, from the cache when it was used before.
    func statement(_ sql: String) throws(RunnerError) -> Statement {
        if let known = statements[ExactText(sql)] { return known }
        var prepared: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        guard code == SQLITE_OK, let prepared else { throw error(code, doing: "use") }
        let statement = Statement(prepared, database: self)
        statements[ExactText(sql)] = statement
        return statement
    }

    /// Runs a statement with text or integer parameters and returns how many rows it changed.
    @discardableResult
    func run(_ sql: String, _ parameters: SQLValue...) throws(RunnerError) -> Int {
        let statement = try statement(sql)
        defer { statement.reset() }
        statement.bind(parameters)
        while try statement.step() {}
        return changes
    }

    /// How many rows the last statement inserted, updated or deleted.
    var changes: Int { Int(sqlite3_changes64(handle)) }

    /// The first column of the first row as an integer, nil when there is no row.
    func integer(_ sql: String, _ parameters: SQLValue...) throws(RunnerError) -> Int64? {
        let statement = try statement(sql)
        defer { statement.reset() }
        statement.bind(parameters)
        return try statement.step() ? statement.integer(0) : nil
    }

    /// The rows of a query, each value as text, NULL as nil.
    func rows(_ sql: String, _ parameters: SQLValue...) throws(RunnerError) -> [[String?]] {
        let statement = try statement(sql)
        defer { statement.reset() }
        statement.bind(parameters)
        var rows: [[String?]] = []
        while try statement.step() { rows.append((0..<statement.columnCount).map(statement.text)) }
        return rows
    }

    /// Does something for one stream, within the transaction that is open: all of it or, when it throws, nothing.
    func atOnce<Result>(_ body: () throws(RunnerError) -> Result) throws(RunnerError) -> Result {
        try execute("SAVEPOINT stream")
        do throws(RunnerError) {
            let result = try body()
            try execute("RELEASE stream")
            return result
        } catch {
            if error.isOfOneStream { try execute("ROLLBACK TO stream; RELEASE stream") }
            throw error
        }
    }

    fileprivate func error(_ code: Int32, doing: String) -> RunnerError {
        let detail = String(cString: sqlite3_errmsg(handle))
        // Without a transaction all since the last commit is gone: then it is not about one stream any more.
        let isOfOneStream = [SQLITE_ERROR, SQLITE_TOOBIG, SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_RANGE]
            .contains(code & 0xFF)
        if isOfOneStream, sqlite3_get_autocommit(handle) == 0 {
            return RunnerError(stream: "its table cannot be written: \(detail) (SQLite error \(code))")
        }
        return Self.error(code, detail: detail, path: path, doing: doing)
    }

    private static func error(_ code: Int32, detail: String, path: String, doing: String) -> RunnerError {
        let kept = "everything up to the last committed state is kept"
        switch code & 0xFF {
        case SQLITE_FULL:
            return RunnerError(
                .failed, "the disk is full: cannot write \(path); free some space and run again, \(kept)")
        case SQLITE_BUSY, SQLITE_LOCKED:
            return RunnerError(
                .failed, "\(path) is locked by another program: close it there and run again, \(kept)")
        case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH:
            return RunnerError(.failed, "\(path) cannot be written: \(detail); check its permissions")
        case SQLITE_CANTOPEN:
            return RunnerError(.usage, "cannot open \(path): \(detail); does its folder exist?")
        case SQLITE_NOTADB:
            return RunnerError(.usage, "\(path) is not a SQLite file; name another one with --into")
        case SQLITE_IOERR:
            return RunnerError(.failed, "cannot \(doing) \(path): \(detail); \(kept)")
        default:
            return RunnerError(.failed, "cannot \(doing) \(path): \(detail) (SQLite error \(code))")
        }
    }
}

/// A parameter of a statement.
enum SQLValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    /// NULL.
    case null
    /// An INTEGER.
    case integer(Int64)
    /// TEXT, bound as UTF-8.
    case text(String)

    /// Text.
    init(stringLiteral value: String) { self = .text(value) }
    /// An integer.
    init(integerLiteral value: Int64) { self = .integer(value) }
}

/// One prepared statement. Parameters count from 1, columns from 0, as in SQLite.
final class Statement {
    private let handle: OpaquePointer
    private unowned let database: Database

    fileprivate init(_ handle: OpaquePointer, database: Database) {
        self.handle = handle
        self.database = database
    }

    deinit { sqlite3_finalize(handle) }

    /// Moves to the next row; false when there is none. Throws what SQLite says, as a sentence.
    func step() throws(RunnerError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code:
            let error = database.error(code, doing: "write")
            sqlite3_reset(handle)
            throw error
        }
    }

    /// Makes the statement ready to run again, with no parameters bound.
    func reset() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    /// Binds all parameters in order.
    func bind(_ values: [SQLValue]) {
        for (index, value) in values.enumerated() {
            switch value {
            case .null: bindNull(index + 1)
            case .integer(let number): bind(index + 1, number)
            case .text(let text): bind(index + 1, copying: Array(text.utf8))
            }
        }
    }

    /// Binds NULL.
    func bindNull(_ index: Int) {
        sqlite3_bind_null(handle, Int32(index))
    }

    /// Binds an integer.
    func bind(_ index: Int, _ value: Int64) {
        sqlite3_bind_int64(handle, Int32(index), value)
    }

    /// Binds a real number.
    func bind(_ index: Int, _ value: Double) {
        sqlite3_bind_double(handle, Int32(index), value)
    }

    /// Binds UTF-8 text that stays where it is until the statement is reset.
    func bind(_ index: Int, borrowing text: UnsafeBufferPointer<UInt8>) {
        let start = UnsafeRawPointer(text.baseAddress).map { $0.assumingMemoryBound(to: CChar.self) }
        sqlite3_bind_text64(handle, Int32(index), start, UInt64(text.count), nil, UInt8(SQLITE_UTF8))
    }

    /// Binds UTF-8 text that SQLite copies.
    func bind(_ index: Int, copying text: [UInt8]) {
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        text.withUnsafeBytes { bytes in
            // An empty array has no address, which would mean NULL.
            let start = bytes.baseAddress.map { $0.assumingMemoryBound(to: CChar.self) }
            if let start {
                sqlite3_bind_text64(handle, Int32(index), start, UInt64(bytes.count), transient, UInt8(SQLITE_UTF8))
            } else {
                sqlite3_bind_text(handle, Int32(index), "", 0, transient)
            }
        }
    }

    /// How many rows it inserted, updated or deleted when it ran last; to be asked before anything else runs.
    var changes: Int { database.changes }

    /// How many columns a row has.
    var columnCount: Int { Int(sqlite3_column_count(handle)) }

    /// The column as an integer, 0 when it is NULL.
    func integer(_ column: Int) -> Int64 {
        sqlite3_column_int64(handle, Int32(column))
    }

    /// The column as text, nil when it is NULL.
    func text(_ column: Int) -> String? {
        guard let start = sqlite3_column_text(handle, Int32(column)) else { return nil }
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }
}

/// SQLite asks whether another program's lock is waited for once more, after `tries` times; 0 is no.
private func waitForLock(tries: Int32, patience: UnsafeMutableRawPointer?) -> Int32 {
    let pause = 20
    guard Int(tries) * pause < Int(bitPattern: patience) else { return 0 }
    do throws(RunnerError) { _ = try SignalPipe.wait(for: 0, of: -1, timeout: Int32(pause)) } catch { return 0 }
    return 1
}
