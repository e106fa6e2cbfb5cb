import Testing

@testable import RocketChatSandbox

/// Faults that replace or edit answers, alter requests, or move the `Date` header.
@Suite struct AnswerFaultTests {
    private let office = Office()

    @Test func anyAnswerCanStandInForTheTrueOne() {
        office.sandbox.inject(
            Fault(
                .answered(Reply(#"{"message":"Forbidden"}"#, status: 403, headers: ["Via": "gateway"])),
                route: "users.list", count: 2))
        let answer = office.get("users.list")
        #expect(answer.status == 403 && answer.text == #"{"message":"Forbidden"}"#)
        #expect(answer.response.header("via") == "gateway" && answer.response.header("Date") != nil)
        #expect(office.get("roles.list").status == 200)
        #expect(office.get("users.list").status == 403 && office.get("users.list").status == 200)
        office.sandbox.inject(Fault(.answered(Reply("not found", status: 404, contentType: "text/plain"))))
        #expect(office.get("me").response.header("Content-Type") == "text/plain")
    }

    @Test func onlyTheServersOwnAnswersBearItsMarks() {
        func mark(_ kind: Fault.Kind?) -> String? {
            if let kind { office.sandbox.inject(Fault(kind)) }
            return office.get("me").response.header("X-Instance-ID")
        }
        let instance = mark(nil)
        #expect(instance != nil && office.get(path: "/home", as: nil).response.header("x-instance-id") == instance)
        let own: [Fault.Kind] = [
            .refused(code: "error-not-allowed"), .forbidden, .unauthorized, .rateLimited(milliseconds: 1),
            .internalError,
            .answered(Reply(#"{"success":false}"#, status: 400, isTheServers: true)),
            .edited([.remove("_id")]),
        ]
        for kind in own { #expect(mark(kind) == instance, "\(kind)") }
        let foreign: [Fault.Kind] = [.badGateway, .unavailable, .webPage, .empty, .answered(Reply("{}", status: 403))]
        for kind in foreign { #expect(mark(kind) == nil, "\(kind)") }
        #expect(Office { $0.pathPrefix = "/chat" }.get(path: "/other", as: nil).response.header("X-Instance-ID") == nil)
        office.sandbox.upgrade(to: "8.6.1")
        #expect(mark(nil) != instance, "another process")
    }

    @Test func aFaultStaysUntilItIsLifted() {
        let fault = office.sandbox.inject(Fault(.webPage, route: "groups.listAll", count: nil))
        #expect((0..<5).allSatisfy { _ in office.get("groups.listAll")["groups"] == nil })
        office.sandbox.lift(fault)
        #expect(office.get("groups.listAll")["groups"] != nil)
    }

    @Test func everySecondRequestIsOneNodeOfTwo() {
        office.sandbox.inject(Fault(.internalError, route: "me", skip: 1, count: nil, every: 2))
        #expect((0..<6).map { _ in office.get("me").status } == [200, 200, 500, 200, 500, 200])
    }

    @Test func theTrueAnswerCanBeEdited() {
        func edited(_ edits: AnswerEdit..., route: String = "users.list") -> Office.Answer {
            office.sandbox.inject(Fault(.edited(edits)))
            return office.get(route, [("count", "5")])
        }
        let truth = office.get("users.list", [("count", "5")]).ids("users")
        #expect(edited(.remove("users"))["users"] == nil)
        #expect(edited(.rename("users", to: "people")).ids("people") == truth)
        #expect(edited(.set("users", json: "null"))["users"] == .null)
        #expect(edited(.set("users", json: #"{"a":"b"}"#))["users"] == ["a": "b"])
        #expect(edited(.set("total", json: "-9223372036854775808"))["total"] == .int(.min))
        #expect(edited(.shorten("users", to: 2), .set("count", json: "2")).ids("users") == Array(truth.prefix(2)))
        #expect(edited(.remove("roles"), route: "users.list").ids("users") == truth)
        let room = office.sandbox.rooms(ofType: "c")[0]
        office.sandbox.post(in: room, by: office.admin.userID, text: "x")
        office.sandbox.inject(
            Fault(.edited([.set("result.updated", json: "[]"), .echo("result.cursor.next", parameter: "next")])))
        let page = office.sync(room, [("type", "UPDATED"), ("next", "17")])
        #expect(page["result.cursor.next"] == "17" && page.ids("result.updated").isEmpty)
        #expect(office.sync(room, [("type", "UPDATED"), ("next", "17")]).ids("result.updated").count == 1)
    }

    @Test func aRequestCanReachTheServerAltered() {
        let first = office.get("users.list", [("count", "5")]).ids("users")
        office.sandbox.inject(Fault(.asked(parameter: "offset", value: "0"), route: "users.list"))
        #expect(office.get("users.list", [("count", "5"), ("offset", "5")]).ids("users") == first)
        office.sandbox.inject(Fault(.asked(parameter: "count", value: "3")))
        #expect(office.get("users.list", [("count", "5")]).ids("users") == Array(first.prefix(3)))
        office.sandbox.inject(Fault(.asked(parameter: "offset", value: nil)))
        #expect(office.get("users.list", [("offset", "5"), ("count", "5")]).ids("users") == first)
        #expect(office.sandbox.requestLog.last?.query == "offset=5&count=5", "what the client asked")
        let rooms = ["one", "other"].map { office.sandbox.createRoom($0, by: office.admin.userID) }
        office.sandbox.post(in: rooms[1], by: office.admin.userID, text: "elsewhere")
        office.sandbox.inject(Fault(.asked(parameter: "roomId", value: rooms[1])))
        let foreign = office.sync(rooms[0], [("lastUpdate", "1970-01-01")])
        #expect(foreign.list("result.updated").map { $0["rid"] } == [.string(rooms[1])])
    }

    @Test func theDateHeaderCanBeWrongNextToOtherFaults() {
        func date(_ answer: Office.Answer) -> String? { answer.response.header("Date") }
        let now = date(office.get("me"))
        office.sandbox.inject(Fault(.dated(by: 600_000), route: "me", count: nil, every: 2))
        office.sandbox.inject(Fault(.internalError, route: "me"))
        #expect(date(office.get("me")) == now)
        let ahead = office.get("me")
        #expect(ahead.status == 200 && date(ahead) == "Sun, 22 Nov 2026 12:10:00 GMT")
        #expect(date(office.get("roles.list")) == now)
        office.sandbox.clearFaults()
        office.sandbox.inject(Fault(.dated(by: nil)))
        #expect(date(office.get("me")) == nil && date(office.get("me")) == now)
    }
}
