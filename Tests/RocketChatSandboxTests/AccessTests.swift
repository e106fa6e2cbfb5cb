import Testing

@testable import RocketChatSandbox

@Suite struct AccessTests {
    private let office = Office()

    private func privateGroup() -> String {
        let owner = office.sandbox.createUser("owner")
        return office.sandbox.createRoom("secret", isPrivate: true, by: owner, members: [office.user.userID])
    }

    @Test func anAdministratorWhoIsNoMemberFindsNoGroup() {
        let group = privateGroup()
        #expect(office.get("groups.listAll", [("count", "0")]).ids("groups").contains(group))
        for route in ["groups.info", "groups.messages", "groups.history", "groups.members", "groups.files"] {
            let answer = office.get(route, [("roomId", group)])
            #expect(answer.status == 400 && answer.errorType == "error-room-not-found", "\(route)")
            #expect(office.get(route, [("roomId", group)], as: office.user).status == 200, "\(route)")
        }
        #expect(office.sync(group, [("lastUpdate", "1970-01-01")]).errorType == "error-not-allowed")
    }

    @Test func anArchivedGroupIsClosedToSomeRoutes() {
        let group = privateGroup()
        office.sandbox.archive(group, by: office.user.userID)
        #expect(office.get("groups.messages", [("roomId", group)], as: office.user).errorType == "error-room-archived")
        #expect(office.get("groups.members", [("roomId", group)], as: office.user).errorType == "error-room-archived")
        #expect(office.get("groups.history", [("roomId", group)], as: office.user).status == 200)
        #expect(office.sync(group, [("lastUpdate", "1970-01-01")], as: office.user).status == 200)
    }

    @Test func aBotReadsChannelsThroughSyncButNotTheirHistory() {
        let channel = office.sandbox.createRoom("open", by: office.admin.userID)
        #expect(office.sync(channel, [("lastUpdate", "1970-01-01")], as: office.bot).status == 200)
        #expect(office.get("channels.history", [("roomId", channel)], as: office.bot).status == 403)
        #expect(office.get("channels.messages", [("roomId", channel)], as: office.bot).status == 403)
        office.sandbox.join(channel, office.bot.userID)
        #expect(office.get("channels.history", [("roomId", channel)], as: office.bot).status == 200)
        #expect(office.get("channels.messages", [("roomId", channel)], as: office.bot).status == 200)
    }

    @Test func adminListingsNeedTheirPermission() {
        for route in ["groups.listAll", "im.list.everyone", "teams.listAll", "moderation.reportsByUsers"] {
            let answer = office.get(route, as: office.user)
            #expect(answer.status == 403, "\(route)")
            #expect(
                answer.error == "User does not have the permissions required for this action [error-unauthorized]")
            #expect(office.get(route).status == 200, "\(route)")
            let old = Office("6.13.0")
            let isConsole = route.hasPrefix("moderation")
            #expect((old.get(route, as: old.user).error == "unauthorized") != isConsole, "\(route)")
        }
        #expect(office.get("rooms.adminRooms", as: office.user).error == "error-not-authorized")
        #expect(office.get("statistics.list", as: office.user).error == "error-not-allowed")
        #expect(office.get("listInvites", as: office.bot).errorType == "not_authorized")
        #expect(office.get("im.messages.others", [("roomId", "x")]).errorType == "error-endpoint-disabled")
    }

    @Test func emailsRolesAndLoginsAreForAdministrators() {
        let query = [("count", "0")]
        let full = office.get("users.list", query).list("users").first { $0["username"] == "sandbox.user" }
        let plain = office.get("users.list", query, as: office.user).list("users").first {
            $0["username"] == "sandbox.user"
        }
        #expect(full?["emails"] != nil && full?["roles"] == ["user"] && full?["lastLogin"] != nil)
        #expect(plain?["emails"] == nil && plain?["roles"] == nil && plain?["lastLogin"] == nil)
    }

    @Test func teamChannelsAreListedToMembersOnly() {
        let listed = Set(office.get("channels.list", [("count", "0")], as: office.user).ids("channels"))
        let all = office.get("rooms.adminRooms", [("count", "0"), ("types[]", "c")]).list("rooms")
        let joined = Set(office.get("channels.list.joined", [("count", "0")], as: office.user).ids("channels"))
        let foreign = all.filter { $0["teamId"] != nil && !joined.contains($0["_id"]?.text ?? "") }
        #expect(!foreign.isEmpty)
        #expect(foreign.allSatisfy { !listed.contains($0["_id"]?.text ?? "") })
    }

    @Test func strangersOfATeamGetAnEmptyListAndPrivateRoomsARefusal() {
        let teams = office.get("teams.listAll").list("teams")
        let hidden = teams.first { $0["type"] == 1 }?["_id"]?.text ?? ""
        let members = office.get("teams.members", [("teamId", hidden)], as: office.user)
        #expect(members.status == 200 && members["total"] == 0)
        let rooms = office.get("teams.listRooms", [("teamId", hidden)], as: office.user)
        #expect(rooms.status == 400 && rooms.error == "user-not-on-private-team")
        #expect(office.get("teams.listRooms", [("teamId", hidden)])["total"] == 2)
        #expect(office.get("teams.members", [("teamId", "none")]).error == "team-does-not-exist")
    }

    @Test func broadcastRoomsHideTheirMembers() {
        let channel = office.sandbox.createRoom("tower", by: office.admin.userID, members: [office.user.userID])
        office.sandbox.setBroadcast(channel)
        #expect(office.get("channels.members", [("roomId", channel)], as: office.user).status == 403)
        let ordered = office.get("rooms.membersOrderedByRole", [("roomId", channel)], as: office.user)
        #expect(ordered.status == 401 && ordered.text == #"{"success":false,"error":"unauthorized"}"#)
        #expect(
            office.get("rooms.membersOrderedByRole", [("roomId", "none")]).errorType == "error-room-not-found")
        let secret = privateGroup()
        #expect(office.get("rooms.membersOrderedByRole", [("roomId", secret)]).status == 404)
        let owned = office.get("rooms.membersOrderedByRole", [("roomId", channel)])
        #expect(owned.list("members").first?["roles"] == ["owner"])
        #expect(owned.list("members").first?.value(at: "subscription.ts") != nil)
    }

    @Test func aDiscussionOpensToWhoeverMayReadItsParent() {
        let channel = office.sandbox.createRoom("parent", by: office.admin.userID)
        let talk = office.sandbox.createDiscussion(in: channel, title: "talk", by: office.admin.userID)
        #expect(office.sync(talk, [("lastUpdate", "1970-01-01")], as: office.user).status == 200)
        let group = privateGroup()
        let inner = office.sandbox.createDiscussion(in: group, title: "inner", by: office.user.userID)
        #expect(office.sync(inner, [("lastUpdate", "1970-01-01")]).status == 400)
    }

    @Test func namingAUserInAnIMRouteMakesARoomThatTestsCanSee() {
        let other = office.sandbox.createUser("other")
        let direct = office.sandbox.createDirect([office.admin.userID, other])
        #expect(office.get("im.messages", [("roomId", direct)]).status == 200)
        #expect(office.sandbox.accidentalRooms.isEmpty)
        let third = office.sandbox.createUser("third")
        #expect(office.get("im.messages", [("roomId", third)]).status == 200)
        #expect(office.sandbox.accidentalRooms.count == 1)
        #expect(office.get("im.messages", [("roomId", direct)], as: office.user).status == 403)
        #expect(office.get("im.messages", [("roomId", "none")]).errorType == "invalid-channel")
    }

    @Test func liveChatsAreForTheirAgentsAndManagers() {
        let chats = office.get("livechat/rooms", [("count", "0")]).list("rooms")
        #expect(chats.count >= 6)
        let own = chats.first { $0.value(at: "servedBy._id") == .string(office.agent.userID) }
        let foreign = chats.first { chat in
            let agent = chat.value(at: "servedBy._id")
            return agent != nil && agent != .string(office.agent.userID)
        }
        let since = [("lastUpdate", "1970-01-01")]
        #expect(office.sync(own?["_id"]?.text ?? "", since, as: office.agent).status == 200)
        #expect(office.sync(foreign?["_id"]?.text ?? "", since, as: office.agent).status == 400)
        #expect(office.sync(foreign?["_id"]?.text ?? "", since).status == 200)
        #expect(office.get("livechat/rooms", as: office.user).status == 403)
        #expect(office.get("livechat/rooms", [("agents[]", office.agent.userID)], as: office.agent).status == 200)
    }
}
