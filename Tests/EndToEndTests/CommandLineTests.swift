import RocketChatSandbox
import Testing

/// Rule 18: command lines as runners write them.
@Suite(.timeLimit(.minutes(10))) struct CommandLineTests {
    /// Command lines; `C`, `K` and `S` stand for the paths of configuration, catalog and state.
    @Test(arguments: [
        "read --config C --catalog K --state S", "read --state S --catalog K --config C", "--config C --catalog K read",
        "read --config=C --catalog=K --state=S", "read --debug --config C --catalog K",
        "--debug read --config C --catalog K",
        "read --config C --catalog K --debug", "-- read --config C --catalog K",
        "read --config=C --debug --catalog K --state=",
    ])
    func rule18ReadIsUnderstood(line: String) async throws {
        let stage = try Stage()
        let files = [
            "C": try stage.config(), "K": try stage.catalog(["roles"]), "S": try stage.write("state.json", "[]"),
        ]
        let words = line.split(separator: " ").map { word in
            let parts = word.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
            return parts.map { files[$0] ?? $0 }.joined(separator: "=")
        }
        let run = try await Run.connector(words)
        #expect(run.code == 0)
        #expect(run.story(of: "roles").suffix(2) == ["COMPLETE", "STATE"])
    }

    @Test(arguments: [["--", "spec"], ["spec", "--debug"], ["--debug", "spec"]])
    func rule18OneShotVerbsAreUnderstood(words: [String]) async throws {
        #expect(try await Run.connector(words).payloads("SPEC", "spec").count == 1)
    }

    @Test(arguments: ["debug", "DEBUG", "info", "", "nonsense"])
    func theLogLevelOfTheEnvironmentNeverChangesTheResult(level: String) async throws {
        let stage = try Stage()
        let run = try await Run.connector(["check", "--config", try stage.config()], variables: ["LOG_LEVEL": level])
        #expect(run.status?["status"]?.text == "SUCCEEDED")
    }
}
