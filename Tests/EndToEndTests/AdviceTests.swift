import RocketChatSandbox
import Testing

/// What is said to people who have mistaken an address, a file or a format.
@Suite(.timeLimit(.minutes(10))) struct AdviceTests {
    private func failure(_ stage: Stage, endpoint: String? = nil, more: String = #""concurrency":4"#) async throws
        -> String
    {
        let config = try stage.config(endpoint: endpoint, more: more)
        let run = try await Run.connector(["check", "--config", config])
        #expect(run.code == 0 && run.status?["status"]?.text == "FAILED")
        return run.status?["message"]?.text ?? ""
    }

    @Test func aPageOfTheBrowserIsNotTheAddress() async throws {
        let stage = try Stage { $0.pathPrefix = "/chat" }
        let message = try await failure(stage, endpoint: stage.server.baseURL + "/home")
        #expect(message.contains("is a page of the browser") && message.contains("is that \(stage.server.baseURL) ?"))
    }

    @Test func aNameThatDoesNotExistIsToldAfterTwoTries() async throws {
        let stage = try Stage()
        let message = try await failure(stage, endpoint: "https://no-such-host.invalid")
        #expect(message.contains("Check the host name in `endpoint`") && message.contains("(2 tries)"), "\(message)")
    }

    @Test func aCertificateFileThatIsNotThereIsTold() async throws {
        let stage = try Stage()
        let message = try await failure(stage, more: #""ca_certificate":"/no/such/ca.pem""#)
        #expect(message.contains("`ca_certificate` is neither the text of a certificate nor a file"), "\(message)")
        #expect(stage.sandbox.requestLog.isEmpty)
    }

    @Test func aPlaceholderThatNobodyReplacedIsTold() async throws {
        let stage = try Stage()
        let message = try await failure(stage, more: #""http_headers":"X-Service: ${env:SERVICE_TOKEN}""#)
        #expect(
            message.contains("'http_headers' in the configuration holds the placeholder ${env:SERVICE_TOKEN}"),
            "\(message)")
        #expect(stage.sandbox.requestLog.isEmpty)
    }

    @Test(arguments: [("endpoint: https://x\n", "is YAML"), ("", "is empty"), ("<html>", "is a web page or XML")])
    func whatIsNoJSONIsCalledByItsName(content: String, words: String) async throws {
        let stage = try Stage()
        let run = try await Run.connector(["check", "--config", try stage.write("config.json", content)])
        #expect(run.code == 1 && run.errors().first?["message"]?.text?.contains(words) == true)
    }

    @Test func whatDiscoverPrintsIsACatalogAsItIs() async throws {
        let stage = try Stage()
        let discover = try await Run.connector(["discover", "--config", try stage.config()])
        let catalog = try stage.catalog(text: String(decoding: discover.output, as: UTF8.self))
        let run = try await stage.read(catalog: catalog)
        #expect(run.code == 0 && run.statuses(of: "users").last == "COMPLETE" && !run.records(of: "messages").isEmpty)
        #expect(run.payloads("STATE", "state").count >= discover.catalog.count)
    }

    @Test func theRunnerShowsBothOnStandardError() async throws {
        let stage = try Stage()
        let user = stage.sandbox.accounts.user
        let config = [
            "--source", Products.connector, "--config", try stage.config(token: user.token, user: user.userID),
        ]
        let check = await (try Child([Products.runner, "check"] + config)).result()
        #expect(check.code == 0)
        #expect(String(decoding: check.output, as: UTF8.self).hasPrefix("Connected to Rocket.Chat "))
        let read = await (try Child([Products.runner, "read", "--streams", "integrations"] + config)).result()
        #expect(read.code == 2)
        for result in [check, read] {
            let said = String(decoding: result.errors, as: UTF8.self)
            #expect(said.contains("integrations") && said.contains(" would add that."), "\(said)")
        }
        #expect(String(decoding: read.errors, as: UTF8.self).contains("the source has no stream `integrations`"))
    }

    @Test func aPlainUserIsToldWhatWouldAddTheOtherStreams() async throws {
        let stage = try Stage()
        let user = stage.sandbox.accounts.user
        let config = try stage.config(token: user.token, user: user.userID)
        let check = try await Run.connector(["check", "--config", config])
        let message = check.status?["message"]?.text ?? ""
        #expect(
            message.hasPrefix("Connected to Rocket.Chat ") && message.contains(" as \(user.username) (user): "),
            "\(message)")
        let discover = try await Run.connector(["discover", "--config", config])
        for run in [check, discover] {
            let said = run.payloads("LOG", "log").filter { $0["level"]?.text == "WARN" }.compactMap {
                $0["message"]?.text
            }
            #expect(said.contains { $0.contains("integrations") && $0.contains(" would add that.") }, "\(said)")
        }
        #expect(!discover.catalog.contains { $0["name"]?.text == "integrations" })
        let read = try await Run.connector([
            "read", "--config", config, "--catalog", try stage.catalog(["integrations"]),
        ])
        #expect(read.code == 1)
        #expect(read.errors().first?["message"]?.text?.contains("Stream 'integrations' needs the permission") == true)
    }
}
