import Testing

@testable import RocketChatSandbox
@testable import RocketChatSource

/// The seven traps of `chat.syncMessages` (rocket-chat-api.md §5.5), each laid on purpose.
@Suite struct MessageTrapTests {
    @Test(arguments: ["6.13.1", "7.0.4", "7.6.0", "8.6.1"])
    func losesNothingWhenARenameStampsEverythingInOneMillisecond(version: String) async throws {
        var stage = try Stage(version: version)
        stage.sizes.page = 1
        stage.sizes.smallestPage = 3
        let room = stage.room("tied", messages: 40)
        stage.sandbox.rename(user: stage.me, to: "renamed")
        try await stage.sync()
        #expect(stage.isTrue)
        stage.sandbox.rename(user: stage.me, to: "renamed.again")
        stage.sizes.longestIncrement = 0
        try await stage.sync()
        #expect(stage.isTrue)
        #expect(stage.sandbox.messages(in: room).count == 40)
    }

    @Test func findsEveryRemovalAlthoughTheServerOrdersThemByAnotherDate() async throws {
        var stage = try Stage()
        let room = stage.room("pruned", messages: 12)
        try await stage.sync()
        // Removed in the reverse order of their last change: following the cursor would skip most of them.
        for message in stage.sandbox.messages(in: room).reversed() {
            stage.wait(50)
            stage.sandbox.delete(message, by: stage.me)
        }
        stage.sizes.longestIncrement = 0
        stage.sizes.removals = 3
        try await stage.sync()
        #expect(stage.isTrue)
        #expect(!stage.copy.documents("messages").values.contains { $0.contains(room) })
    }

    @Test(arguments: [("6.13.1", false), ("8.6.1", false), ("8.6.1", true)])
    func aMessageThatChangesInTheMidstOfItsBulkRemovalGoesAllTheSame(version: String, isPaged: Bool) async throws {
        var stage = try Stage(version: version)
        let room = stage.room("pruned", messages: 12)
        try await stage.sync()
        // Followed once more: no load of it counts removals of a while before any more.
        stage.wait(5000)
        try await stage.sync()
        stage.wait(5000)
        if isPaged {
            stage.sizes.longestIncrement = 0
            stage.sizes.page = 1
            stage.sizes.smallestPage = 2
        }
        // The trash is written, ten minutes later the messages go; two of them change meanwhile.
        let messages = stage.sandbox.messages(in: room)
        stage.sandbox.prune(room, before: stage.sandbox.now, pause: 600_000)
        stage.wait(1000)
        stage.sandbox.edit(messages[0], by: stage.me, text: "not for long")
        stage.sandbox.react(messages[7], by: stage.me, ":eyes:")
        let output = try await stage.sync()
        #expect(output.buried("messages") == Set(messages).subtracting([messages[0], messages[7]]))
        #expect(stage.ids.isSuperset(of: [messages[0], messages[7]]))
        stage.wait(1_200_000)
        try await stage.sync()
        #expect(stage.isTrue)
        #expect(stage.ids.isDisjoint(with: messages))
        stage.wait(5000)
        let last = try await stage.sync()
        #expect(last.tombstones == 0, "no doubt is left")
    }

    @Test(arguments: ["6.13.1", "8.6.1"])
    func asksNeitherWithATypeAloneNorWithADateForACursor(version: String) async throws {
        var stage = try Stage(version: version)
        stage.sizes.page = 1
        stage.sizes.smallestPage = 2
        for gap in [0, 3_600_000, 10 * 86_400_000] as [Int64] {
            stage.wait(gap)
            stage.sandbox.live(steps: 30)
            try await stage.sync()
        }
        #expect(!stage.syncQueries.isEmpty)
        for query in stage.syncQueries {
            var names: [String: String] = [:]
            for parameter in query.split(separator: "&") {
                let parts = parameter.split(separator: "=", maxSplits: 1).map { String($0) }
                names[parts[0]] = parts.count > 1 ? parts[1] : ""
            }
            #expect((names["type"] == nil) == (names["next"] == nil), "\(query)")
            #expect((names["type"] == nil) == (names["lastUpdate"] != nil), "\(query)")
            if let next = names["next"] { #expect(Int64(next) != nil, "\(query)") }
        }
    }

    @Test(arguments: [true, false])
    func followsNoStampOfTheFuture(isPaged: Bool) async throws {
        var stage = try Stage()
        let room = stage.room("skewed")
        if isPaged {
            stage.sizes.page = 1
            stage.sizes.smallestPage = 2
        }
        let early = stage.sandbox.post(in: room, by: stage.me, text: "from tomorrow", skew: 86_400_000)
        try await stage.sync()
        // In a load of several pages it waits for the next run, so that it cannot leave twice.
        #expect(stage.ids.contains(early) != isPaged)
        stage.wait(5000)
        let late = stage.sandbox.post(in: room, by: stage.me, text: "from today")
        try await stage.sync()
        #expect(stage.ids.isSuperset(of: [early, late]))
        #expect(stage.isTrue)
        stage.wait(2 * 86_400_000)
        stage.sandbox.edit(early, by: stage.me, text: "from yesterday")
        try await stage.sync()
        #expect(stage.isTrue)
    }

    @Test func triesAgainWhenTheServerTakesTooLongOverABigRoom() async throws {
        var stage = try Stage()
        stage.requestTimeoutSeconds = 5
        stage.sandbox.inject(Fault(.slow(milliseconds: 60_000), route: "chat.syncMessages", count: 3))
        stage.sandbox.inject(Fault(.slow(milliseconds: 4000), route: "chat.syncMessages", count: 3))
        try await stage.sync()
        #expect(stage.isTrue)
    }

    @Test func findsWhatWasCommittedAfterTheLastRunButStampedBefore() async throws {
        var stage = try Stage()
        stage.overlapSeconds = 120
        let room = stage.room("lagging")
        try await stage.sync()
        let late = stage.sandbox.post(in: room, by: stage.me, text: "slow commit", skew: -100_000)
        try await stage.sync()
        #expect(stage.ids.contains(late))
        #expect(stage.isTrue)
    }

    @Test func readsAHugeIncrementInPages() async throws {
        var stage = try Stage(messages: 200)
        try await stage.sync()
        stage.sandbox.rename(user: stage.me, to: "renamed")
        stage.sandbox.live(steps: 50)
        stage.sizes.largestIncrement = 2000
        try await stage.sync()
        #expect(stage.isTrue)
        #expect(stage.syncQueries.contains { $0.contains("type=UPDATED") })
    }
}
