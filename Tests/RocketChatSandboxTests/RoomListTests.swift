import Testing

@testable import RocketChatSandbox

@Suite struct RoomListTests {
    private let office = Office()

    @Test func roomsGetTellsChangesStrictlyAndEveryRemovalOfTheWorkspace() {
        let mine = office.sandbox.createRoom("mine", by: office.user.userID)
        let foreign = office.sandbox.createRoom("foreign", isPrivate: true, by: office.admin.userID)
        let since = [("updatedSince", office.iso(Office.noon))]
        #expect(office.get("rooms.get", since, as: office.user).ids("update").isEmpty)
        office.sandbox.advance(milliseconds: 1)
        office.sandbox.post(in: mine, by: office.user.userID, text: "hello")
        office.sandbox.deleteRoom(foreign)
        let changed = office.get("rooms.get", since, as: office.user)
        #expect(changed.ids("update") == [mine])
        #expect(changed.ids("remove") == [foreign])
        #expect(changed.list("remove")[0]["_deletedAt"] == .string(office.iso(Office.noon + 1)))
        #expect(office.get("rooms.get", as: office.user)["remove"] == [])
        let none = office.get("rooms.get", [("updatedSince", office.iso(Office.noon + 1))], as: office.user)
        #expect(none.ids("update").isEmpty && none.ids("remove").isEmpty)
        #expect(office.get("rooms.get", [("updatedSince", "x")]).errorType == "error-updatedSince-param-invalid")
        office.sandbox.advance(milliseconds: 31 * 86_400_000)
        #expect(office.get("rooms.get", since).ids("remove").isEmpty)
    }

    @Test func leavingShowsInSubscriptionsOnlyAndOnlyToOneself() {
        let room = office.sandbox.createRoom("left", by: office.admin.userID, members: [office.user.userID])
        let own = office.get("subscriptions.get", as: office.user).list("update").first { $0["rid"] == .string(room) }
        office.sandbox.advance(milliseconds: 10)
        office.sandbox.leave(room, office.user.userID)
        let since = [("updatedSince", office.iso(Office.noon))]
        #expect(office.get("subscriptions.get", since, as: office.user).ids("remove") == [own?["_id"]?.text])
        #expect(office.get("subscriptions.get", since).ids("remove").isEmpty)
        #expect(office.get("rooms.get", since, as: office.user).ids("remove").isEmpty)
    }

    @Test func removedRolesAndEmojisComeAsWholeTrashDocuments() {
        let role = office.sandbox.createRole("helper")
        let emoji = office.sandbox.createEmoji("wave")
        office.sandbox.advance(milliseconds: 10)
        office.sandbox.deleteRole(role)
        office.sandbox.deleteEmoji(emoji)
        let since = [("updatedSince", office.iso(Office.noon))]
        let roles = office.get("roles.sync", since).list("roles.remove")
        #expect(roles.count == 1 && roles[0]["name"] == "helper" && roles[0]["__collection__"] == "rocketchat_roles")
        #expect(roles[0]["_deletedAt"] == .string(office.iso(Office.noon + 10)))
        let emojis = office.get("emoji-custom.list", since).list("emojis.remove")
        #expect(emojis.map { $0["name"] } == ["wave"] && emojis[0]["__collection__"] != nil)
        #expect(!office.get("roles.list").list("roles").contains { $0["_updatedAt"] != nil })
        #expect(office.get("roles.sync").list("roles.update").count == 13, "from the beginning")
        #expect(Office("7.10.0").get("roles.sync").error == "Match error: Missing key 'updatedSince'")
        #expect(office.get("roles.sync", [("updatedSince", "1970-01-01")]).list("roles.update").count == 13)
    }

    @Test func adminRoomsTellsNoTimes() {
        let rooms = office.get("rooms.adminRooms", [("count", "0"), ("types[]", "p"), ("types[]", "d")]).list("rooms")
        #expect(rooms.contains { $0["t"] == "p" } && rooms.contains { $0["t"] == "d" })
        #expect(rooms.allSatisfy { $0["t"] != "c" && $0["_updatedAt"] == nil && $0["lm"] == nil })
    }

    @Test func adminRoomsHidesDiscussionsAndMainRoomsOfTeamsUnlessAsked() {
        let team = office.sandbox.createTeam("crew", by: office.admin.userID)
        let talk = office.sandbox.createDiscussion(in: "GENERAL", title: "talk", by: office.admin.userID)
        func ids(_ types: String...) -> Set<String> {
            Set(office.get("rooms.adminRooms", [("count", "0")] + types.map { ("types[]", $0) }).ids("rooms"))
        }
        for hidden in [ids(), ids("c"), ids("c", "p", "d", "l")] {
            #expect(!hidden.isEmpty && !hidden.contains(talk) && !hidden.contains(team.room))
        }
        #expect(ids("discussions").contains(talk) && !ids("discussions").contains("GENERAL"))
        #expect(ids("teams").contains(team.room) && !ids("teams").contains("GENERAL"))
        #expect(ids("c", "p", "d", "l", "discussions", "teams") == Set(office.sandbox.rooms()))
        #expect(office.get("rooms.adminRooms", [("types[]", "x")]).errorType == "error-invalid-params")
        #expect(Office("7.6.0").get("rooms.adminRooms", [("types[]", "x")])["total"] == 0)
    }

    @Test func theDirectoryHasItsOwnRestrictions() {
        let team = office.sandbox.createTeam("crew", isPrivate: true, by: office.admin.userID)
        let lounge = office.sandbox.createRoom("lounge", by: office.admin.userID, inTeam: team.team)
        let talk = office.sandbox.createDiscussion(in: "GENERAL", title: "talk", by: office.user.userID)
        let group = office.sandbox.createRoom("secret", isPrivate: true, by: office.user.userID)
        func rooms(_ query: [(String, String)] = [], as account: Account) -> Office.Answer {
            office.get("directory", [("count", "100"), ("type", "channels")] + query, as: account)
        }
        let listed = rooms(as: office.user).ids("result")
        #expect(listed.contains("GENERAL") && listed.contains(group) && !listed.contains(talk))
        #expect(!listed.contains(lounge) && !listed.contains(team.room))
        #expect(rooms(as: office.admin).ids("result").contains(lounge))
        let names = rooms(as: office.user).list("result").compactMap { $0["name"]?.text }
        #expect(names == names.sorted(by: >), "downwards unless a sort is asked for")
        #expect(rooms([("count", "0")], as: office.user).ids("result").count == 10)
        for sort in [#"{"_id":1}"#, #"{"name":1,"ts":1}"#] {
            #expect(rooms([("sort", sort)], as: office.user).status == 400)
        }
        office.sandbox.grant("view-c-room", to: ["admin"])
        #expect(rooms(as: office.user).error == "Please verify the parameters")
    }

    @Test func archivedRoomsTellTheirRolesOnOneRouteOnly() {
        let channel = office.sandbox.createRoom("old", by: office.admin.userID)
        let group = office.sandbox.createRoom("older", isPrivate: true, by: office.admin.userID)
        for (room, route) in [(channel, "channels.roles"), (group, "groups.roles")] {
            #expect(office.get(route, [("roomId", room)]).list("roles").map { $0["roles"] } == [["owner"]])
            office.sandbox.archive(room, by: office.admin.userID)
            #expect(office.get(route, [("roomId", room)]).errorType == "error-room-archived")
            #expect(office.get("rooms.roles", [("rid", room)]).list("roles").count == 1)
        }
        #expect(office.get("rooms.roles", [("rid", group)], as: office.user).errorType == "error-invalid-user")
        #expect(Office("7.2.0").get("rooms.roles", [("rid", "GENERAL")])["roles"] == nil)
    }

    @Test func aRetentionPolicyStampsEveryRoomAndNothingElse() {
        office.sandbox.configure { $0.retentionInterval = 1_800_000 }
        func stamps() -> Set<String> {
            Set(office.get("groups.listAll", [("count", "0")]).list("groups").compactMap { $0["_updatedAt"]?.text })
        }
        let before = stamps()
        office.sandbox.advance(milliseconds: 1_900_000)
        #expect(before.count > 1 && stamps() == [office.iso(Office.noon + 1_800_000)])
    }

    @Test func directMessagesHaveNoName() {
        let directs = office.get("im.list.everyone", [("count", "0")]).list("ims")
        #expect(directs.allSatisfy { $0["name"] == nil && $0["usernames"] != nil })
        #expect(Office("3.0.0").get("dm.list").status == 200)
    }

    @Test func historyHidesWhatItHides() {
        let room = office.sandbox.createRoom("history", by: office.admin.userID)
        func post(_ text: String, thread: String? = nil) -> String {
            office.sandbox.advance(milliseconds: 1000)
            return office.sandbox.post(in: room, by: office.admin.userID, text: text, thread: thread)
        }
        let first = post("first")
        let reply = post("reply", thread: first)
        office.sandbox.advance(milliseconds: 1000)
        let joined = office.sandbox.postSystem("uj", in: room, by: office.user.userID)
        let last = post("last")
        // `latest` is now, exclusively, unless it is given.
        office.sandbox.advance(milliseconds: 1)
        let named = [("roomId", room)]
        #expect(office.get("channels.history", named).ids("messages") == [last, joined, first])
        #expect(office.get("channels.history", named)["total"] == nil)
        let threads = named + [("showThreadMessages", "true")]
        #expect(office.get("channels.history", threads).ids("messages") == [last, joined, reply, first])
        office.sandbox.configure { $0.hiddenSystemMessages = ["uj"] }
        #expect(office.get("channels.history", named).ids("messages") == [last, first])
        let latest = ("latest", office.iso(Office.noon + 4000))
        #expect(office.get("channels.history", threads + [latest]).ids("messages").first != last)
        #expect(
            office.get("channels.history", threads + [latest, ("inclusive", "true")]).ids("messages").first == last)
        #expect(office.get("channels.messages", named).ids("messages").count == 4)
    }

    @Test func groupHistoryTakesRawCountsAndShowsThreads() {
        let room = office.sandbox.createRoom("raw", isPrivate: true, by: office.admin.userID)
        let first = office.sandbox.post(in: room, by: office.admin.userID, text: "0")
        for index in 1..<130 {
            office.sandbox.post(in: room, by: office.admin.userID, text: "\(index)", thread: index < 5 ? first : nil)
        }
        office.sandbox.advance(milliseconds: 1)
        func count(_ query: [(String, String)]) -> Int {
            office.get("groups.history", [("roomId", room)] + query).list("messages").count
        }
        #expect(count([]) == 20 && count([("count", "120")]) == 120 && count([("count", "500")]) == 130)
    }
}
