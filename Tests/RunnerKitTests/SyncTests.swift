import AirbyteProtocol
import Testing

@testable import RunnerKit

/// `sync`: rows.
struct SyncTests {
    @Test func recordsBecomeRowsWithTypedColumns() throws {
        let source = try FakeSource(
            Say.stream(
                "things", ["id": "string", "n": "integer", "x": "number", "b": "boolean", "o": "object", "l": "array"]))
        try source.reads(
            Say.record("things", #"{"id":"a\u00e9\n\"","n":-7,"x":1.5,"b":true,"o":{"k":[1, "\u0041"]},"l":[]}"#),
            Say.record("things", #"{"id":"b","n":null,"x":3,"b":false}"#), Say.state("things", #"{"c":1}"#, count: 2))
        let result = try source.sync()
        #expect(result.code == .ok)
        #expect(result.errors == "")
        #expect(
            try source.query("SELECT *, typeof(x) FROM things ORDER BY id") == [
                "a\u{E9}\n\"|-7|1.5|1|{\"k\":[1, \"\\u0041\"]}|[]|2023-11-14T22:13:20.123Z|real",
                "b|~|3.0|0|~|~|2023-11-14T22:13:20.123Z|real",
            ])
    }

    @Test func aLaterVersionOfARowReplacesAllOfIt() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.reads(Say.record("t", #"{"id":"a","n":1}"#), Say.record("t", #"{"id":"a"}"#))
        let result = try source.sync()
        #expect(result.code == .ok)
        #expect(try source.query("SELECT id, n FROM t") == ["a|~"])
    }

    @Test func tombstonesRemoveRows() throws {
        let source = try FakeSource(
            Say.stream("t", ["id": "string", "n": "integer", "_ab_cdc_deleted_at": "string"]))
        try source.reads(
            Say.record("t", #"{"id":"a","n":1,"_ab_cdc_deleted_at":null}"#), Say.record("t", #"{"id":"b","n":2}"#))
        _ = try source.sync()
        try source.reads(
            Say.record("t", #"{"id":"a","_ab_cdc_deleted_at":"2026-01-01T00:00:00Z"}"#),
            Say.record("t", #"{"id":"never-seen","_ab_cdc_deleted_at":"2026-01-01T00:00:00Z"}"#),
            Say.state("t", "{}", count: 2))
        let result = try source.sync()
        #expect(result.code == .ok)
        #expect(result.output.contains("t             0          1         1"))
        #expect(try source.query("SELECT id FROM t") == ["b"])
    }

    @Test func compositeKeysTellRowsApart() throws {
        let source = try FakeSource(
            Say.stream("m", key: ["room", "user"], ["room": "string", "user": "string", "n": "integer"]))
        try source.reads(
            Say.record("m", #"{"room":"r","user":"u","n":1}"#), Say.record("m", #"{"room":"r","user":"v","n":2}"#),
            Say.record("m", #"{"n":3,"user":"u","room":"r"}"#),
            Say.record("m", #"{"user":"v","room":"r","_ab_cdc_deleted_at":"2026-01-01T00:00:00Z"}"#))
        let result = try source.sync()
        #expect(result.code == .ok)
        #expect(try source.query("SELECT room, user, n FROM m") == ["r|u|3"])
    }

    @Test func streamsWithoutAKeyAppend() throws {
        let source = try FakeSource(Say.stream("log", key: []))
        try source.reads(
            Say.record("log", #"{"id":"a","n":1}"#), Say.state("log", #"{"n":1}"#), Say.record("log", #"{"id":"a"}"#))
        _ = try source.sync()
        try source.reads(Say.record("log", #"{"id":"a","n":2}"#), Say.state("log", #"{"n":2}"#))
        let result = try source.sync()
        #expect(result.code == .ok)
        #expect(try source.query("SELECT count(*) FROM log") == ["3"])
    }

    @Test func appendedRowsWithoutTheirStateAreDroppedWhenTheSourceFails() throws {
        let source = try FakeSource(Say.stream("log", key: []))
        try source.reads(
            Say.record("log", #"{"id":"a"}"#), Say.state("log", #"{"n":1}"#), Say.record("log", #"{"id":"b"}"#), exit: 1
        )
        let result = try source.sync()
        #expect(result.code == .failed)
        #expect(try source.query("SELECT id FROM log") == ["a"])
    }

    @Test func namesThatSQLFindsAwkwardAreKept() throws {
        let source = try FakeSource(
            Say.stream(
                "select", key: ["default"],
                ["default": "string", "a\\\"b": "string", "Name": "string", "name": "string"]))
        try source.reads(Say.record("select", #"{"default":"d","a\"b":"q","Name":"N","name":"n"}"#))
        let result = try source.sync()
        #expect(result.code == .ok)
        #expect(try source.query(#"SELECT "default", "a""b", "Name", "name_" FROM "select""#) == ["d|q|N|n"])
    }

    @Test func newFieldsBecomeNewColumns() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.reads(Say.record("t", #"{"id":"a","n":1}"#))
        _ = try source.sync()
        try source.offer([Say.stream("t", ["id": "string", "n": "integer", "order": "string"])])
        try source.reads(Say.record("t", #"{"id":"b","order":"x"}"#))
        let result = try source.sync()
        #expect(result.code == .ok)
        #expect(try source.query(#"SELECT id, n, "order" FROM t ORDER BY id"#) == ["a|1|~", "b|~|x"])
    }

    @Test func undeclaredFieldsAreNamedNotStored() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.reads(Say.record("t", #"{"id":"a","surprise":1}"#))
        let result = try source.sync()
        #expect(result.code == .ok)
        #expect(result.errors.contains("not declared, so not stored: surprise"))
    }

    @Test func aStreamThatDeclaresNothingKeepsWholeRecords() throws {
        let source = try FakeSource(
            #"{"name":"raw","json_schema":{},"supported_sync_modes":["full_refresh"]}"#)
        try source.reads(Say.record("raw", #"{"a":{"b":1}}"#))
        #expect(try source.sync().code == .ok)
        #expect(try source.query("SELECT _airbyte_data FROM raw") == [#"{"a":{"b":1}}"#])
    }

    @Test func aRecordWithoutItsKeyFailsTheStreamAndKeepsTheState() throws {
        let source = try FakeSource(Say.stream("t"), Say.stream("u"))
        try source.reads(
            Say.record("t", #"{"id":"a"}"#), Say.state("t", #"{"n":1}"#), Say.record("t", #"{"id":null,"n":2}"#),
            Say.state("t", #"{"n":2}"#), Say.record("u", #"{"id":"z"}"#), Say.state("u", #"{"n":9}"#))
        let result = try source.sync()
        #expect(result.code == .failed)
        #expect(result.output.contains("FAILED: a record has no id, which is its primary key"))
        #expect(
            try source.query("SELECT stream, state FROM _airbyte_state ORDER BY 1") == [#"t|{"n":1}"#, #"u|{"n":9}"#])
    }

    @Test func oneStreamAloneLeavesTheOthersAsTheyAre() throws {
        let source = try FakeSource(Say.stream("a", incremental: false), Say.stream("b", incremental: false))
        try source.reads(Say.record("a", #"{"id":"1"}"#), Say.record("b", #"{"id":"2"}"#))
        _ = try source.sync()
        try source.reads(Say.record("a", #"{"id":"3"}"#))
        let result = try source.sync("--streams", "a")
        #expect(result.code == .ok)
        #expect(try source.query("SELECT id FROM a UNION ALL SELECT id FROM b") == ["3", "2"])
        #expect(try #require(try source.text("given-catalog")).contains(#""name":"b""#) == false)
    }

    @Test func bigLinesArriveWhole() throws {
        let source = try FakeSource(Say.stream("t"))
        let big = String(repeating: "0123456789abcdef", count: 200_000)
        try source.reads(Say.record("t", #"{"id":"\#(big)\u2028","n":1}"#))
        #expect(try source.sync().code == .ok)
        #expect(try source.query("SELECT length(id) FROM t") == ["3200001"])
    }

    @Test func runsLeaveAHistory() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.reads(Say.record("t", #"{"id":"a"}"#))
        _ = try source.sync()
        try source.reads(Say.error("no luck"), exit: 1)
        _ = try source.sync()
        #expect(
            try source.query("SELECT run, stream, status, upserts, deletions, rows FROM _airbyte_runs ORDER BY run")
                == [
                    "1|t|ok|1|0|1", "2|t|failed|0|0|1",
                ])
    }
}
