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
        #expect(office.get("roles.sync")["roles"] == ["update": [], "remove": []], "not everything")
        #expect(office.get("roles.sync", [("updatedSince", "1970-01-01")]).list("roles.update").count == 13)
    }

    @Test func adminRoomsTellsNoTimes() {
        let rooms = office.get("rooms.adminRooms", [("count", "0"), ("types[]", "p"), ("types[]", "d")]).list("rooms")
        #expect(rooms.contains { $0["t"] == "p" } && rooms.contains { $0["t"] == "d" })
        #expect(rooms.allSatisfy { $0["t"] != "c" && $0["_updatedAt"] == nil && $0["lm"] == nil })
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
