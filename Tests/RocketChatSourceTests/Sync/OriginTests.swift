import AirbyteProtocol
import JSONBytes
import Testing

@testable import RocketChatSource

/// States of one workspace are not gone on from in another.
@Suite struct OriginTests {
    private func origin(_ endpoint: String, _ user: String) throws -> Origin {
        Origin(
            try Configuration(
                .object(["endpoint": .string(endpoint), "token": .string("t"), "user_id": .string(user)])))
    }

    @Test func addressesAreComparedAsTheyAreMeant() throws {
        let made = try origin("https://chat.example.com/", "u1").stamp(ParentWatermarks().json)
        try origin("https://Chat.example.com/api/v1", "u1").check(["messages": made])
        #expect(made["origin"]?["server"] == .string("https://chat.example.com"))
    }

    @Test func eitherMayChangeButNotBoth() throws {
        let states = ["messages": try origin("https://chat.example.com", "u1").stamp(ParentWatermarks().json)]
        try origin("https://new.example.com", "u1").check(states)
        try origin("https://chat.example.com", "u2").check(states)
        let error = #expect(throws: InputError.self) { try origin("https://other.example.com", "u2").check(states) }
        #expect(error?.message.contains("https://chat.example.com") == true)
        #expect(error?.message.contains("https://other.example.com") == true)
    }

    @Test func markersAndStatesWithoutAnOriginPass() throws {
        let origin = try origin("https://chat.example.com", "u1")
        #expect(origin.stamp(.noCursor) == .noCursor)
        try origin.check(["users": .noCursor, "messages": ParentWatermarks().json, "roles": .null])
    }

    @Test func aStampedStateReadsAsTheStateItIs() throws {
        var state = ParentWatermarks()
        state.rooms = ["a": Watermark(at: 7)]
        #expect(try ParentWatermarks(try origin("https://chat.example.com", "u1").stamp(state.json)) == state)
    }

    @Test func aReadOfAnotherWorkspaceEndsBeforeItBegins() async throws {
        let scene = SandboxScene()
        let first = try await scene.read([channelsStream, messagesStream], as: "admin")
        #expect(first.code == .ok)
        let other = ConnectorRun.configuration(token: "t", userID: "an0therUser")
            .replacing("chat.example.com", with: "other.example.com")
        let second = try await ConnectorRun.read(
            [channelsStream, messagesStream], scene.transport, clock: scene.clock, states: first.lastStates,
            configuration: other)
        #expect(second.code == .failed)
        #expect(second.records(of: channelsStream).isEmpty)
        let texts = second.messages.compactMap { $0["trace"]?["error"] }
        #expect(texts.count == 1 && texts[0]["failure_type"] == .string("config_error"))
    }
}
