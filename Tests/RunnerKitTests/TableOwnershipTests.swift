import AirbyteProtocol
import Testing

@testable import RunnerKit

/// What is in the file already and is not the runner's.
struct TableOwnershipTests {
    private func bytes(_ source: FakeSource) throws -> [UInt8]? { try Files.read(source.database) }

    private func prepared(_ sql: String, incremental: Bool = true) throws -> FakeSource {
        let source = try FakeSource(Say.stream("users", incremental: incremental))
        try source.reads(Say.record("users", #"{"id":"a"}"#), Say.state("users", #"{"n":1}"#))
        try Database(source.database, writesAhead: false).execute(sql)
        return source
    }

    @Test(
        arguments: [
            ("CREATE TABLE users (id TEXT PRIMARY KEY, n INTEGER); INSERT INTO users VALUES ('mine', 7)", "users"),
            ("CREATE TABLE users (id TEXT PRIMARY KEY, n INTEGER, _airbyte_extracted_at TEXT)", "users"),
            ("CREATE TABLE users (whatever)", "users"), ("CREATE TABLE Users (id, n)", "users"),
            ("CREATE TABLE x (y); CREATE INDEX users ON x (y)", "users"),
            ("CREATE VIEW users AS SELECT 'mine' AS id, 7 AS n", "users"),
            ("CREATE TABLE x (y); CREATE VIEW USERS AS SELECT * FROM x", "users"),
            ("CREATE VIRTUAL TABLE users USING fts5(id)", "users"),
            ("CREATE TABLE _airbyte_state (source_name, stream_name, table_name, state_json)", "_airbyte_state"),
            ("CREATE TABLE _airbyte_runs (id)", "_airbyte_runs"),
            ("CREATE VIEW _airbyte_tables AS SELECT 1 AS name", "_airbyte_tables"),
        ], [[], ["--full-refresh"], ["--same-source"]])
    func whatTheRunnerDidNotMakeIsNotTouched(object: (sql: String, name: String), flags: [String]) throws {
        let (sql, name) = object
        for incremental in [true, false] {
            let source = try prepared(sql, incremental: incremental)
            let before = try bytes(source)
            let result = try source.sync(flags)
            #expect(result.code == .usage)
            #expect(result.errors.contains("has a table, view or index \(name) that airbyte-run did not make"))
            #expect(result.errors.contains("nothing was changed; name another file with --into"))
            #expect(try bytes(source) == before, "to the last byte")
            #expect(try source.text("calls")?.contains("read") == false)
        }
    }

    @Test func otherTablesOfTheFileStayAndOtherStreamsGoOn() throws {
        let source = try prepared("CREATE TABLE users (id); INSERT INTO users VALUES ('mine')")
        try source.offer([Say.stream("users"), Say.stream("rooms")])
        try source.reads(Say.record("rooms", #"{"id":"r"}"#))
        #expect(try source.sync("--streams", "rooms").code == .ok)
        #expect(try source.sync().code == .usage)
        #expect(try source.query("SELECT users.id, rooms.id FROM users, rooms") == ["mine|r"])
    }

    @Test func aTableThatTookThePlaceOfOursIsNotTouched() throws {
        for sql in ["CREATE TABLE users (id TEXT PRIMARY KEY)", "CREATE VIEW users AS SELECT 1 AS id"] {
            let source = try FakeSource(Say.stream("users"))
            #expect(try source.sync().code == .ok)
            try Database(source.database).execute("DROP TABLE users; \(sql)")
            let result = try source.sync("--full-refresh")
            #expect(result.code == .usage && result.errors.contains("users that is not the one that airbyte-run made"))
        }
    }

    @Test func aTableThatIsGoneIsFilledFromTheBeginning() throws {
        let source = try FakeSource(Say.stream("users"), Say.stream("rooms"))
        try source.reads(Say.record("users", #"{"id":"a"}"#), Say.state("users", "{}"), Say.state("rooms", "{}"))
        _ = try source.sync()
        try Database(source.database).execute("DROP TABLE users")
        #expect(try source.sync().code == .ok)
        #expect(try source.text("given-state")?.contains("users") == false, "its state was about rows that are gone")
        #expect(try source.text("given-state")?.contains("rooms") == true)
    }

    @Test(arguments: [["n"], ["id"]])
    func indexesAndTriggersOfTheUsersOutliveANewTable(key: [String]) throws {
        let source = try FakeSource(Say.stream("t"))
        try source.reads(Say.record("t", #"{"id":"a","n":1}"#))
        _ = try source.sync()
        try Database(source.database).execute(
            """
            CREATE INDEX mine ON t (n); CREATE TABLE log (id);
            CREATE TRIGGER noted AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.id); END;
            CREATE VIEW seen AS SELECT id FROM t
            """)
        // Another key, or a value that the column would change: either makes the table anew.
        try source.offer([Say.stream("t", key: key)])
        try source.reads(Say.record("t", #"{"id":"b","n":9223372036854775808}"#), Say.status("t", "COMPLETE"))
        #expect(try source.sync("--full-refresh").code == .ok)
        #expect(try source.query("SELECT n, typeof(n) FROM t") == ["9223372036854775808|text"])
        let additions = "SELECT name FROM sqlite_master WHERE name IN ('mine', 'noted') ORDER BY 1"
        #expect(try source.query(additions) == ["mine", "noted"])
        #expect(try source.query("SELECT * FROM log, seen") == ["b|b"])
    }

    @Test func aColumnOfTheUsersOwnIsNeitherFilledNorDropped() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.reads(Say.record("t", #"{"id":"a","n":1}"#))
        _ = try source.sync()
        try Database(source.database).execute("ALTER TABLE t ADD COLUMN note; UPDATE t SET note = 'mine'")
        try source.offer([Say.stream("t", ["id": "string", "n": "integer", "note": "string"])])
        try source.reads(Say.record("t", #"{"id":"a","n":9223372036854775808,"note":"theirs"}"#))
        #expect(try source.sync().code == .ok)
        #expect(try source.query("SELECT n, note, note_ FROM t") == ["9223372036854775808|mine|theirs"])
        try source.offer([Say.stream("t", key: ["n"])])
        let result = try source.sync("--full-refresh")
        #expect(result.code == .failed && result.output.contains("its column note is not airbyte-run's"))
        #expect(try source.query("SELECT note FROM t") == ["mine"])
    }
}

/// Files that 0.1.0 has made.
struct EarlyFileTests {
    /// As it left them, byte for byte in what matters.
    private static let tables = """
        CREATE TABLE "t" ("id" TEXT NOT NULL, "n" INTEGER, "_airbyte_extracted_at" TEXT, PRIMARY KEY ("id"));
        CREATE TABLE "p.k" ("id" INTEGER NOT NULL, "Name" TEXT, "name_" TEXT, "_airbyte_extracted_at" TEXT,
            PRIMARY KEY ("id"));
        CREATE TABLE mine (id);
        CREATE TABLE _airbyte_state (
            type TEXT NOT NULL, namespace TEXT NOT NULL, stream TEXT NOT NULL, state TEXT NOT NULL,
            updated_at TEXT NOT NULL, PRIMARY KEY (type, namespace, stream));
        CREATE TABLE _airbyte_runs (
            run INTEGER NOT NULL, stream TEXT NOT NULL, started_at TEXT NOT NULL, finished_at TEXT,
            status TEXT NOT NULL, upserts INTEGER NOT NULL DEFAULT 0, deletions INTEGER NOT NULL DEFAULT 0,
            rows INTEGER, message TEXT, PRIMARY KEY (run, stream));
        INSERT INTO t VALUES ('a', 1, ''); INSERT INTO "p.k" VALUES (1, 'N', 'n', '');
        INSERT INTO _airbyte_state VALUES ('STREAM', '', 't', '{"c":1,"origin":{"server":"https://a","user":"u"}}', '');
        INSERT INTO _airbyte_runs (run, stream, started_at, status) VALUES (1, 't', '', 'ok'), (1, 'p.k', '', 'ok');
        """

    private func early(config: String = "{}") throws -> FakeSource {
        let other =
            #"{"name":"k","namespace":"p","json_schema":{"properties":{"name":{"type":"string"},"#
            + #""Name":{"type":"string"},"id":{"type":"integer"}}},"supported_sync_modes":["incremental"],"#
            + #""source_defined_primary_key":[["id"]]}"#
        let source = try FakeSource(Say.stream("t"), other, config: config)
        try Database(source.database).execute(Self.tables)
        return source
    }

    @Test func goOnAsTheyWere() throws {
        let source = try early()
        let line =
            #"{"type":"RECORD","record":{"stream":"k","namespace":"p","data":{"id":"x","name":"n2","Name":"N2"}}}"#
        try source.reads(Say.record("t", #"{"id":"b","n":2}"#), Say.state("t", #"{"c":2}"#), line)
        let result = try source.sync()
        #expect(result.code == .ok, "\(result.errors)")
        #expect(try source.text("given-state")?.contains(#""c":1"#) == true)
        #expect(try source.query("SELECT id FROM t ORDER BY id") == ["a", "b"])
        #expect(try source.query(#"SELECT id, "Name", "name_" FROM "p.k" ORDER BY "Name""#) == ["1|N|n", "x|N2|n2"])
        #expect(try source.query("SELECT run, status FROM _airbyte_runs WHERE stream = 't'") == ["1|ok", "2|ok"])
        #expect(try source.sync().code == .ok)
        #expect(try source.text("given-state")?.contains(#""c":2"#) == true)
    }

    @Test func doNotMakeOtherTablesTheRunners() throws {
        let source = try early()
        try source.offer([Say.stream("mine")])
        #expect(try source.sync().code == .usage)
        #expect(try source.query("SELECT count(*) FROM pragma_table_info('mine')") == ["1"])
    }

    @Test func knowTheirWorkspaceByTheStates() throws {
        let source = try early(config: #"{"endpoint":"https://b/","user_id":"v"}"#)
        let theirs = try #require(try source.text("config.json"))
        // Also after a run that came to nothing.
        for round in 1...2 {
            try source.write("config.json", theirs)
            let refused = try source.sync()
            #expect(refused.code == .configuration && refused.errors.contains("filled with https://a, u"))
            try source.write("config.json", #"{"endpoint":"https://A/api/v1/","user_id":"v"}"#)
            try source.reads(exit: round == 1 ? 1 : 0)
            #expect(try source.sync().code == (round == 1 ? .failed : .ok))
        }
    }
}
