import Testing

@testable import RocketChatSandbox

@Suite struct ListingTests {
    @Test func countsAreDefaultedClampedAndUnlimited() {
        let office = Office { $0.users = 150 }
        func page(_ query: [(String, String)]) -> Office.Answer { office.get("users.list", query) }
        #expect(page([])["count"] == 50 && page([]).list("users").count == 50)
        #expect(page([("count", "1000")])["count"] == 100)
        #expect(page([("count", "0")])["count"] == 155 && page([("count", "0")])["total"] == 155)
        let last = page([("count", "100"), ("offset", "100")])
        #expect(last["count"] == 55 && last["offset"] == 100 && last["total"] == 155)
        office.sandbox.configure { $0.allowInfiniteCount = false }
        #expect(page([("count", "0")])["count"] == 50)
    }

    @Test func sortIsHonouredAndWrongSortsAreRefused() {
        let office = Office()
        let ids = office.get("users.list", [("sort", #"{"_id":-1}"#), ("count", "0")]).ids("users")
        #expect(ids == ids.sorted(by: >) && ids.count == 65)
        let names = office.get("users.list", [("count", "0")]).list("users").compactMap { $0["username"]?.text }
        #expect(names == names.sorted())
        for sort in ["x", "[1]", #"{"_id":2}"#] {
            let answer = office.get("users.list", [("sort", sort)])
            #expect(answer.status == 400 && answer.errorType == "error-invalid-sort")
            #expect(answer["details.helperMethod"] == "parseJsonQuery")
        }
    }

    @Test func unknownParametersAreRefusedInTheWordsOfTheRelease() {
        func refused(_ version: String, _ route: String) -> Office.Answer {
            Office(version).get(route, [("page", "2")])
        }
        let now = refused("8.6.1", "custom-user-status.list")
        #expect(now.status == 400 && now.errorType == "error-invalid-params")
        #expect(now.error == "must NOT have additional properties")
        let before = refused("7.6.0", "custom-user-status.list")
        #expect(before.errorType == "invalid-params")
        #expect(before.error == "must NOT have additional properties [invalid-params]")
        #expect(refused("6.13.0", "custom-user-status.list").status == 200)
        #expect(refused("8.6.1", "channels.list").errorType == "invalid-params", "not a typed route yet")
        #expect(refused("7.6.0", "users.list").status == 200 && refused("8.6.1", "users.list").status == 400)
        for route in ["groups.list", "groups.listAll", "im.list", "teams.listAll", "roles.list"] {
            #expect(refused("8.6.1", route).status == 200, "\(route) is never checked")
        }
        #expect(
            Office("8.6.1").get("livechat/visitors.search").error
                == "must have required property 'term' [invalid-params]")
        let neither = Office("8.6.1").get("teams.members")
        #expect(neither.errorType == "error-invalid-params")
        #expect(neither.error?.hasSuffix("must match exactly one schema in oneOf") == true)
    }

    @Test func numbersBeyondAllSenseAreNoTrap() {
        let office = Office()
        for count in ["9223372036854775807", "1e300", "-1e300", "x", "nan"] {
            #expect([200, 400].contains(office.get("users.list", [("count", count)]).status))
            #expect(
                [200, 400].contains(
                    office.sync("GENERAL", [("type", "UPDATED"), ("next", "0"), ("count", count)]).status))
        }
    }

    @Test(arguments: [("7.0.0", 400), ("7.3.2", 400), ("7.3.3", 200), ("6.13.0", 200)])
    func channelsListRefusesPagingInSomeReleases(version: String, status: Int) {
        let office = Office(version)
        #expect(office.get("channels.list", [("count", "5"), ("offset", "0")]).status == status)
        #expect(office.get("channels.list").status == 200)
    }

    @Test func queryAndFieldsWorkUpTo6AndAreIgnoredFrom7() {
        let query = [("query", #"{"t":"c","name":{"$in":["general"]}}"#), ("fields", #"{"name":1}"#)]
        let old = Office("6.13.0").get("channels.list", query)
        #expect(old["total"] == 1)
        #expect(old.list("channels")[0].members.map(\.key) == ["_id", "name"])
        let new = Office("7.6.0").get("channels.list", [query[0]])
        #expect((new["total"]?.integer ?? 0) > 1)
        #expect(Office("6.13.0").get("channels.list", [("query", "{")]).errorType == "error-invalid-query")
        #expect(Office("9.0.0").get("channels.list", query).status == 400)
    }

    @Test func nestedOperatorsSurviveTheCleaning() {
        let office = Office("6.13.0")
        let room = office.sandbox.createRoom("dates", by: office.admin.userID)
        office.sandbox.post(in: room, by: office.admin.userID, text: "old")
        office.sandbox.advance(milliseconds: 1000)
        let new = office.sandbox.post(in: room, by: office.admin.userID, text: "new")
        let query = #"{"_updatedAt":{"$gt":{"$date":\#(Office.noon)}}}"#
        #expect(office.get("channels.messages", [("roomId", room), ("query", query)]).ids("messages") == [new])
    }

    @Test func membersMoveWithTheirPresenceAndTheDeactivatedAreMissing() {
        let office = Office()
        let users = (0..<3).map { office.sandbox.createUser("member\($0)") }
        let room = office.sandbox.createRoom("team", by: office.admin.userID, members: users)
        for user in users { office.sandbox.setPresence(of: user, to: "away") }
        office.sandbox.setPresence(of: office.admin.userID, to: "away")
        func members() -> [String] { office.get("channels.members", [("roomId", room)]).ids("members") }
        #expect(members() == users + [office.admin.userID])
        office.sandbox.setPresence(of: users[2], to: "online")
        #expect(members().first == users[2])
        office.sandbox.deactivate(users[0])
        #expect(!members().contains(users[0]) && members().count == 3)
    }

    @Test func someEnvelopesDiffer() {
        let office = Office(messages: 50)
        let invites = office.get("listInvites")
        #expect(invites.json.elements?.count == 2)
        let integrations = office.get("integrations.list")
        #expect(integrations["items"] == integrations["count"] && integrations["items"] == 3)
        let holders = office.get("roles.getUsersInRole", [("role", "admin")])
        #expect(holders["total"] == 1 && holders["count"] == nil && holders["offset"] == nil)
        let images = office.get("rooms.images", [("roomId", "GENERAL"), ("count", "7")])
        #expect(images["count"] == 7)
        let chat = office.sandbox.rooms(ofType: "l")[0]
        let messages = office.get("livechat/\(chat)/messages", [("count", "77")])
        #expect(messages.status == 200 && messages["count"] == 77)
    }
}
