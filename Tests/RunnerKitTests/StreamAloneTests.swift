import AirbyteProtocol
import Testing

@testable import RunnerKit

/// One stream that cannot be landed, among others that can.
struct StreamAloneTests {
    private func expectOthersGoOn(_ source: FakeSource, _ name: String, _ reason: String) throws {
        try source.reads(
            Say.record("good", #"{"id":"a"}"#), Say.record(name, #"{"id":"b","n":1}"#), Say.state(name, #"{"c":1}"#),
            Say.state("good", #"{"c":2}"#))
        let result = try source.sync()
        #expect(result.code == .failed)
        #expect(result.output.contains("FAILED: ") && result.output.contains(reason), "\(result.output)")
        #expect(try source.query("SELECT id FROM good") == ["a"])
        #expect(try source.query("SELECT stream, state FROM _airbyte_state") == [#"good|{"c":2}"#])
        let last = "SELECT stream, status FROM _airbyte_runs WHERE run = (SELECT max(run) FROM _airbyte_runs)"
        #expect(try source.query(last + " ORDER BY status") == ["\(name)|failed", "good|ok"])
    }

    @Test(arguments: ["sqlite_things", "SQLite_x", "_airbyte_runs", "_AIRBYTE_sources"])
    func aNameThatNoTableCanHave(name: String) throws {
        try expectOthersGoOn(try FakeSource(Say.stream(name), Say.stream("good")), name, "no table can have its name")
        let alone = try FakeSource(Say.stream(name)).sync()
        #expect(alone.code == .failed && alone.errors.contains("stream \(name) cannot be landed"))
    }

    @Test func moreFieldsThanATableHasColumns() throws {
        let properties = (0..<2100).map { #""f\#($0)":{"type":"string"}"# }.joined(separator: ",")
        let wide =
            #"{"name":"wide","json_schema":{"properties":{\#(properties)}},"supported_sync_modes":["incremental"]}"#
        try expectOthersGoOn(try FakeSource(wide, Say.stream("good")), "wide", "too many columns")
    }

    @Test(
        arguments: [
            "CREATE UNIQUE INDEX mine ON t (n); INSERT INTO t (id, n) VALUES ('x', 1)",
            "CREATE TRIGGER mine BEFORE INSERT ON t WHEN new.id = 'b' BEGIN SELECT RAISE(ABORT, 'not here'); END",
        ], [true, false])
    func whatTheUserHungOnATableRefuses(sql: String, incremental: Bool) throws {
        let source = try FakeSource(Say.stream("t", incremental: incremental), Say.stream("good"))
        try source.reads(Say.record("t", #"{"id":"kept","n":5}"#))
        _ = try source.sync()
        // Where all rows are replaced, no row is left for the new one to collide with.
        let refusal = incremental ? sql : "CREATE TRIGGER m BEFORE INSERT ON t BEGIN SELECT RAISE(ABORT, 'no'); END"
        try Database(source.database).execute(refusal)
        try expectOthersGoOn(source, "t", "its table cannot be written")
        #expect(try source.query("SELECT id FROM t WHERE id = 'kept'") == ["kept"])
    }

    @Test func aGlobalStateWaitsForAll() throws {
        let source = try FakeSource(Say.stream("sqlite_x"), Say.stream("good"))
        try source.reads(
            Say.record("good", #"{"id":"a"}"#),
            #"{"type":"STATE","state":{"type":"GLOBAL","global":{"shared_state":{}}}}"#)
        #expect(try source.sync().code == .failed)
        #expect(try source.query("SELECT count(*) FROM _airbyte_state") == ["0"])
        #expect(try source.sync("--streams", "good").code == .ok)
        #expect(try source.query("SELECT type FROM _airbyte_state") == ["GLOBAL"])
    }

    @Test func aStreamThatIsOfferedTwiceIsOne() throws {
        let source = try FakeSource(Say.stream("t"), Say.stream("t"))
        try source.reads(Say.record("t", #"{"id":"a"}"#))
        #expect(try source.sync().code == .ok)
    }
}
