import Testing

@testable import RocketChatSource

/// Which rooms `room_scan: changed` asks.
@Suite struct RollingPlanTests {
    private static let hour: Int64 = 3_600_000
    private let now: Int64 = 1_795_165_200_000
    private let share = ScanShare(limit: 24 * hour, interval: hour)

    /// A room whose stamp has moved since the last sync.
    private func room(_ id: String, fingerprint: UInt32? = nil, newestMessage: Int64? = nil) -> Room {
        var room = Room(id: id, type: "c", updatedAt: now - 60_000, isMember: true)
        room.fingerprint = fingerprint
        room.newestMessage = newestMessage
        return room
    }

    private func watermark(_ trace: RoomTrace? = nil, age: Int64 = hour) -> Watermark {
        var watermark = Watermark(at: now - age)
        watermark.trace = trace
        return watermark
    }

    private func plan(
        _ rooms: [Room], _ marks: [String: Watermark], barred: Set<String> = [], isComplete: Bool = false
    ) -> RoomPlan {
        var state = ParentWatermarks()
        state.rooms = marks
        return RoomPlan(
            rooms: rooms, state: state, horizon: now, isComplete: isComplete, scan: share, barred: barred)
    }

    @Test func asksWhatHasChangedAndThenTheLongestUnasked() {
        let marks = Dictionary(
            uniqueKeysWithValues: (0..<46).map { ("r\($0 + 10)", watermark(age: Int64($0 + 1) * Self.hour / 2)) })
        let plan = plan([room("r20", fingerprint: 1)], marks)
        #expect(plan.steps.map(\.room.id) == ["r20", "r55", "r54"])
        #expect(plan.changed == 1 && plan.waited == 2)
    }

    @Test func manyRoomsWithANewStampAloneWaitForTheirTurn() {
        let seen = RoomTrace(7, isSettled: true)
        let rooms = (0..<100).map { room("r\($0 + 100)", fingerprint: 7) }
        var marks = Dictionary(uniqueKeysWithValues: rooms.map { ($0.id, watermark(seen)) })
        marks["counted"] = watermark(seen)
        marks["written"] = watermark(seen)
        let plan = plan(
            rooms + [
                room("counted", fingerprint: 8), room("written", fingerprint: 7, newestMessage: now - 120_000),
            ], marks)
        #expect(plan.steps.prefix(2).map(\.room.id) == ["counted", "written"])
        #expect(plan.changed == 2 && plan.stamped == 100)
        #expect(plan.steps.count == 2 + plan.waited && plan.waited <= 5)
    }

    @Test func aFewWithANewStampAreAskedAtOnce() {
        let seen = RoomTrace(7, isSettled: true)
        let rooms = (0..<3).map { room("r\($0)", fingerprint: 7) }
        let plan = plan(rooms, Dictionary(uniqueKeysWithValues: rooms.map { ($0.id, watermark(seen)) }))
        #expect(plan.changed == 3 && plan.stamped == 0)
    }

    @Test func whatIsUnclearComesBeforeWhatIsOnlyStamped() {
        // Among 2300 stamped rooms 25 could have been written to between S0 and their listing.
        let rooms = (0..<2300).map { room("r\($0 + 1000)", fingerprint: 7) }
        let marks = Dictionary(
            uniqueKeysWithValues: rooms.enumerated().map {
                ($1.id, watermark(RoomTrace(7, isSettled: $0 >= 25)))
            })
        let plan = plan(rooms, marks)
        #expect(plan.changed == 25 && plan.stamped == 2275)
        #expect(Set(plan.steps.prefix(25).map(\.room.id)) == Set(rooms.prefix(25).map(\.id)))
    }

    @Test func roomsThatNoListingNamesAreAskedUnlessTheyAreBarred() {
        let old = watermark(age: 23 * Self.hour)
        let plan = plan([], ["team": old, "left": old], barred: ["left"])
        #expect(plan.steps.map(\.room.id) == ["team"])
        #expect(plan.vanished.isEmpty)
    }

    @Test func remembersWhatAListingHadShownOnceItIsSureToHaveBeenRead() {
        let listed = room("a", fingerprint: 5)
        // The stamp lies after what was read: a message of that minute may have been counted and not delivered.
        #expect(listed.trace(after: nil, readUpTo: now - 120_000) == RoomTrace(5, isSettled: false))
        #expect(listed.trace(after: RoomTrace(5, isSettled: false), readUpTo: now - 120_000)?.isSettled == true)
        #expect(listed.trace(after: RoomTrace(6, isSettled: true), readUpTo: now - 120_000)?.isSettled == false)
        #expect(listed.trace(after: nil, readUpTo: now)?.isSettled == true)
        let unlisted = Room(id: "a", type: "c", isMember: false)
        #expect(unlisted.trace(after: RoomTrace(5, isSettled: false), readUpTo: now) == RoomTrace(5, isSettled: true))
        #expect(unlisted.trace(after: nil, readUpTo: now) == nil)
    }

    @Test func theForecastNamesTheCheaperModeItsMinutesAndWhatItMisses() throws {
        let rooms = (0..<2300).map { room("r\($0)", fingerprint: 1) }
        var state = ParentWatermarks()
        for room in rooms { state.rooms[room.id] = watermark(RoomTrace(1, isSettled: true)) }
        let all = RoomPlan(rooms: rooms, state: state, horizon: now, isComplete: true)
        let advice = all.advice(stream: "messages", pace: .init(limit: 10, interval: 60_000), pageSize: 100)
        for part in ["'room_scan'", "'changed'", "about 100 of", "9 min", "4 h less", "edits", "deleted rooms"] {
            #expect(try #require(advice).contains(part), "\(advice ?? "")")
        }
        #expect(all.advice(stream: "messages", pace: nil, pageSize: 100) == nil)
    }
}
