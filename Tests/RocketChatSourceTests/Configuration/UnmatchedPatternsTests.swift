import AirbyteProtocol
import Testing

@testable import RocketChatSource

/// Patterns of `rooms.include` that no room goes by.
@Suite struct UnmatchedPatternsTests {
    private let rooms = ["general", "genral-talk", "ops", "team-red", "Team Blue"].map {
        Room(id: "id-\($0)", type: "c", names: [$0], isMember: true)
    }

    private func of(_ include: [String], types: Set<String> = ["c", "p", "d"]) -> [UnmatchedPatterns.Pattern] {
        UnmatchedPatterns.of(RoomSelection(types: types, include: include), among: rooms)
    }

    @Test func whatMatchesByNameOrIdIsFine() {
        #expect(of(["team-*", "id-ops", "TEAM blue", "*"]).isEmpty)
    }

    @Test func theNearestNamesAreTold() {
        #expect(of(["genarel", "ops"]) == [.init(text: "genarel", nearest: ["general"])])
        #expect(of(["xylophone"]) == [.init(text: "xylophone", nearest: [])])
        #expect(of(["teem-red"]).first?.nearest == ["team-red"])
    }

    @Test func roomsOfOtherKindsDoNotCount() {
        #expect(of(["ops"], types: ["p"]) == [.init(text: "ops", nearest: [])])
    }

    @Test func checkAndReadBothSayIt() async throws {
        let here = SandboxScene()
        let configuration = try here.configuration("admin").replacing(
            #""concurrency":4"#, with: #""rooms":{"include":["generall"]},"start_date":"2999-01-01""#)
        let check = try await ConnectorRun.check(here.transport, clock: here.clock, configuration: configuration)
        let read = try await ConnectorRun.read(
            [messagesStream], here.transport, clock: here.clock, configuration: configuration)
        for run in [check, read] {
            #expect(run.logs(.warn).contains { $0.contains("'generall'") && $0.contains("general") })
            #expect(run.logs(.warn).contains { $0.contains("'start_date'") && $0.contains("future") })
        }
        #expect(read.code == .ok)
    }
}
