import CSystem
import Testing

@testable import RocketChatSandbox
@testable import RocketChatSource

/// What syncs cost under 10 calls a minute and route. `PACE=full swift test --filter PaceTests` measures the sizes of
/// docs/limits.md and prints its table; without it the workspaces are collections.
@Suite struct PaceTests {
    private static let isFull = getenv("PACE") != nil
    private static let streams = [
        messagesStream, usersStream, roomsStream, channelsStream, groupsStream, directMessagesStream,
        subscriptionsStream, rolesStream, teamsStream,
    ]

    @Test func aFirstSyncTakesNoLongerThanTheLimiterMakesItAndMeetsNoRefusal() async throws {
        let size = Self.isFull ? (1000, 200, 100_000) : (120, 40, 1500)
        let workspace = PaceMeasurement(users: size.0, rooms: size.1, messages: size.2)
        let first = try await workspace.read(Self.streams)
        Self.tell("first sync of \(size.0) users, \(size.1) rooms, \(size.2) messages", first)
        #expect(first.refusals == 0)
        #expect(Double(first.duration) <= 1.1 * Double(first.least) + 2000)
        workspace.rest()
        let second = try await workspace.read(Self.streams, states: first.states)
        Self.tell("the next sync, nothing changed", second)
        #expect(second.refusals == 0)
        #expect(Double(second.duration) <= 1.1 * Double(second.least) + 2000)
    }

    @Test func anUnchangedWorkspaceCostsARequestARoomOrAShareOfThem() async throws {
        let rooms = Self.isFull ? 10_000 : 150
        let workspace = PaceMeasurement(users: 30, rooms: rooms, messages: rooms)
        workspace.sandbox.configure { $0.limit = nil }
        let first = try await workspace.read([messagesStream], roomScan: "changed")
        workspace.sandbox.configure { $0.limit = RateLimit(calls: 10, interval: 60_000) }
        workspace.rest()
        let all = try await workspace.read([messagesStream], states: first.states)
        Self.tell("all of \(rooms) rooms, nothing changed", all)
        let read = workspace.sandbox.readableRooms(for: workspace.sandbox.accounts.user).count
        #expect(all.requests["chat.syncMessages"] == read)
        #expect(all.refusals == 0)
        workspace.rest()
        let changed = try await workspace.read([messagesStream], states: all.states, roomScan: "changed")
        Self.tell("changed rooms of \(rooms), nothing changed", changed)
        // The first listing of all rooms shows which of them to ask in their turn; the next sync needs none. By the hour: what a
        // sync asks follows from the pause.
        workspace.pass(max(0, 3_600_000 - changed.duration))
        let next = try await workspace.read([messagesStream], states: changed.states, roomScan: "changed")
        Self.tell("the next one", next)
        #expect(next.requests.values.reduce(0, +) < 10 + read / 20)
        #expect(next.refusals == 0)
        #expect(changed.refusals == 0)
        #expect(changed.stateBytes < max(600_000 * rooms / 10_000, 10_000))
    }

    @Test func aLongSyncWithNothingToTellIsHeardOfEvery45Minutes() async throws {
        let workspace = PaceMeasurement(users: 30, rooms: 120, messages: 240)
        workspace.sandbox.configure { $0.limit = nil }
        let loaded = try await workspace.read([messagesStream])
        // What is younger than the newest stamp of the listings comes once more.
        let first = try await workspace.read([messagesStream], states: loaded.states)
        workspace.sandbox.configure { $0.limit = RateLimit(calls: 1, interval: 120_000) }
        workspace.rest()
        let second = try await workspace.read([messagesStream], states: first.states)
        #expect(second.records == 0)
        #expect(second.duration > 3 * 45 * 60_000)
        #expect(Int64(second.stateLines) >= second.duration / (45 * 60_000))
    }

    private static func tell(_ title: String, _ cost: PaceMeasurement.Cost) {
        guard isFull else { return }
        print("# \(title)")
        for (route, count) in cost.requests.sorted(by: { $0.value > $1.value }) { print("| `\(route)` | \(count) |") }
        print(
            "requests \(cost.requests.values.reduce(0, +)), refused \(cost.refusals), records \(cost.records), "
                + "took \(Double(cost.duration) / 60_000) min, least \(Double(cost.least) / 60_000) min, "
                + "state \(cost.stateBytes) bytes")
    }
}
