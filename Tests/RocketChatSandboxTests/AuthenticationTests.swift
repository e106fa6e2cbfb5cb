import Testing

@testable import RocketChatSandbox

@Suite struct AuthenticationTests {
    @Test func theTokenMustBelongToTheUser() {
        let office = Office()
        let mixed = Account(userID: office.user.userID, token: office.admin.token, username: "", roles: [])
        #expect(office.get("me", as: office.user)["_id"] == .string(office.user.userID))
        #expect(office.get("me", as: mixed).status == 401)
        #expect(office.get(path: "/api/v1/me", as: nil).status == 401)
    }

    @Test(arguments: [
        ("6.13.0", #"{"status":"error","message":"You must be logged in to do this."}"#),
        (
            "8.6.1",
            #"{"success":false,"error":"You must be logged in to do this.","status":"error","message":"You must be logged in to do this."}"#
        ), ("9.0.0", #"{"success":false,"error":"You must be logged in to do this."}"#),
    ])
    func theBodyOf401FollowsTheRelease(version: String, body: String) {
        #expect(Office(version).get(path: "/api/v1/me", as: nil).text == body)
    }

    @Test func aRevokedTokenOrADeactivatedUserIsA401() {
        let office = Office()
        office.sandbox.revokeToken(of: office.user)
        office.sandbox.deactivate(office.bot.userID)
        #expect(office.get("me", as: office.user).status == 401)
        #expect(office.get("me", as: office.bot).status == 401)
    }

    @Test func refusalsBeforeTheHandlerCountOnOldReleasesOnly() {
        let limit = RateLimit(calls: 2, interval: 60_000)
        for (version, last) in [("8.6.1", 403), ("7.6.0", 429)] {
            let office = Office(version, limit: limit)
            let statuses = (0..<3).map { _ in office.get("groups.listAll", as: office.user).status }
            #expect(statuses == [403, 403, last], "release \(version)")
        }
        let typed = Office("8.6.1", limit: limit)
        let statuses = (0..<4).map { _ in typed.get("rooms.adminRooms", [("nope", "1")], as: typed.user).status }
        #expect(statuses == [400, 400, 400, 400])
        for version in ["7.6.0", "8.6.1"] {
            let legacy = Office(version, limit: limit)
            let statuses = (0..<3).map { _ in legacy.get("channels.list", [("nope", "1")], as: legacy.user).status }
            #expect(statuses == [400, 400, 429], "not a typed route")
        }
    }

    @Test func accountsFollowFromTheSeed() {
        let first = Office().sandbox.accounts
        let again = Office().sandbox.accounts
        #expect(first.admin == again.admin && first.agent == again.agent)
        #expect(first.bot.userID.utf8.count == 17 && first.bot.token.utf8.count == 43)
        #expect(Office { $0.seed = 2 }.sandbox.accounts.admin != first.admin)
    }
}

@Suite struct DiscoveryTests {
    @Test func infoHasTheShapeOfItsRelease() {
        let old = Office("3.18.2")
        #expect(old.get(path: "/api/info", as: nil)["version"] == "3.18.2")
        #expect(old.get(path: "/api/info", as: old.admin)["version"] == nil)
        #expect(old.get(path: "/api/info", as: old.admin)["info.version"] == "3.18.2")
        #expect(old.get(path: "/api/v1/info", as: old.user).status == 200)
        let middle = Office("6.4.2")
        #expect(middle.get(path: "/api/info", as: middle.user)["version"] == "6.4")
        #expect(middle.get(path: "/api/info", as: middle.admin)["version"] == nil)
        let current = Office("8.6.1")
        #expect(current.get(path: "/api/info", as: nil)["version"] == "8.6")
        #expect(current.get(path: "/api/info", as: current.admin)["version"] == "8.6.1")
        #expect(current.get(path: "/api/info", as: current.admin)["info.version"] == "8.6.1")
    }

    @Test func meIsAtTopLevelAndPermissionsAreListed() {
        let office = Office()
        let me = office.get("me", as: office.agent)
        #expect(me["roles"] == ["user", "livechat-agent"] && me["success"] == true && me["user"] == nil)
        let bypass = office.get("permissions.listAll").list("update").first { $0["_id"] == "api-bypass-rate-limit" }
        #expect(bypass?["roles"] == ["admin", "bot", "app"])
        office.sandbox.advance(milliseconds: 5)
        office.sandbox.grant("view-statistics", to: ["user"])
        let changed = office.get("permissions.listAll", [("updatedSince", office.iso(Office.noon))])
        #expect(changed.ids("update") == ["view-statistics"])
        #expect(office.get("permissions.listAll", [("updatedSince", "x")]).errorType == "error-roomId-param-invalid")
    }

    @Test func anUnknownRouteIsAPageOnceAndTextNow() {
        let old = Office("6.13.0").get("no.such")
        #expect(old.status == 200 && old.response.header("Content-Type")?.hasPrefix("text/html") == true)
        let new = Office("8.6.1").get("no.such")
        #expect(new.status == 404 && new.text == "404 Not Found")
        #expect(Office("8.6.1").get("me/").status == 404)
        #expect(Office("7.2.0").get("rooms.membersOrderedByRole").text.hasPrefix("<!DOCTYPE"))
    }

    @Test func aWrongMethodIsTold() {
        let office = Office("6.13.0")
        let answer = office.sandbox.handle(SandboxRequest(method: "POST", target: "/api/v1/me"))
        #expect(answer.status == 405 && answer.header("Allow") == "GET")
    }

    @Test func theServerCanLiveUnderAPath() {
        let office = Office { $0.pathPrefix = "/chat" }
        #expect(office.get(path: "/chat/api/v1/me", as: office.admin).status == 200)
        #expect(office.get(path: "/chat/api/info", as: nil).status == 200)
        #expect(office.get(path: "/api/v1/me", as: office.admin).status == 404)
    }

    @Test func theDateHeaderHasWholeSeconds() {
        let office = Office()
        office.sandbox.advance(milliseconds: 1999)
        #expect(office.get("me").response.header("date") == "Sun, 22 Nov 2026 12:00:01 GMT")
    }
}
