import AirbyteProtocol
import Testing

@testable import RunnerKit

/// `state`: shown and forgotten.
struct StateCommandTests {
    private func synced() throws -> FakeSource {
        let source = try FakeSource(Say.stream("users"), Say.stream("rooms"))
        try source.reads(
            Say.record("users", #"{"id":"a","n":1}"#), Say.state("users", #"{"n":1}"#), Say.state("rooms", #"{"n":2}"#))
        let state = "\(source.folder)/state.json"
        #expect(try source.sync().code == .ok)
        #expect(try source.run("read", "--state", state).code == .ok)
        return source
    }

    private func places(_ source: FakeSource) -> [[String]] {
        [["--into", source.database], ["--state", "\(source.folder)/state.json"]]
    }

    @Test func isShownAsATableAndAsJSON() throws {
        let source = try synced()
        for place in places(source) {
            let table = try source.run(words: ["state", "show"] + place)
            #expect(table.code == .ok && table.output.hasPrefix("stream") && table.output.contains(#"{"n":2}"#))
            let json = try source.run(words: ["state", "show", "users", "--json"] + place).output
            #expect(
                json == #"[{"type":"STREAM","stream":{"stream_descriptor":{"name":"users"},"stream_state":{"n":1}}}]"#
                    + "\n")
        }
        // What is shown as JSON is a state file.
        try source.write(
            "shown.json", try source.run(words: ["state", "show", "--json", "--into", source.database]).output)
        #expect(try source.run("read", "--state", "\(source.folder)/shown.json").code == .ok)
        #expect(try source.text("given-state")?.contains(#"{"n":2}"#) == true)
    }

    @Test func aStreamThatIsForgottenIsReadFromTheBeginning() throws {
        let source = try synced()
        for place in places(source) {
            let result = try source.run(words: ["state", "reset", "users"] + place)
            #expect(result.code == .ok && result.output == "users: the next run reads it from the beginning\n")
        }
        _ = try source.sync()
        let given = try #require(try source.text("given-state"))
        #expect(!given.contains("users") && given.contains("rooms"))
        #expect(try source.query("SELECT id FROM users") == ["a"], "rows stay")
    }

    @Test(arguments: [
        ([], "needs `show` or `reset`"), (["shwo"], "only `show` and `reset`; did you mean `show`?"),
        (["show"], "needs --into FILE.db, --state FILE or a connection file"),
        (["reset", "INTO"], "needs the name of a stream"),
        (["reset", "INTO", "user"], "there is no state of a stream `user`; did you mean `users`?"),
        (["show", "--into", "/no/such.db"], "cannot make files beside"),
        (["show", "--state", "/tmp/no-such"], "there is no state file"),
        (["show", "--into", "/tmp/no-such.db"], "there is no SQLite file /tmp/no-such.db"),
    ])
    func mistakesAreTold(words: [String], reason: String) throws {
        let source = try synced()
        let line = words.flatMap { $0 == "INTO" ? ["--into", source.database] : [$0] }
        let result = try source.run(words: ["state"] + line)
        #expect(result.code == .usage && result.errors.contains(reason), "\(result.errors)")
    }

    @Test func oneStateForAllIsNotForgottenForOne() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.write("state.json", #"[{"type":"GLOBAL","global":{"shared_state":{"n":1},"stream_states":[]}}]"#)
        let place = ["--state", "\(source.folder)/state.json"]
        #expect(try source.run(words: ["state", "show"] + place).output.contains("(all streams)"))
        let result = try source.run(words: ["state", "reset", "t"] + place)
        #expect(result.code == .usage && result.errors.contains("keeps one state for all streams"))
    }

    @Test func noStateIsSaid() throws {
        let source = try FakeSource(Say.stream("t"))
        #expect(try source.sync().code == .ok)
        #expect(
            try source.run(words: ["state", "show", "--into", source.database]).output.hasPrefix("There is no state"))
    }
}
