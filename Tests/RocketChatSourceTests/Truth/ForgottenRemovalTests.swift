import AirbyteProtocol
import RocketChatSandbox
import TestSupport
import Testing

@testable import JSONBytes
@testable import RocketChatSource

/// Roles and emojis that are removed while no sync runs for longer than the server remembers it (models/src/models/Trash.ts: 30 days).
@Suite struct ForgottenRemovalTests {
    private static let day: Int64 = 86_400_000

    private func keys(_ run: ConnectorRun, of stream: StreamDefinition, areGone: Bool) -> Set<String> {
        Set(
            run.rows(of: stream).filter { ($0["_ab_cdc_deleted_at"] != nil) == areGone }.compactMap {
                $0["_id"]?.string
            })
    }

    @Test(arguments: ["6.13.1", "8.6.1"], [1, 31, 400])
    func aRemovedRoleIsGoneHoweverLongAgoItWas(version: String, days: Int) async throws {
        let scene = SandboxScene(version: version)
        let role = scene.sandbox.createRole("passing")
        let first = try await scene.read([rolesStream], as: "admin")
        #expect(keys(first, of: rolesStream, areGone: false).contains(role))
        scene.clock.advance(by: 60_000)
        scene.sandbox.advance(milliseconds: 60_000)
        scene.sandbox.deleteRole(role)
        scene.clock.advance(by: Int64(days) * Self.day)
        let second = try await scene.read([rolesStream], as: "admin", states: first.lastStates)
        #expect(keys(second, of: rolesStream, areGone: true) == [role])
        // What has not changed stays where it is.
        #expect(keys(second, of: rolesStream, areGone: false).isEmpty)
        let third = try await scene.read([rolesStream], as: "admin", states: second.lastStates)
        #expect(keys(third, of: rolesStream, areGone: false).isEmpty)
        // A removal is told again as long as no younger stamp has moved the mark and the server remembers it.
        #expect(keys(third, of: rolesStream, areGone: true) == (days < 30 ? [role] : []))
    }

    @Test func theLastEmojiIsBuriedAtTheSecondReading() async throws {
        let scene = SandboxScene()
        scene.sandbox.createEmoji("wave")
        let first = try await scene.read([customEmojisStream], as: "admin")
        let all = keys(first, of: customEmojisStream, areGone: false)
        for id in all { scene.sandbox.deleteEmoji(id) }
        scene.clock.advance(by: 31 * Self.day)
        let second = try await scene.read([customEmojisStream], as: "admin", states: first.lastStates)
        #expect(second.code == .ok)
        #expect(second.rows(of: customEmojisStream).isEmpty)
        #expect(second.logs(.warn).contains { $0.contains("lists none now") })
        let third = try await scene.read([customEmojisStream], as: "admin", states: second.lastStates)
        #expect(keys(third, of: customEmojisStream, areGone: true) == all)
    }

    @Test func aStateOfAnEarlierReleaseSaysWhatCannotBeKnown() async throws {
        let scene = SandboxScene()
        let role = scene.sandbox.createRole("passing")
        let first = try await scene.read([rolesStream], as: "admin")
        let states = try first.lastStates.map { state in
            var members = try #require(state["state"]?["stream"]?["stream_state"]?.dictionary)
            members["ids"] = nil
            return state.setting(["state", "stream", "stream_state"], to: .sortedObject(members))
        }
        scene.sandbox.deleteRole(role)
        scene.clock.advance(by: 31 * Self.day)
        let second = try await scene.read([rolesStream], as: "admin", states: states)
        #expect(keys(second, of: rolesStream, areGone: true).isEmpty)
        #expect(second.logs(.warn).contains { $0.contains("more than 30 days old") })
        // From now on it is known what was delivered.
        scene.clock.advance(by: 31 * Self.day)
        let third = try await scene.read([rolesStream], as: "admin", states: second.lastStates)
        #expect(third.rows(of: rolesStream).isEmpty)
        #expect(!third.logs(.warn).contains { $0.contains("more than 30 days old") })
    }

    @Test func rowsAreNamedBeforeTheyLeave() async throws {
        let scene = SandboxScene()
        let first = try await scene.read([rolesStream], as: "admin")
        let named = first.states(of: rolesStream).first?["state"]?["stream"]?["stream_state"]?["ids"]?.array
        #expect(Set(named?.compactMap(\.string) ?? []) == keys(first, of: rolesStream, areGone: false))
    }
}
