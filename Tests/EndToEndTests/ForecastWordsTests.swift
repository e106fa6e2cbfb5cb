import Foundation
import RocketChatSandbox
import Testing

/// The runner understands what the connector foretells, though the protocol has no place for requests and time.
@Suite(.timeLimit(.minutes(10))) struct ForecastWordsTests {
    private func sync(_ stage: Stage, user: Account) throws -> Child {
        let config = try stage.config(token: user.token, user: user.userID)
        return try Child([
            Products.runner, "sync", "--source", Products.connector, "--config", config, "--into",
            "\(stage.folder)/out.db", "--streams", "messages,files",
        ])
    }

    @Test func withoutALimit() async throws {
        let stage = try Stage()
        let text = String(
            decoding: await (try sync(stage, user: stage.sandbox.accounts.admin)).result().errors, as: UTF8.self)
        #expect(text.contains(/forecast: no rate limit slows it down: messages \d+ rows in \d+ requests/), "\(text)")
        #expect(text.contains(/files \d+ requests/), "\(text)")
    }

    @Test func withALimit() async throws {
        let stage = try Stage {
            $0.rooms = 20
            // Two waits of 70 minutes: the seconds that a busy machine takes for an answer are lost in rounding to hours.
            $0.limit = RateLimit(calls: 10, interval: 4_200_000)
        }
        let child = try sync(stage, user: stage.sandbox.accounts.user)
        await child.says(" rows in ", in: .errors)
        child.signal(SIGTERM)
        let text = String(decoding: await child.result().errors, as: UTF8.self)
        let words = /forecast: about 2 h: .*messages \d+ rows in (\d+) requests, 2 h/
        let requests = try #require(text.firstMatch(of: words)?.1, "\(text)")
        #expect((21...30).contains(try #require(Int(requests))), "\(text)")
        #expect(text.contains("A token with the permission api-bypass-rate-limit would not have to wait."), "\(text)")
    }
}
