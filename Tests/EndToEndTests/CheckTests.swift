import RocketChatSandbox
import Testing

/// Rule 6: a check that fails says so in one sentence, and ends with 0.
@Suite(.timeLimit(.minutes(10))) struct CheckTests {
    private func expectFailure(_ run: Run, _ words: String..., place: SourceLocation = #_sourceLocation) {
        #expect(run.code == 0, sourceLocation: place)
        #expect(run.status?["status"]?.text == "FAILED", sourceLocation: place)
        let message = run.status?["message"]?.text ?? ""
        for word in words { #expect(message.contains(word), "\(message)", sourceLocation: place) }
        #expect(run.errors().isEmpty, "the result says it; a trace would count as a crash", sourceLocation: place)
    }

    @Test func aGoodConfigurationSucceedsInThreeRequests() async throws {
        let stage = try Stage()
        let run = try await Run.connector(["check", "--config", try stage.config()])
        #expect(run.code == 0 && run.status?["status"]?.text == "SUCCEEDED")
        #expect(stage.sandbox.requestLog.compactMap(\.route) == ["info", "me", "permissions.listAll"])
    }

    @Test(arguments: ["", "/", "/api", "/api/v1", "/api/v1/"])
    func theAddressMayEndAsPeopleTypeIt(suffix: String) async throws {
        let stage = try Stage { $0.pathPrefix = "/chat" }
        let run = try await Run.connector([
            "check", "--config", try stage.config(endpoint: stage.server.baseURL + suffix),
        ])
        #expect(run.status?["status"]?.text == "SUCCEEDED")
    }

    @Test func theFileMayBeAsEditorsAndRunnersWriteIt() async throws {
        let stage = try Stage()
        let admin = stage.sandbox.accounts.admin
        let text =
            "\u{FEFF}{\r\n \"endpoint\": \" \(stage.server.baseURL) \",\r\n \"token\": \"\(admin.token)\\n\",\r\n"
            + " \"user_id\": \"\(admin.userID)\", \"start_date\": null, \"rooms\": null, \"__injected\": {\"a\": [1]}\r\n}\r\n"
        let run = try await Run.connector(["check", "--config", try stage.write("config.json", text)])
        #expect(run.status?["status"]?.text == "SUCCEEDED", "\(run.text)")
    }

    @Test func aMisspeltSettingIsNamed() async throws {
        let stage = try Stage()
        let admin = stage.sandbox.accounts.admin
        let text =
            "{\"endpoint\":\"\(stage.server.baseURL)\",\"token\":\"\(admin.token)\",\"user_id\":\"\(admin.userID)\","
            + "\"rooms\":{\"exclud\":[\"x\"]}}"
        let run = try await Run.connector(["check", "--config", try stage.write("config.json", text)])
        #expect(run.status?["status"]?.text == "SUCCEEDED")
        #expect(
            run.payloads("LOG", "log").contains {
                $0["level"]?.text == "WARN" && $0["message"]?.text?.contains("rooms.exclud") == true
            })
    }

    #if os(Linux)
        @Test func withoutLibcurlTheCheckSaysSoAndSpecStillWorks() async throws {
            let stage = try Stage()
            // The loader looks here first, and refuses what it finds.
            for name in ["libcurl.so.4", "libcurl-gnutls.so.4"] { _ = try stage.write(name, "no library") }
            let variables = ["LD_LIBRARY_PATH": stage.folder]
            let spec = try await Run.connector(["spec"], variables: variables)
            #expect(spec.payloads("SPEC", "spec").count == 1)
            let check = try await Run.connector(["check", "--config", try stage.config()], variables: variables)
            expectFailure(check, "libcurl", "libcurl.so.4", "Install")
            let discover = try await Run.connector(["discover", "--config", try stage.config()], variables: variables)
            #expect(discover.code == 1 && discover.errors().count == 1)
        }
    #endif

    @Test func rule6AWrongToken() async throws {
        let stage = try Stage()
        expectFailure(try await Run.connector(["check", "--config", try stage.config(token: "wrong")]), "token")
        let other = stage.sandbox.accounts.user.userID
        expectFailure(try await Run.connector(["check", "--config", try stage.config(user: other)]), "user_id")
    }

    @Test func rule6AnAddressBesideTheServer() async throws {
        let stage = try Stage { $0.pathPrefix = "/chat" }
        let beside = stage.server.baseURL.replacing("/chat", with: "/other")
        expectFailure(try await Run.connector(["check", "--config", try stage.config(endpoint: beside)]), "endpoint")
    }

    @Test func rule6AWebPage() async throws {
        let stage = try Stage()
        stage.sandbox.inject(Fault(.webPage, route: "info", count: nil))
        expectFailure(try await Run.connector(["check", "--config", try stage.config()]), "endpoint")
    }

    @Test func rule6ARedirectToAnotherServerDoesNotGetTheToken() async throws {
        let stage = try Stage()
        let other = try Stage { $0.seed = 2 }
        let elsewhere = other.server.baseURL.replacing("127.0.0.1", with: "localhost")
        stage.sandbox.inject(Fault(.redirect(to: elsewhere), count: nil))
        expectFailure(try await Run.connector(["check", "--config", try stage.config()]), "redirected")
        #expect(other.sandbox.requestLog.isEmpty)
    }

    @Test func rule6AServerThatIsDown() async throws {
        let stage = try Stage()
        stage.sandbox.inject(Fault(.restart(milliseconds: 600_000), route: "info"))
        expectFailure(try await Run.connector(["check", "--config", try stage.config()]), "endpoint")
    }

    @Test(arguments: [#""concurrency":0"#, #""start_date":"last year""#, #""room_types":["x"]"#, #""rooms":7"#])
    func rule6AValueThatCannotBe(member: String) async throws {
        let stage = try Stage()
        expectFailure(try await Run.connector(["check", "--config", try stage.config(more: member)]))
        #expect(stage.sandbox.requestLog.isEmpty)
    }

    @Test(arguments: [
        "{}", "[]", #"{"endpoint":1,"token":"t","user_id":"u"}"#, #"{"endpoint":"nowhere","token":"t","user_id":"u"}"#,
    ])
    func rule6AConfigurationThatLacksSomething(config: String) async throws {
        let stage = try Stage()
        expectFailure(try await Run.connector(["check", "--config", try stage.write("config.json", config)]))
    }
}
