import TestSupport
import Testing

@testable import RocketChatSandbox
@testable import RocketChatSource

/// What a moved start date does to rooms that were read before.
@Suite struct StartDateTests {
    /// A stage whose workspace was read from a start date on, with messages before and after it.
    private func readFromLater() async throws -> Stage {
        var stage = try Stage()
        _ = stage.room("old", messages: 20)
        stage.wait(3_600_000)
        stage.startDate = stage.clock.now()
        _ = stage.room("new", messages: 5)
        try await stage.sync()
        #expect(!stage.isTrue && stage.ids.count >= 5)
        return stage
    }

    @Test(arguments: ["all", "changed"])
    func anEarlierOneLoadsWhatLiesBefore(roomScan: String) async throws {
        var stage = try await readFromLater()
        stage.roomScan = roomScan
        let gone = try #require(stage.ids.intersection(stage.truth).sorted().first)
        stage.sandbox.delete(gone, by: stage.me)
        stage.startDate = nil
        try await stage.sync()
        #expect(stage.isTrue)
        stage.sandbox.clearRequestLog()
        try await stage.sync()
        #expect(stage.isTrue)
        #expect(!stage.syncQueries.contains { $0.contains("type=UPDATED") }, "rooms are loaded once, not again")
    }

    @Test func anEarlierLoadGoesOnAfterAnInterruption() async throws {
        var stage = try await readFromLater()
        stage.startDate = nil
        var kills = 0
        while kills < 50 {
            let result = try await stage.run(killAt: 4 + kills)
            stage.copy.land(RunOutput(result.bytes, length: result.killedAt), extra: 0, replacing: [])
            guard result.killedAt != nil else { break }
            kills += 1
        }
        #expect(kills > 2 && stage.isTrue)
    }

    @Test func aLaterOneChangesNothingForRoomsThatWereRead() async throws {
        var stage = try Stage()
        _ = stage.room("old", messages: 5)
        try await stage.sync()
        stage.wait(3_600_000)
        stage.startDate = stage.clock.now()
        try await stage.sync()
        #expect(stage.isTrue)
    }
}
