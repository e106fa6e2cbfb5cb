import AirbyteProtocol
import CSystem
import Testing

@testable import RunnerKit

/// The database when things go wrong.
struct DatabaseTests {
    @Test func aLockedDatabaseIsSaid() throws {
        let source = try FakeSource(Say.stream("t"))
        let other = try Database(source.database)
        try other.execute("BEGIN IMMEDIATE")
        let database = try Database(source.database, patience: 0)
        let error = #expect(throws: RunnerError.self) { try database.execute("BEGIN IMMEDIATE") }
        #expect(error?.description.contains("locked by another program") == true)
    }

    @Test func twoSyncsDoNotShareAFile() throws {
        let source = try FakeSource(Say.stream("t"))
        let lock = try FileLock(beside: source.database)
        let result = try source.sync()
        #expect(result.code == .failed)
        #expect(result.errors.contains("another sync is writing"))
        _ = consume lock
        #expect(try source.sync().code == .ok)
        #expect(access(source.database + "-lock", F_OK) == -1)
    }

    @Test func aFullDiskIsSaidAndLosesNothing() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.reads(Say.record("t", #"{"id":"a"}"#), Say.state("t", #"{"n":1}"#))
        _ = try source.sync()
        let database = try Database(source.database)
        try database.execute("PRAGMA max_page_count=1")
        let error = #expect(throws: RunnerError.self) {
            try database.execute(
                "INSERT INTO t SELECT value, 'x' || hex(zeroblob(5000)), '' FROM json_each('[1,2,3,4,5]')")
        }
        #expect(error?.description.contains("the disk is full") == true)
        #expect(try source.query("SELECT id, state FROM t, _airbyte_state") == [#"a|{"n":1}"#])
    }

    @Test func aFileThatIsNoDatabaseIsLeftAlone() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.write("out.db", "dear diary, this is certainly not a database of any kind")
        let result = try source.sync()
        #expect(result.code == .usage)
        #expect(result.errors.contains("is not a SQLite file"))
        #expect(try source.text("out.db")?.hasPrefix("dear diary") == true)
    }

    @Test func aMissingFolderIsSaid() throws {
        let source = try FakeSource(Say.stream("t"))
        let result = try source.run("sync", "--into", "\(source.folder)/no/out.db")
        #expect(result.code == .usage)
        #expect(result.errors.contains("does the folder exist?"))
    }

    @Test(arguments: ["_airbyte_state", "sqlite_things"])
    func takenNamesAreRefused(name: String) throws {
        let source = try FakeSource(Say.stream(name))
        #expect(try source.sync().code == .failed)
    }

    @Test func commitsAreDurable() throws {
        let source = try FakeSource(Say.stream("t"))
        let database = try Database(source.database)
        #expect(try database.integer("PRAGMA synchronous") == 2)
    }
}
