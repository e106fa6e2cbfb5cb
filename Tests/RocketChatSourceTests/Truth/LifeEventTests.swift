import Testing

@testable import RocketChatSandbox
@testable import RocketChatSource

/// What happens to rooms, memberships and users between two runs, event by event.
@Suite struct LifeEventTests {
    private static let day: Int64 = 86_400_000
    private static let hour: Int64 = 3_600_000

    @Test(arguments: ["6.13.1", "7.0.4", "8.6.1"])
    func aDeletedRoomTakesItsMessagesAlong(version: String) async throws {
        var stage = try Stage(version: version)
        let room = stage.room("doomed")
        try await stage.sync()
        stage.sandbox.deleteRoom(room)
        try await stage.sync()
        #expect(stage.isTrue)
        // Its messages may have gone into the trash behind it, for as long as a bulk removal takes.
        stage.wait(2 * Self.hour)
        try await stage.sync()
        #expect(stage.isTrue)
        #expect(!stage.copy.states.description.contains(room))
    }

    /// `bulkRoomCleanUp` of 6.14, and the removal of omnichannel rooms.
    @Test(arguments: ["6.13.1", "7.10.0"])
    func messagesThatFollowTheirRoomIntoTheTrashGoToo(version: String) async throws {
        var stage = try Stage(version: version)
        let room = stage.room("doomed", messages: 40)
        try await stage.sync()
        stage.sandbox.deleteRoom(room, pause: 300_000)
        stage.wait(60_000)
        try await stage.sync()
        #expect(!stage.isTrue, "half of them are in no trash yet")
        stage.wait(300_000)
        try await stage.sync()
        #expect(stage.isTrue)
        stage.wait(2 * Self.hour)
        try await stage.sync()
        #expect(stage.isTrue && !stage.copy.states.description.contains(room))
    }

    @Test func aRoomDeletedAfterTheUserLeftItTakesItsMessagesAlong() async throws {
        var stage = try Stage()
        let room = stage.room("left", isPrivate: true)
        try await stage.sync()
        stage.sandbox.leave(room, stage.me)
        try await stage.sync()
        #expect(!stage.isTrue)
        stage.sandbox.deleteRoom(room)
        try await stage.sync()
        #expect(stage.isTrue)
    }

    @Test func aRoomOutOfSightForLongerThanTheTrashRemembersIsNamedOnce() async throws {
        var stage = try Stage()
        let room = stage.room("doomed", isPrivate: true)
        let messages = stage.sandbox.messages(in: room)
        try await stage.sync()
        stage.sandbox.deleteRoom(room)
        stage.wait(31 * Self.day)
        let output = try await stage.sync()
        #expect(output.warnings.contains { $0.contains(room) && $0.contains("if it was deleted, nothing tells of it") })
        #expect(stage.ids.isSuperset(of: messages))
        let next = try await stage.sync()
        #expect(next.warnings.allSatisfy { !$0.contains(room) })
    }

    @Test(arguments: [true, false])
    func anArchivedRoomIsFollowed(isPrivate: Bool) async throws {
        var stage = try Stage()
        let room = stage.room("shelved", isPrivate: isPrivate)
        let message = try #require(stage.sandbox.messages(in: room).first)
        try await stage.sync()
        stage.sandbox.archive(room, by: stage.me)
        stage.sandbox.edit(message, by: stage.me, text: "edited in the archive")
        try await stage.sync()
        #expect(stage.isTrue)
    }

    @Test func aConvertedRoomIsFollowed() async throws {
        var stage = try Stage()
        let room = stage.room("open")
        try await stage.sync()
        stage.sandbox.convert(room, isPrivate: true, by: stage.me)
        stage.sandbox.post(in: room, by: stage.me, text: "behind closed doors")
        try await stage.sync()
        #expect(stage.isTrue)
    }

    @Test func aRoomJoinedLaterArrivesWithItsWholeHistory() async throws {
        var stage = try Stage()
        let other = stage.sandbox.accounts.agent.userID
        let room = stage.sandbox.createRoom("secret", isPrivate: true, by: other)
        let old = stage.sandbox.post(in: room, by: other, text: "old", ts: stage.sandbox.now - 90 * Self.day)
        try await stage.sync()
        #expect(!stage.ids.contains(old))
        stage.wait(40 * Self.day)
        stage.sandbox.join(room, stage.me)
        try await stage.sync()
        #expect(stage.ids.contains(old))
    }

    @Test func aRoomLeftKeepsItsRowsAndCatchesUpWhenTheUserReturns() async throws {
        var stage = try Stage()
        let room = stage.room("visited", isPrivate: true)
        let messages = stage.sandbox.messages(in: room)
        try await stage.sync()
        stage.sandbox.leave(room, stage.me, removedBy: stage.sandbox.accounts.agent.userID)
        stage.sandbox.delete(messages[0], by: stage.me)
        stage.sandbox.edit(messages[1], by: stage.me, text: "edited meanwhile")
        let output = try await stage.sync()
        #expect(stage.ids.isSuperset(of: messages))
        #expect(output.logs.contains { $0.contains("its rows") })
        stage.sandbox.join(room, stage.me)
        try await stage.sync()
        #expect(stage.isTrue)
    }

    @Test func aPrivateGroupOfOthersIsSkippedWithAReason() async throws {
        var stage = try Stage(role: "admin")
        let other = stage.sandbox.accounts.agent.userID
        let room = stage.sandbox.createRoom("secret", isPrivate: true, by: other)
        stage.sandbox.post(in: room, by: other, text: "not for administrators")
        let output = try await stage.sync()
        #expect(stage.isTrue)
        #expect(output.logs.contains { $0.contains("not a member") })
    }

    @Test func aDiscussionOfAPrivateGroupIsReadByItsMembers() async throws {
        var stage = try Stage()
        let room = stage.room("parent", isPrivate: true)
        try await stage.sync()
        let discussion = stage.sandbox.createDiscussion(in: room, title: "aside", by: stage.me)
        let message = stage.sandbox.post(in: discussion, by: stage.me, text: "in the discussion")
        try await stage.sync()
        #expect(stage.ids.contains(message))
        #expect(stage.isTrue)
    }

    @Test func retentionRemovesThousandsAtOnce() async throws {
        var stage = try Stage()
        let room = stage.room("retained", messages: 1500)
        try await stage.sync()
        let gone = stage.sandbox.prune(room, before: stage.sandbox.now)
        let output = try await stage.sync()
        #expect(gone == 1500)
        #expect(output.tombstones == 1500)
        #expect(stage.isTrue)
    }

    @Test(arguments: [(false, false), (false, true), (true, true), (true, false)])
    func aRemovedMessageGoesUnlessTheServerHidesIt(keepsHistory: Bool, showsStatus: Bool) async throws {
        var stage = try Stage {
            $0.keepHistory = keepsHistory
            $0.showDeletedStatus = showsStatus
        }
        let room = stage.room("moderated")
        let message = stage.sandbox.messages(in: room)[2]
        try await stage.sync()
        stage.sandbox.delete(message, by: stage.me)
        try await stage.sync()
        // Hidden: in neither list of any answer.
        #expect(stage.ids.contains(message) == (keepsHistory && !showsStatus))
        #expect(stage.truth.subtracting(stage.ids).isEmpty)
    }

    @Test func aGapLongerThanTheTrashReadsTheRoomAgainAndSaysSo() async throws {
        var stage = try Stage()
        let room = stage.room("asleep")
        let messages = stage.sandbox.messages(in: room)
        try await stage.sync()
        stage.sandbox.delete(messages[0], by: stage.me)
        stage.sandbox.edit(messages[1], by: stage.me, text: "edited early")
        stage.wait(35 * Self.day)
        stage.sandbox.delete(messages[2], by: stage.me)
        let output = try await stage.sync()
        #expect(stage.ids.subtracting(stage.truth) == [messages[0]])
        #expect(stage.truth.subtracting(stage.ids).isEmpty)
        #expect(output.logs.contains { $0.contains("30 days ago") })
    }

    @Test func changedRoomsMissOnlyChangesOfOldMessagesUntilTheirTurn() async throws {
        var stage = try Stage()
        stage.roomScan = "changed"
        let rooms = (0..<30).map { stage.room("quiet \($0)", messages: 2) }
        let reacted = try #require(rooms.max())
        let messages = stage.sandbox.messages(in: reacted)
        // What is younger than the newest stamp comes once more.
        try await stage.sync()
        stage.wait(3_600_000)
        try await stage.sync()
        stage.wait(3_600_000)
        stage.sandbox.react(messages[0], by: stage.me, ":eyes:")
        try await stage.sync()
        #expect(!stage.isTrue)
        stage.wait(3_600_000)
        let fresh = stage.sandbox.post(in: reacted, by: stage.me, text: "fresh")
        try await stage.sync()
        // Once the room has changed, it is read from its watermark on.
        #expect(stage.ids.contains(fresh))
        #expect(stage.isTrue)
        stage.sandbox.react(messages[1], by: stage.me, ":eyes:")
        for _ in 0..<24 {
            stage.wait(3_600_000)
            try await stage.sync()
        }
        #expect(stage.isTrue)
    }

    @Test func aPolicyThatStampsAllRoomsHidesNothingThatTheirListingShows() async throws {
        var stage = try Stage()
        stage.roomScan = "changed"
        stage.sandbox.configure { $0.retentionInterval = 1_800_000 }
        let rooms = (0..<40).map { stage.room("stamped \($0)", messages: 3) }
        for _ in 0..<25 {
            try await stage.sync()
            stage.wait(3_600_000)
        }
        stage.sandbox.clearRequestLog()
        try await stage.sync()
        #expect(stage.syncQueries.count < 10)
        let messages = stage.sandbox.messages(in: rooms[3])
        stage.wait(3_600_000)
        stage.sandbox.delete(messages[0], by: stage.me)
        let reply = stage.sandbox.post(
            in: rooms[5], by: stage.me, text: "reply", thread: stage.sandbox.messages(in: rooms[5])[0])
        stage.wait(1000)
        stage.sandbox.edit(stage.sandbox.messages(in: rooms[7])[2], by: stage.me, text: "edited last")
        try await stage.sync()
        #expect(!stage.ids.contains(messages[0]) && stage.ids.contains(reply))
        #expect(stage.isTrue)
    }
}
