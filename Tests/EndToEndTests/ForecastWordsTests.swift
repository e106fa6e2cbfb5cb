import RocketChatSandbox
import Testing

/// The runner understands what the connector foretells, though the protocol has no place for requests and time.
@Suite(.timeLimit(.minutes(10))) struct ForecastWordsTests {
    private func said(_ stage: Stage, user: Account) async throws -> String {
        let config = try stage.config(token: user.token, user: user.userID)
        let words = [
            Products.runner, "sync", "--source", Products.connector, "--config", config, "--into",
            "\(stage.folder)/out.db", "--streams", "messages,files",
        ]
        return String(decoding: await (try Child(words)).result().errors, as: UTF8.self)
    }

    @Test func withoutALimit() async throws {
        let stage = try Stage()
        let text = try await said(stage, user: stage.sandbox.accounts.admin)
        #expect(text.contains(/forecast: no rate limit slows it down: messages \d+ rows in \d+ requests/), "\(text)")
        #expect(text.contains(/files \d+ requests/), "\(text)")
    }

    @Test func withALimit() async throws {
        let stage = try Stage {
            $0.rooms = 20
            $0.limit = RateLimit(calls: 10, interval: 3000)
        }
        let text = try await said(stage, user: stage.sandbox.accounts.user)
        let words = /forecast: about \d+ s: .*messages \d+ rows in (\d+) requests, (\d+) s/
        let found = try #require(text.firstMatch(of: words), "\(text)")
        let (requests, seconds) = (try #require(Int(found.1)), try #require(Int(found.2)))
        // The window is measured by the server's clock, which Date headers tell to the second.
        let windows = (requests - 1) / 10
        #expect((2 * windows...4 * windows).contains(seconds), "\(text)")
        #expect(text.contains("A token with the permission api-bypass-rate-limit would not have to wait."), "\(text)")
    }
}
