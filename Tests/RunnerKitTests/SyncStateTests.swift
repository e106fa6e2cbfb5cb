import AirbyteProtocol
import Testing

@testable import RunnerKit

/// `sync`: states, and tables that are read anew.
struct SyncStateTests {
    @Test func theNextSyncContinuesFromTheStateInTheDatabase() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.reads(Say.record("t", #"{"id":"a"}"#), Say.state("t", #"{"n":1.0,"deep":{"z":[1]}}"#, count: 1))
        _ = try source.sync()
        #expect(try source.text("given-state") == nil)
        try source.reads(Say.state("t", #"{"n":2}"#, count: 0))
        _ = try source.sync()
        #expect(
            try source.text("given-state")
                == #"[{"type":"STREAM","stream":{"stream_descriptor":{"name":"t"},"stream_state":{"n":1.0,"deep":{"z":[1]}}}}]"#
        )
        #expect(try source.query("SELECT state FROM _airbyte_state") == [#"{"n":2}"#])
    }

    @Test func globalStatesGoBackAsTheyCame() throws {
        let source = try FakeSource(Say.stream("t"))
        let global = #"{"shared_state":{"lsn":7},"stream_states":[]}"#
        try source.reads(
            Say.record("t", #"{"id":"a"}"#), #"{"type":"STATE","state":{"type":"GLOBAL","global":\#(global)}}"#)
        _ = try source.sync()
        _ = try source.sync()
        #expect(try source.text("given-state") == #"[{"type":"GLOBAL","global":\#(global)}]"#)
    }

    @Test func aFailedSourceKeepsWhatItAcknowledged() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.reads(
            Say.record("t", #"{"id":"a"}"#), Say.state("t", #"{"n":1}"#), Say.record("t", #"{"id":"b"}"#),
            Say.error("the server went away"), exit: 1)
        let result = try source.sync()
        #expect(result.code == .failed)
        #expect(result.errors.contains("the server went away"))
        #expect(try source.query("SELECT state FROM _airbyte_state") == [#"{"n":1}"#])
        #expect(try source.query("SELECT id FROM t WHERE id = 'a'") == ["a"])
    }

    @Test func aFullRefreshReplacesTheTableOnceComplete() throws {
        let source = try FakeSource(Say.stream("t", incremental: false))
        try source.reads(Say.record("t", #"{"id":"a","n":1}"#), Say.record("t", #"{"id":"b","n":1}"#))
        _ = try source.sync()
        try source.reads(
            Say.status("t", "STARTED"), Say.record("t", #"{"id":"b","n":2}"#), Say.status("t", "COMPLETE"),
            Say.state("t", #"{"marker":true}"#, count: 1))
        let result = try source.sync()
        #expect(result.code == .ok)
        #expect(try source.query("SELECT id, n FROM t") == ["b|2"])
        #expect(try source.query("SELECT upserts, deletions, rows FROM _airbyte_runs WHERE run = 2") == ["1|1|1"])
        #expect(try source.text("given-state") == nil)
    }

    @Test(arguments: [
        [Say.status("t", "STARTED"), Say.record("t", #"{"id":"c"}"#), Say.status("t", "INCOMPLETE")],
        [Say.status("t", "RUNNING"), Say.record("t", #"{"id":"c"}"#)],
        [Say.record("t", #"{"id":"c"}"#), Say.error("no", stream: "t"), Say.state("t", "{}")],
    ])
    func aFailedFullRefreshKeepsTheRows(lines: [String]) throws {
        let source = try FakeSource(Say.stream("t", incremental: false), Say.stream("u", incremental: false))
        try source.reads(Say.record("t", #"{"id":"a"}"#), Say.record("u", #"{"id":"x"}"#))
        _ = try source.sync()
        let rest = [Say.record("u", #"{"id":"y"}"#), Say.status("u", "COMPLETE"), Say.state("u", "{}")]
        for exit in [Int32(0), 1] {
            try source.reads((lines + rest).joined(separator: "\n"), exit: exit)
            #expect(try source.sync().code == .failed)
            #expect(try source.query("SELECT id FROM t") == ["a"])
            #expect(try source.query("SELECT id FROM u") == ["y"])
        }
    }

    @Test func startingOverForgetsTheStateAndReplacesTheRows() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.reads(Say.record("t", #"{"id":"a"}"#), Say.state("t", #"{"n":1}"#))
        _ = try source.sync()
        try source.reads(Say.record("t", #"{"id":"b"}"#), Say.state("t", #"{"n":5}"#), exit: 1)
        #expect(try source.sync("--full-refresh").code == .failed)
        #expect(try source.text("given-state") == nil)
        #expect(try source.query("SELECT id, state FROM t, _airbyte_state") == [#"a|{"n":1}"#])

        try source.reads(
            Say.record("t", #"{"id":"b"}"#), Say.status("t", "COMPLETE"), Say.state("t", #"{"n":6}"#, count: 1))
        #expect(try source.sync("--full-refresh").code == .ok)
        #expect(try source.query("SELECT id, state FROM t, _airbyte_state") == [#"b|{"n":6}"#])
    }

    @Test func anotherPrimaryKeyNeedsAndGetsANewTable() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.reads(Say.record("t", #"{"id":"a","n":1}"#), Say.state("t", #"{"n":1}"#))
        _ = try source.sync()
        try source.offer([Say.stream("t", key: ["n"])])
        let refused = try source.sync()
        #expect(refused.code == .failed)
        #expect(refused.errors.contains("--full-refresh --streams t"))
        #expect(try source.sync("--full-refresh").code == .ok)
        #expect(try source.query("SELECT name FROM pragma_table_info('t') WHERE pk > 0") == ["n"])
    }

    @Test func aWrongRecordCountIsAWarning() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.reads(Say.record("t", #"{"id":"a"}"#), Say.state("t", "{}", count: 3))
        let result = try source.sync()
        #expect(result.code == .ok)
        #expect(result.errors.contains("the source counts 3 records since its last state, 1 arrived"))
    }

    @Test func noiseIsCountedAndHarmless() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.reads(
            "Loading plugins...", "", "[1,2]", #"{"no":"type"}"#, #"{"type":"NEWS","news":{}}"#, #"{"type":"STATE"}"#,
            Say.record("t", #"{"id":"a"}"#), Say.record("stranger", #"{"id":"s"}"#),
            Say.record("stranger", #"{"id":"s"}"#), Say.state("t", #"{"n":1}"#, count: 1))
        let result = try source.sync()
        #expect(result.code == .ok)
        #expect(result.errors.contains("`Loading plugins...`"))
        #expect(result.errors.contains("5 lines of the source were no protocol messages"))
        #expect(result.errors.contains("2 records of streams nobody asked for"))
        #expect(try source.query("SELECT id, state FROM t, _airbyte_state") == [#"a|{"n":1}"#])
    }

    @Test func aBrokenRecordStopsTheStatesFromMovingOn() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.reads(
            Say.record("t", #"{"id":"a"}"#), Say.state("t", #"{"n":1}"#),
            #"{"type":"RECORD","record":{"stream":"t","da"#,
            Say.record("t", #"{"id":"c"}"#), Say.state("t", #"{"n":3}"#))
        let result = try source.sync()
        #expect(result.code == .failed)
        #expect(result.errors.contains("a RECORD could not be read and is lost"))
        #expect(try source.query("SELECT state FROM _airbyte_state") == [#"{"n":1}"#])
    }
}
