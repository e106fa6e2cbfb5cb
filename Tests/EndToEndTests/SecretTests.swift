import RocketChatSandbox
import Testing

/// Secrets: the token, the id of its user, and what the server hands out that no copy may hold.
@Suite(.timeLimit(.minutes(10))) struct SecretTests {
    @Test func theTokenIsInNoOutputAndTheUserIdInNoLineForPeople() async throws {
        let whole = try await WholeRead.shared
        let admin = whole.stage.sandbox.accounts.admin
        for run in [whole.read, whole.discover] {
            #expect(!run.text.contains(admin.token))
            #expect(!run.talk.contains(admin.userID))
        }
        for words in [["check"], ["check", "--debug"], ["discover", "--debug"]] {
            let run = try await Run.connector(words + ["--config", try whole.stage.config()])
            #expect(!run.text.contains(admin.token) && !run.text.contains(admin.userID))
        }
    }

    @Test func secretsOfWebhooksInvitationsAndVisitorsStayOnTheServer() async throws {
        let whole = try await WholeRead.shared
        let integrations = try whole.stage.answer("/api/v1/integrations.list?count=50")["integrations"]?.elements ?? []
        let invites = try whole.stage.answer("/api/v1/listInvites").elements ?? []
        let tokens = integrations.compactMap { $0["token"]?.text } + invites.compactMap { $0["inviteToken"]?.text }
        #expect(tokens.count == 5, "the server plants them")
        #expect(!whole.read.records(of: "integrations").isEmpty && !whole.read.records(of: "invites").isEmpty)
        let planted = ["class Script", "function Script", "visitor-token-", "go.example.com/invite"]
        for secret in tokens + planted { #expect(!whole.read.text.contains(secret)) }
    }

    @Test func noFieldIsNamedLikeACredential() async throws {
        let whole = try await WholeRead.shared
        let names: Set<String> = [
            "token", "password", "services", "E2EKey", "oldRoomKeys", "e2e", "inviteToken", "script", "scriptCompiled",
            "loginTokens", "secret",
        ]
        for record in whole.read.payloads("RECORD", "record") {
            let data = try #require(record["data"])
            let stream = record["stream"]?.text ?? ""
            let inside = data["v"]?.members ?? []
            for member in (data.members ?? []) + inside { #expect(!names.contains(member.name), "\(stream)") }
        }
    }

    @Test func failuresDoNotTellTheTokenEither() async throws {
        let stage = try Stage()
        let secret = "hunter2-is-the-token"
        let words = ["--config", try stage.config(token: secret, user: "UserIdOfTheTest99")]
        for verb in ["check", "discover"] {
            let run = try await Run.connector([verb, "--debug"] + words)
            #expect(!run.text.contains(secret) && !run.text.contains("UserIdOfTheTest99"))
        }
    }

    @Test func aPasswordInTheAddressIsNotRepeated() async throws {
        let stage = try Stage()
        let address = stage.server.baseURL.replacing("http://", with: "http://joe:correct-horse-battery@")
        let run = try await Run.connector(["check", "--config", try stage.config(endpoint: address)])
        #expect(run.code == 0 && run.status != nil)
        #expect(!run.text.contains("correct-horse-battery"))
    }

    @Test(arguments: [
        "http://joe:correct-horse@127.0.0.1:1", "http://joe:correct@horse@127.0.0.1:1",
        "http://joe:correct-horse@127.0.0.1:99999", "http://joe:correct horse@127.0.0.1:1",
        "joe:correct-horse@127.0.0.1:1", "socks9://joe:correct-horse@127.0.0.1:1",
    ])
    func thePasswordOfAProxyIsInNoText(proxy: String) async throws {
        let stage = try Stage()
        let variables = ["http_proxy": proxy, "HTTP_PROXY": proxy, "ALL_PROXY": proxy, "NO_PROXY": "", "no_proxy": ""]
        let config = try stage.config(endpoint: "http://chat.example.com")
        let run = try await Run.connector(["check", "--debug", "--config", config], variables: variables)
        #expect(run.status != nil)
        #expect(!run.text.contains("correct") && !run.text.contains("horse"), "\(run.text)")
    }
}
