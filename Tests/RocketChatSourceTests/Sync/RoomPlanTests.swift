import Testing

@testable import RocketChatSource

@Suite struct RoomPlanTests {
    private let now: Int64 = 1_795_165_200_000
    private let day: Int64 = 86_400_000

    private func room(_ id: String, updatedAt: Int64? = nil) -> Room {
        Room(id: id, type: "c", updatedAt: updatedAt, isMember: true)
    }

    private func state(_ rooms: [String: Watermark]) -> ParentWatermarks {
        var state = ParentWatermarks()
        state.rooms = rooms
        return state
    }

    @Test func asksForChangesFirstAndForWholeRoomsAfterwards() {
        let known = Watermark(at: now - day)
        let cut = Watermark(loading: 5, deleted: now - day, asked: now - day)
        let plan = RoomPlan(
            rooms: [room("new"), room("cut"), room("known")], state: state(["known": known, "cut": cut]),
            horizon: now, isComplete: true)
        #expect(plan.steps.map(\.room.id) == ["known", "new", "cut"])
        #expect(plan.steps.map(\.mode) == [.follow(since: known), .load(from: nil), .load(from: cut)])
    }

    @Test func readsARoomAgainThatWasAwayLongerThanTheTrashLasts() {
        let old = Watermark(at: now - 31 * day)
        let plan = RoomPlan(rooms: [room("a")], state: state(["a": old]), horizon: now, isComplete: true)
        #expect(plan.steps.map(\.mode) == [.reload(last: old)])
    }

    @Test func asksEveryRoomInAFullScanEvenIfItLooksUnchanged() {
        let mark = Watermark(at: now - day)
        let plan = RoomPlan(
            rooms: [room("a", updatedAt: now - 2 * day)], state: state(["a": mark]), horizon: now, isComplete: true)
        #expect(plan.steps.count == 1)
    }

    @Test func leavesUnchangedRoomsAloneOtherwise() {
        let mark = Watermark(at: now - day)
        let rooms = [room("same", updatedAt: now - day), room("moved", updatedAt: now - day + 1), room("unknown")]
        let plan = RoomPlan(
            rooms: rooms, state: state(["same": mark, "moved": mark, "unknown": mark]), horizon: now, isComplete: false)
        #expect(plan.steps.map(\.room.id) == ["moved", "unknown"])
    }

    @Test func knowsVanishedRoomsOnlyWhenAllWereListed() {
        let mark = Watermark(at: now - day)
        #expect(RoomPlan(rooms: [], state: state(["a": mark]), horizon: now, isComplete: true).vanished == ["a": mark])
        #expect(RoomPlan(rooms: [], state: state(["a": mark]), horizon: now, isComplete: false).vanished.isEmpty)
    }
}
