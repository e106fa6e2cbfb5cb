import AirbyteProtocol
import Testing

@testable import RunnerKit

/// *Did you mean.*
struct SuggestionTests {
    @Test(arguments: [
        ("snyc", "sync"), ("Check", "check"), ("disocver", "discover"), ("discovr", "discover"), ("disc", "discover"),
        ("raed", "read"),
    ])
    func aMisspeltVerbIsRecognised(typed: String, meant: String) {
        let error = #expect(throws: RunnerError.self) { try CommandWords([typed]) }
        #expect(error?.description == "unknown command `\(typed)`; did you mean `\(meant)`?")
    }

    @Test(arguments: ["serve", "x", "", "synchronize-everything"])
    func whatIsNearToNothingGetsNoAdvice(typed: String) {
        let error = #expect(throws: RunnerError.self) { try CommandWords([typed]) }
        #expect(error?.description == "unknown command `\(typed)`")
    }

    @Test(arguments: [
        ("--stream", "--streams"), ("--full_refresh", "--full-refresh"), ("--conifg", "--config"),
        ("-config", "--config"), ("--fullrefresh=1", "--full-refresh"),
    ])
    func aMisspeltOptionIsRecognised(typed: String, meant: String) {
        let error = #expect(throws: RunnerError.self) { try CommandWords(["sync", typed, "x"]) }
        let name = typed.prefix { $0 != "=" }
        #expect(error?.description == "`sync` has no option \(name); did you mean `\(meant)`?")
    }

    @Test func anOptionOfOtherVerbsIsToldWithThem() {
        let one = #expect(throws: RunnerError.self) { try CommandWords(["check", "--same-source"]) }
        #expect(one?.description == "`check` has no option --same-source; `sync` has it")
        let two = #expect(throws: RunnerError.self) { try CommandWords(["check", "--streams", "s"]) }
        #expect(two?.description == "`check` has no option --streams; `read`, `sync`, `verify` have it")
    }

    @Test func aMisspeltStreamIsRecognised() throws {
        let source = try FakeSource(Say.stream("livechat_agents"), Say.stream("users"), Say.stream("rooms"))
        for (typed, meant) in [("user", "users"), ("livechat-agents", "livechat_agents"), ("Rooms", "rooms")] {
            let result = try source.run("read", "--streams", typed)
            #expect(result.code == .usage)
            #expect(result.errors.contains("the source has no stream `\(typed)`; did you mean `\(meant)`?"))
        }
        #expect(try source.run("read", "--streams", "zebra").errors.contains("it has: livechat_agents, rooms, users"))
    }

    @Test func aMisspeltVerbOfHelpIsRecognised() throws {
        let result = try FakeSource(Say.stream("t")).run(words: ["help", "snyc"])
        #expect(result.code == .usage && result.errors.contains("did you mean `sync`?"))
    }
}
