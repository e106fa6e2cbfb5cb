import RocketChatSandbox
import Testing

/// Rule 5 and §1.2 of the contract: the exit code is the truth, and a failure without a result has a TRACE ERROR.
@Suite(.timeLimit(.minutes(10))) struct ExitCodeTests {
    private func expectTrace(_ run: Run, _ type: String = "config_error", place: SourceLocation = #_sourceLocation) {
        #expect(run.code == 1, sourceLocation: place)
        #expect(run.errors().first?["failure_type"]?.text == type, sourceLocation: place)
        for key in ["message", "internal_message"] {
            #expect(run.errors().first?[key]?.text?.isEmpty == false, "\(key)", sourceLocation: place)
        }
        #expect(run.status == nil && run.catalog.isEmpty && run.payloads("RECORD", "record").isEmpty)
    }

    @Test(arguments: ["check", "discover", "read"], [nil, "", "{", "\u{0}", "config.json"])
    func aConfigurationFileThatIsNoneEndsWithOne(verb: String, content: String?) async throws {
        let stage = try Stage()
        let file = try content.map { try stage.write("config.json", $0) } ?? "\(stage.folder)/missing.json"
        let more = verb == "read" ? ["--catalog", try stage.catalog(["users"])] : []
        expectTrace(try await Run.connector([verb, "--config", file] + more))
        #expect(stage.sandbox.requestLog.isEmpty)
    }

    @Test(arguments: ["discover", "read"])
    func aConfigurationThatLacksSomethingEndsWithOne(verb: String) async throws {
        let stage = try Stage()
        let file = try stage.write("config.json", #"{"endpoint":"http://127.0.0.1:1"}"#)
        let more = verb == "read" ? ["--catalog", try stage.catalog(["users"])] : []
        expectTrace(try await Run.connector([verb, "--config", file] + more))
    }

    @Test(arguments: ["discover", "read"])
    func aWrongTokenEndsWithOneAndNoRetryIsAskedFor(verb: String) async throws {
        let stage = try Stage()
        let more = verb == "read" ? ["--catalog", try stage.catalog(["users"])] : []
        expectTrace(try await Run.connector([verb, "--config", try stage.config(token: "wrong")] + more))
        // The address and the token are each tried once.
        #expect(stage.sandbox.requestLog.compactMap(\.route) == ["info", "me"])
    }

    @Test func aServerThatIsDownEndsDiscoverAsTransient() async throws {
        let stage = try Stage()
        stage.sandbox.inject(Fault(.unavailable, route: "me", count: nil))
        expectTrace(try await Run.connector(["discover", "--config", try stage.config()]), "transient_error")
    }

    @Test(arguments: ["{", "7", "{}", #"{"streams":[{}]}"#, nil])
    func aCatalogFileThatIsNoneEndsWithOne(content: String?) async throws {
        let stage = try Stage()
        let catalog = try content.map { try stage.catalog(text: $0) } ?? "\(stage.folder)/missing.json"
        expectTrace(try await stage.read(catalog: catalog))
    }

    @Test func aStateFileThatIsNoneEndsWithOne() async throws {
        let stage = try Stage()
        expectTrace(try await stage.read(["users"], state: "{"))
        expectTrace(try await stage.read(["users"], state: "7"))
        let words = ["read", "--config", try stage.config(), "--catalog", try stage.catalog(["users"])]
        expectTrace(try await Run.connector(words + ["--state", "\(stage.folder)/missing.json"]))
    }

    @Test(arguments: [
        [], ["fetch"], ["check"], ["discover"], ["read", "--config", "c"], ["read", "--catalog", "c"],
        ["check", "--config"], ["check", "--confg", "c"], ["check", "now", "--config", "c"], ["check", "--config="],
    ])
    func aWrongCommandLineEndsWithTwoAndTheUsageOnStandardError(words: [String]) async throws {
        let result = await (try Child([Products.connector] + words)).result()
        #expect(result.code == 2)
        #expect(result.output.isEmpty)
        #expect(String(decoding: result.errors, as: UTF8.self).contains("Usage: source-rocket-chat VERB"))
    }

    @Test(arguments: [["--help"], ["-h"], ["read", "--help"], ["--version"]])
    func peopleMayAsk(words: [String]) async throws {
        let result = await (try Child([Products.connector] + words)).result()
        #expect(result.code == 0)
        #expect(!result.output.isEmpty && result.errors.isEmpty)
    }

    @Test(arguments: ["spec", "check", "discover", "read"])
    func aFullDiskEndsWithOneAndOneSentence(verb: String) async throws {
        let stage = try Stage()
        var words = [verb]
        if verb != "spec" { words += ["--config", try stage.config()] }
        if verb == "read" { words += ["--catalog", try stage.catalog(["users", "messages"])] }
        let result = await (try Child([Products.connector] + words, output: .file("/dev/full"))).result()
        #expect(result.code == 1)
        let text = String(decoding: result.errors, as: UTF8.self)
        #expect(text.contains("disk is full") && text.split(separator: "\n").count == 1, "\(text)")
    }

    @Test(arguments: ["spec", "check", "discover", "read"])
    func aReaderThatIsGoneEndsItQuietlyWith141(verb: String) async throws {
        let stage = try Stage()
        var words = [verb]
        if verb != "spec" { words += ["--config", try stage.config()] }
        if verb == "read" { words += ["--catalog", try stage.catalog(["users", "messages"])] }
        let run = try await Run.connector(words, output: .leftAfter(""))
        #expect(run.code == 141)
    }

    @Test func aReaderThatLeavesInTheMiddleEndsItQuietlyWith141() async throws {
        // More than a pipe holds.
        let stage = try Stage { $0.messages = 1500 }
        let words = ["read", "--config", try stage.config(), "--catalog", try stage.catalog(["messages"])]
        let child = try Child([Products.connector] + words, output: .leftAfter("STARTED"))
        let result = await child.result()
        #expect(result.code == 141 && result.errors.isEmpty)
    }
}
