import AirbyteProtocol
import TestSupport
import Testing

@testable import JSONBytes
@testable import RocketChatSandbox
@testable import RocketChatSource

/// What real servers were seen to do on single routes, and what the copy must make of it.
@Suite struct RouteCaseTests {
    @Test(arguments: ["6.13.1", "8.6.1"])
    func aLoadInTheMidstOfABulkRemovalBuriesWhatWasRemoved(version: String) async throws {
        var stage = try Stage(version: version)
        let room = stage.room("pruned", messages: 50)
        let times = stage.sandbox.change { workspace, _ in
            workspace.rooms[workspace.existing(room: room)].messages.rows.map(\.ts).sorted()
        }
        stage.wait(60_000)
        // All of the trash is written, five minutes later the first message goes.
        stage.sandbox.prune(room, before: times[times.count - 10], pause: 600_000)
        stage.wait(300_000)
        try await stage.sync()
        stage.wait(600_000)
        try await stage.sync()
        #expect(stage.isTrue)
        #expect(stage.sandbox.messages(in: room).count == 10)
    }

    @Test(arguments: [("8.6.1", true), ("6.13.1", false)])
    func rolesOfArchivedRoomsArriveWhereAnyRouteGivesThem(version: String, arrives: Bool) async throws {
        let here = SandboxScene(version: version)
        let admin = here.sandbox.accounts.admin.userID
        let room = here.sandbox.createRoom("attic", by: admin, members: [admin])
        here.sandbox.archive(room, by: admin)
        let run = try await here.read([roomRolesStream], as: "admin", mode: .fullRefresh)
        #expect(run.code == .ok, "\(run.errors())")
        let isThere = run.rows(of: roomRolesStream).contains { $0["room_id"]?.string == room }
        #expect(isThere == arrives)
        #expect(run.logs(.warn).contains { $0.contains("attic") && $0.contains("archived") } == !arrives)
    }

    /// 7.0.0 to 7.3.2 hand out the first channels only (#35187): what is missing there is not gone, what is shown as a group is.
    @Test func aChannelMadePrivateLeavesChannelsThoughTheirListFallsShort() async throws {
        let here = SandboxScene(version: "7.0.4")
        here.sandbox.configure { $0.defaultCount = 4 }
        let me = here.sandbox.accounts.user.userID
        let other = here.sandbox.accounts.agent.userID
        let room = here.sandbox.createRoom("zz-opened", by: other, members: [me])
        let first = try await here.read([channelsStream], as: "user")
        #expect(first.rows(of: channelsStream).contains { $0["_id"]?.string == room })
        here.sandbox.convert(room, isPrivate: true, by: other)
        let second = try await here.read([channelsStream], as: "user", states: first.lastStates)
        let told = second.rows(of: channelsStream).filter { $0["_ab_cdc_deleted_at"]?.string != nil }
        #expect(told.map { $0["_id"]?.string } == [room])
        let third = try await here.read([channelsStream], as: "user", states: second.lastStates)
        #expect(!third.rows(of: channelsStream).contains { $0["_id"]?.string == room })
    }

    /// Before 7.3 nobody is told the members of an archived private group, and an administrator those of any channel.
    @Test(arguments: ["7.0.4", "8.6.1"])
    func membersArriveFromTheRoomsThatTheServerTellsThemOf(version: String) async throws {
        let here = SandboxScene(version: version)
        let admin = here.sandbox.accounts.admin.userID
        let room = here.sandbox.createRoom("attic", isPrivate: true, by: admin, members: [admin])
        here.sandbox.archive(room, by: admin)
        let run = try await here.read([roomMembersStream], as: "admin", mode: .fullRefresh)
        #expect(run.code == .ok, "\(run.errors())")
        var copy = Copy()
        copy.land(RunOutput(run.bytes), extra: .max, replacing: ["room_members"])
        let differences = TruthRows("room_members", here.sandbox, here.sandbox.accounts.admin)
            .differences(copy.documents("room_members"))
        #expect(differences.isEmpty)
        let isThere = run.rows(of: roomMembersStream).contains { $0["room_id"]?.string == room }
        #expect(isThere == (version == "8.6.1"))
    }

    @Test func oneRoomThatAlwaysFailsIsNamedWithTheWayToLeaveItOut() async throws {
        let here = SandboxScene(version: "6.13.1")
        let admin = here.sandbox.accounts.admin.userID
        let room = here.sandbox.createRoom("corrupt", by: admin, members: [admin])
        let reply = Reply(
            #"{"success":false,"error":"Cannot convert undefined or null to object"}"#, status: 400, isTheServers: true)
        here.sandbox.inject(Fault(.answered(reply), route: "channels.members", queryContains: room, count: nil))
        let run = try await here.read([roomMembersStream], as: "admin", mode: .fullRefresh)
        #expect(run.code == .failed)
        #expect(!run.rows(of: roomMembersStream).isEmpty)
        #expect(!run.statuses(of: roomMembersStream).contains("COMPLETE"))
        let words = run.errors(of: roomMembersStream).joined()
        for word in ["corrupt", room, "channels.members", "rooms.exclude"] { #expect(words.contains(word), "\(words)") }
    }

    @Test func anUploadIsReadAgainUntilAMessageCarriesIt() async throws {
        let here = SandboxScene()
        let admin = here.sandbox.accounts.admin.userID
        let upload = here.sandbox.upload(in: "GENERAL", by: admin, name: "draft.pdf")
        let first = try await here.read([filesStream], as: "admin")
        #expect(name(of: upload, first) == "draft.pdf")
        here.clock.advance(by: 3_600_000)
        let second = try await here.read([filesStream], as: "admin", states: first.lastStates)
        #expect(name(of: upload, second) == "draft.pdf")
        here.sandbox.confirm(upload: upload, by: admin, name: "final.pdf")
        here.clock.advance(by: 3_600_000)
        let third = try await here.read([filesStream], as: "admin", states: second.lastStates)
        #expect(name(of: upload, third) == "final.pdf")
        here.clock.advance(by: 3_600_000)
        let fourth = try await here.read([filesStream], as: "admin", states: third.lastStates)
        #expect(name(of: upload, fourth) == nil)
    }

    private func name(of file: String, _ run: ConnectorRun) -> String? {
        run.rows(of: filesStream).last { $0["_id"]?.string == file }?["name"]?.string
    }

    @Test(arguments: ["admin", "user"])
    func upgradesOverTheVersionsThatCannotPageChannelsBuryNone(role: String) async throws {
        let here = SandboxScene(version: "6.13.1")
        let owner = here.sandbox.accounts.admin.userID
        for number in 0..<60 { here.sandbox.createRoom("channel-\(number)", by: owner) }
        let user = here.sandbox.accounts.user.userID
        let team = here.sandbox.createTeam("open", by: owner, members: [user]).team
        let ofTeam = here.sandbox.createRoom("of-the-team", by: owner, inTeam: team)
        let discussion = here.sandbox.createDiscussion(in: "GENERAL", title: "aside", by: owner)
        here.sandbox.post(in: discussion, by: owner, text: "in the discussion")
        var states: [JSONBytes.JSON] = []
        var seen: Set<String> = []
        for version in ["6.13.1", "7.0.0", "7.6.0"] {
            here.sandbox.upgrade(to: version)
            here.clock.advance(by: 3_600_000)
            let run = try await here.read([channelsStream, messagesStream], as: role, states: states)
            #expect(run.code == .ok, "\(run.errors())")
            states = run.lastStates
            let rows = run.rows(of: channelsStream)
            #expect(rows.allSatisfy { $0["_ab_cdc_deleted_at"] == nil }, "on \(version)")
            #expect(rows.allSatisfy { $0["t"]?.string == "c" }, "on \(version)")
            let ids = Set(rows.compactMap { $0["_id"]?.string })
            if version == "6.13.1" {
                seen = ids
                #expect(seen.count > 60 && seen.isSuperset(of: [ofTeam, discussion]))
                #expect(run.rows(of: messagesStream).contains { $0["rid"]?.string == discussion })
            }
            #expect(ids.isSubset(of: seen), "\(version) lists no other channels")
        }
    }

    @Test func messagesOfPublicDiscussionsAreReadWhereChannelsCannotBePaged() async throws {
        let here = SandboxScene(version: "7.0.0")
        let owner = here.sandbox.accounts.agent.userID
        for number in 0..<60 { here.sandbox.createRoom("channel-\(number)", by: owner) }
        let discussion = here.sandbox.createDiscussion(in: "GENERAL", title: "aside", by: owner)
        here.sandbox.post(in: discussion, by: owner, text: "in the discussion")
        let run = try await here.read([messagesStream], as: "admin")
        #expect(run.code == .ok, "\(run.errors())")
        #expect(run.rows(of: messagesStream).contains { $0["rid"]?.string == discussion })
    }
}
