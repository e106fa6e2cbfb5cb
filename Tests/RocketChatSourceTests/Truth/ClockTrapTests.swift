import AirbyteProtocol
import TestSupport
import Testing

@testable import RocketChatSandbox
@testable import RocketChatSource

/// A `Date` header that runs ahead, as a proxy writes it, takes nothing of what protects from late writes.
@Suite struct ClockTrapTests {
    private static let ahead = Fault(.dated(by: 600_000), count: nil)

    @Test func whatIsWrittenInTheMillisecondOfTheNewestStampIsNotLost() async throws {
        var stage = try Stage()
        // More than are asked at once, so that some are asked after the newest stamp was met.
        let rooms = (0..<16).map { stage.room("room-\($0)") }
        stage.sandbox.inject(Self.ahead)
        let me = stage.me
        let event = TimedEvent(at: stage.clock.now() + 2001) { sandbox in
            for room in rooms { sandbox.post(in: room, by: me, text: "as it is read") }
        }
        let result = try await stage.run(events: [event])
        #expect(result.code == .ok)
        stage.copy.land(RunOutput(result.bytes), extra: .max, replacing: [])
        for room in rooms { stage.sandbox.post(in: room, by: me, text: "in the same millisecond") }
        stage.sandbox.clearFaults()
        try await stage.sync()
        #expect(stage.isTrue)
    }

    @Test func findsWhatWasCommittedLate() async throws {
        var stage = try Stage()
        stage.overlapSeconds = 120
        let room = stage.room("lagging")
        stage.sandbox.inject(Self.ahead)
        try await stage.sync()
        let late = stage.sandbox.post(in: room, by: stage.me, text: "slow commit", skew: -100_000)
        stage.sandbox.clearFaults()
        try await stage.sync()
        #expect(stage.ids.contains(late))
        #expect(stage.isTrue)
    }
}
