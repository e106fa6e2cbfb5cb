import CSystem
import TestSupport
import Testing

@testable import JSONBytes
@testable import RocketChatSandbox
@testable import RocketChatSource

/// Three days of hourly syncs with `room_scan: changed` under 10 calls a minute and route, in a workspace that lives and whose
/// retention policy stamps every room each half hour. `scripts/long scan` plays 10 000 rooms and prints each sync; otherwise
/// they are few.
@Suite struct RollingScanTests {
    private static let isFull = getenv("SCAN") != nil
    private static let hour: Int64 = 3_600_000

    @Test(arguments: [true, false])
    func everySyncEndsWithinItsHourAndNoRoomWaitsADay(stamps: Bool) async throws {
        let rooms = Self.isFull ? 10_000 : 250
        let workspace = PaceMeasurement(users: 30, rooms: rooms, messages: 2 * rooms)
        workspace.sandbox.configure { $0.limit = nil }
        let loaded = try await workspace.read([messagesStream])
        workspace.sandbox.configure {
            $0.limit = RateLimit(calls: 10, interval: 60_000)
            $0.retentionInterval = stamps ? Self.hour / 2 : nil
        }
        // As an earlier release left it when its full scan was twenty hours ago.
        var states = try Self.older(loaded.states, by: 20 * Self.hour)
        var oldest = try Self.oldest(states, of: workspace)
        var next = (workspace.clock.now() / Self.hour + 1) * Self.hour
        for number in 1...(Self.isFull ? 72 : 30) {
            while workspace.clock.now() < next {
                workspace.pass(min(Self.hour / 6, next - workspace.clock.now()))
                workspace.sandbox.live(steps: Self.isFull ? 8 : 1)
            }
            let cost = try await workspace.read([messagesStream], states: states, roomScan: "changed")
            states = cost.states
            let waited = workspace.clock.now() - oldest
            oldest = try Self.oldest(states, of: workspace)
            tell(number, cost, waited: waited)
            #expect(cost.refusals == 0)
            #expect(cost.duration < Self.hour, "sync \(number): \(cost.duration) ms")
            // What was overdue when this began is made up for in the first day.
            if number > 24 { #expect(waited < 24 * Self.hour, "sync \(number): \(waited) ms") }
            next += Self.hour
        }
    }

    private func tell(_ number: Int, _ cost: PaceMeasurement.Cost, waited: Int64) {
        guard Self.isFull else { return }
        let minutes = (cost.duration + 30_000) / 60_000
        print(
            "sync \(number): \(minutes) min, \(cost.requests["chat.syncMessages"] ?? 0) rooms asked, "
                + "\(cost.requests.values.reduce(0, +)) requests, \(cost.refusals) refused, \(cost.records) records, "
                + "longest unasked \((waited + 30_000) / 60_000) min, state \(cost.stateBytes) bytes")
    }

    private static func watermarks(_ states: [JSONBytes.JSON]) throws -> ParentWatermarks {
        try ParentWatermarks(states.first?["state"]?["stream"]?["stream_state"])
    }

    /// When the room that has waited longest was asked, of those that can be: a room that the user was taken out of shows nothing.
    private static func oldest(_ states: [JSONBytes.JSON], of workspace: PaceMeasurement) throws -> Int64 {
        let readable = workspace.readableRooms
        let asked = try watermarks(states).rooms.filter { readable.contains($0.key) }.map { $0.value.asked }
        return try #require(asked.min())
    }

    /// The state as a release without a rolling scan would have left it so long ago.
    private static func older(_ states: [JSONBytes.JSON], by time: Int64) throws -> [JSONBytes.JSON] {
        var state = try watermarks(states)
        state.scan = nil
        state.fullScan = state.fullScan.map { $0 - time }
        let last = try #require(state.rooms.keys.min())
        for (id, watermark) in state.rooms {
            state.rooms[id]?.trace = nil
            if id != last { state.rooms[id]?.asked = watermark.asked - time }
        }
        let text =
            #"{"type":"STATE","state":{"type":"STREAM","stream":{"stream_descriptor":{"name":"messages"},"stream_state":"#
        return [try JSONBytes.JSON(parsing: Array("\(text)\(state.json.text)}}}".utf8))]
    }
}
