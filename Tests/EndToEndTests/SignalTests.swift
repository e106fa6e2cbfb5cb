import Foundation
import RocketChatSandbox
import Testing

/// Rule 20: signals. Process 1 of a container is tried in the image, by scripts/image-test.
@Suite(.timeLimit(.minutes(10))) struct SignalTests {
    @Test(arguments: [SIGTERM, SIGINT])
    func rule20ASignalEndsAReadAtOnce(signal: Int32) async throws {
        let stage = try Stage()
        // The answer for users comes over ten minutes, so the read is under way whenever the signal comes.
        stage.sandbox.inject(Fault(.slow(milliseconds: 600_000), route: "users.list", count: nil))
        let words = ["read", "--config", try stage.config(), "--catalog", try stage.catalog(["users", "roles"])]
        let child = try Child([Products.connector] + words)
        await child.says("COMPLETE")
        child.signal(signal)
        let run = try await Run(of: child)
        #expect(run.signal == signal && run.code == nil)
        #expect(
            run.statuses(of: "users") == ["STARTED", "RUNNING"], "no state or status is made up for unfinished work")
        #expect(run.states(of: "users").isEmpty && run.errors().isEmpty)
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func rule20ASignalEndsACheckThatWaits(signal: Int32) async throws {
        let stage = try Stage()
        stage.sandbox.inject(Fault(.slow(milliseconds: 600_000), route: "permissions.listAll", count: nil))
        stage.sandbox.inject(Fault(.unavailable, route: "me"))
        let child = try Child([Products.connector, "check", "--config", try stage.config()])
        // The line about the second try of `me`.
        await child.says("WARN")
        child.signal(signal)
        let run = try await Run(of: child)
        #expect(run.signal == signal && run.status == nil)
    }

    @Test func rule20ASignalEndsAReadWhoseReaderHasFallenAsleep() async throws {
        // More than a pipe holds, so that the read hangs in a write sooner or later; the signal may come before or after.
        let stage = try Stage { $0.messages = 1500 }
        let words = ["read", "--config", try stage.config(), "--catalog", try stage.catalog(["messages"])]
        let child = try Child([Products.connector] + words, output: .stalledAfter("RECORD"))
        await child.says("RECORD")
        child.signal(SIGTERM)
        let result = await child.result()
        #expect(result.signal == SIGTERM && result.errors.isEmpty)
    }

    @Test func rule20ASignalBehindTheResultIsNoFailure() async throws {
        let stage = try Stage()
        let child = try Child([Products.connector, "check", "--config", try stage.config()])
        await child.says("CONNECTION_STATUS")
        child.signal(SIGTERM)
        let run = try await Run(of: child)
        // PyAirbyte accepts 0 and death by SIGTERM.
        #expect(run.code == 0 || run.signal == SIGTERM)
        #expect(run.status?["status"]?.text == "SUCCEEDED")
    }
}
