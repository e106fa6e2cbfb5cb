import RocketChatAPI
import Synchronization
import Testing

@testable import RocketChatSandbox
@testable import RocketChatSource

/// Runs that are killed and taken up from the last STATE that was written.
@Suite struct ResumeTests {
    @Test(arguments: ["7.0.4", "8.6.1"], [0, Int.max])
    func killedAtAnyLineNothingIsLost(version: String, landed: Int) async throws {
        var stage = try Stage(version: version, latency: 4000)
        stage.sizes.page = 1
        stage.sizes.smallestPage = 4
        stage.sizes.smallRoom = 8
        let bytes = try await stage.run().bytes
        let ends = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }
        for end in ends {
            stage.copy = Copy()
            stage.copy.land(RunOutput(bytes, length: end + 1), extra: landed, replacing: [])
            // Whatever has left may be removed before the next run.
            let alive = stage.ids.intersection(stage.truth).sorted()
            if let message = alive.dropFirst(end % 7).first { stage.sandbox.delete(message, by: stage.me) }
            stage.sandbox.live(steps: 1)
            try await stage.sync()
            try #require(stage.isTrue, "killed after \(end + 1) bytes")
        }
    }

    @Test func killedAtAnyRequestNothingIsLost() async throws {
        var stage = try Stage(latency: 4000)
        stage.sizes.page = 1
        stage.sizes.smallestPage = 4
        var number = 0
        while true {
            stage.copy = Copy()
            let result = try await stage.run(killAt: number)
            guard let killedAt = result.killedAt else { break }
            stage.copy.land(RunOutput(result.bytes, length: killedAt), extra: .max, replacing: [])
            stage.sandbox.live(steps: 2)
            try await stage.sync()
            try #require(stage.isTrue, "killed at request \(number)")
            number += 1
        }
        #expect(number > 12)
    }

    @Test func aLoadTakenUpDoesNotStartOver() async throws {
        var stage = try Stage(messages: 0, latency: 12_000)
        stage.sizes.page = 1
        stage.sizes.smallestPage = 10
        let room = stage.room("long", messages: 300)
        let result = try await stage.run(killAt: 40)
        stage.copy.land(RunOutput(result.bytes, length: result.killedAt), extra: .max, replacing: [])
        let before = stage.syncQueries.count { $0.contains("type=UPDATED") && $0.contains(room) }
        stage.sandbox.clearRequestLog()
        try await stage.sync()
        let after = stage.syncQueries.count { $0.contains("type=UPDATED") && $0.contains(room) }
        #expect(stage.isTrue)
        #expect(before > 10)
        // Thirty-odd pages in all; a page or two at the seam are read again.
        #expect(before + after < 40)
    }

    /// Pages by age, of a load that is taken up; rows that were read go when the run has just asked for removals.
    @Test(arguments: [1, 2, 19, 20, 21, 60, 130, 180], ["7.0.4", "6.13.1"])
    func rowsRemovedBeforeTheFirstPageHideNoneThatIsUnread(removed: Int, version: String) async throws {
        var stage = try Stage(version: version, messages: 0, latency: 12_000)
        stage.sizes.smallRoom = 8
        let room = stage.room("long", messages: 500)
        // Longer ago than removals are asked back for: the closing answer does not hold these rows.
        stage.wait(3 * 3_600_000)
        _ = stage.room("young", messages: 1)
        var kill = 0
        while stage.copy.stateFile.contains(#""paging""#) != true || stage.ids.count < 190 {
            kill += 1
            try #require(kill < 60)
            stage.copy = Copy()
            let result = try await stage.run(killAt: kill)
            stage.copy.land(RunOutput(result.bytes, length: result.killedAt), extra: 0, replacing: [])
        }
        try #require(stage.ids.count < 400)
        let (sandbox, me, read) = (stage.sandbox, stage.me, stage.ids.sorted())
        let isDone = Mutex(false)
        stage.transport.spoil { request, response in
            if request.url.contains("chat.syncMessages"), request.url.contains(room) {
                let isFirst = isDone.withLock { done in
                    defer { done = true }
                    return !done
                }
                if isFirst { for message in read.prefix(removed) { sandbox.delete(message, by: me) } }
            }
            return .success(response)
        }
        try await stage.sync()
        #expect(isDone.withLock { $0 })
        stage.transport.spoil(nil)
        try await stage.sync()
        #expect(stage.isTrue)
    }

    @Test func aStateNeverClaimsWhatWasNotDelivered() async throws {
        var stage = try Stage(messages: 200, latency: 3000)
        stage.sizes.page = 1
        stage.sizes.smallestPage = 5
        let output = try await stage.sync()
        let states = output.lines.count { if case .state = $0 { true } else { false } }
        #expect(states > 5)
        #expect(output.faults.isEmpty)
    }
}
