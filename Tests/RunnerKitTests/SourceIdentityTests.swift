import AirbyteProtocol
import Testing

@testable import RunnerKit

/// Whose data a file holds.
struct SourceIdentityTests {
    private static let specification = #"""
        {"type":"object","required":["endpoint","token","user_id","start_date","port"],"properties":{
        "endpoint":{"type":"string"},"token":{"type":"string","airbyte_secret":true},"user_id":{"type":"string"},
        "port":{"type":"string","default":"443"},"start_date":{"type":"string"},"note":{"type":"string"}}}
        """#.split(separator: "\n").joined()

    private func config(_ endpoint: String, _ user: String) -> String {
        #"{"endpoint":"\#(endpoint)","token":"t0ken-t0ken","user_id":"\#(user)","start_date":"2026-01-01","port":"443","#
            + #""note":"optional"}"#
    }

    private func filled() throws -> FakeSource {
        let source = try FakeSource(
            Say.stream("t", incremental: false), Say.stream("u", incremental: false),
            specification: Self.specification, config: config("https://a.example", "anna"))
        try source.reads(Say.record("t", #"{"id":"a"}"#), Say.record("u", #"{"id":"a"}"#))
        #expect(try source.sync("--streams", "t").code == .ok)
        return source
    }

    @Test(arguments: [[], ["--full-refresh"], ["--streams", "u"], ["--streams", "t"]])
    func anotherWorkspaceIsRefusedWhateverIsChosen(flags: [String]) throws {
        let source = try filled()
        try source.write("config.json", config("https://b.example", "berta"))
        try source.reads(Say.record("t", #"{"id":"b"}"#))
        let result = try source.sync(flags)
        #expect(result.code == .configuration)
        #expect(result.errors.contains("https://a.example, anna") && result.errors.contains("https://b.example, berta"))
        #expect(!result.errors.contains("optional") && !result.errors.contains("t0ken"))
        #expect(try source.query("SELECT id FROM t") == ["a"])
        #expect(try source.query("SELECT count(*) FROM sqlite_master WHERE name = 'u'") == ["0"])
    }

    @Test func anotherAddressOrAnotherUserAloneIsFollowed() throws {
        let source = try filled()
        for (endpoint, user) in [
            ("https://b.example", "anna"), ("https://b.example", "berta"), ("https://B.example/api/v1/", "carla"),
        ] {
            try source.write("config.json", config(endpoint, user))
            #expect(try source.sync().code == .ok)
            #expect(try source.sync().errors == "", "said once")
        }
        try source.write("config.json", config("https://a.example", "anna"))
        #expect(try source.sync().code == .configuration)
        #expect(try source.sync("--same-source").code == .ok)
        #expect(try source.sync().code == .ok)
    }

    @Test func aTypingErrorInTheFirstRunIsNoWorkspace() throws {
        let source = try FakeSource(
            Say.stream("t"), specification: Self.specification, config: config("https://typo.example", "nobody"))
        try source.reads(Say.error("no such host"), exit: 1)
        #expect(try source.sync().code == .failed)
        try source.write("config.json", config("https://a.example", "anna"))
        try source.reads(Say.record("t", #"{"id":"a"}"#))
        #expect(try source.sync().code == .ok)
    }

    @Test func theFileHoldsNoSecret() throws {
        let source = try filled()
        try source.write("config.json", config("https://me:hunter2@a.example", "t0ken-t0ken"))
        _ = try source.sync()
        let file = String(decoding: try #require(try Files.read(source.database)), as: UTF8.self)
        #expect(!file.contains("t0ken") && !file.contains("hunter2"))
        #expect(try source.query("SELECT marks FROM _airbyte_sources") == [#"["https://a.example"]"#])
    }

    @Test func twoSourcesShareNeitherStatesNorTables() throws {
        let first = try FakeSource(Say.stream("t"))
        let global = #"{"type":"STATE","state":{"type":"GLOBAL","global":{"shared_state":{"lsn":7}}}}"#
        try first.reads(Say.record("t", #"{"id":"a"}"#), Say.state("t", #"{"c":1}"#), global)
        #expect(try first.sync().code == .ok)

        let second = try FakeSource(Say.stream("t"), Say.stream("v"))
        try second.reads(Say.record("v", #"{"id":"b"}"#), Say.state("v", #"{"c":2}"#))
        let refused = try second.run("sync", "--into", first.database)
        #expect(refused.code == .usage && refused.errors.contains("t that holds a stream of another source"))
        #expect(try second.run("sync", "--into", first.database, "--streams", "v").code == .ok)
        #expect(try second.text("given-state") == nil, "the first one's global state is not its own")

        #expect(try first.sync().code == .ok)
        #expect(try first.text("given-state")?.contains(#""lsn":7"#) == true)
        #expect(try first.text("given-state")?.contains(#""c":2"#) == false)
        #expect(try first.query("SELECT t.id, v.id FROM t, v") == ["a|b"])
    }

    @Test func aStateOfAnotherSourcesStreamIsNotOurs() throws {
        let first = try FakeSource(Say.stream("t"))
        try first.reads(Say.state("t", #"{"c":1}"#))
        _ = try first.sync()
        try Database(first.database).execute("DROP TABLE t; DELETE FROM _airbyte_tables")
        let second = try FakeSource(Say.stream("t"))
        #expect(try second.run("sync", "--into", first.database).code == .ok)
        #expect(try second.text("given-state") == nil)
    }

    @Test func aProgramThatHasMovedIsStillTheSame() {
        let moved = SourceIdentity(command: ["/opt/new/source"], marks: ["https://a.example"])
        let known = SourceIdentity(command: ["/opt/old/source"], marks: ["https://a.example", "anna"])
        #expect(moved.isSameProgram(as: known))
        #expect(!SourceIdentity(command: ["/opt/new/source"], marks: []).isSameProgram(as: known))
        #expect(!SourceIdentity(command: ["/opt/new/other"], marks: known.marks).isSameProgram(as: known))
        let (a, b) = (["sh", "a"], ["sh", "b"])
        #expect(!SourceIdentity(command: a, marks: ["x"]).isSameProgram(as: SourceIdentity(command: b, marks: ["x"])))
    }
}
