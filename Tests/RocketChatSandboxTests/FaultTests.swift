import Testing

@testable import RocketChatSandbox

@Suite struct FaultTests {
    private let office = Office()

    @Test func faultsStrikeTheirRouteAndAreUsedUp() {
        office.sandbox.inject(Fault(.internalError, route: "users.list", skip: 1, count: 2))
        #expect((0..<5).map { _ in office.get("users.list").status } == [200, 500, 500, 200, 200])
        office.sandbox.inject(Fault(.badGateway, count: nil))
        #expect(office.get("me").status == 502 && office.get("roles.list").status == 502)
        office.sandbox.clearFaults()
        #expect(office.get("me").status == 200)
    }

    @Test func aFaultCanBeAimedAtOneRoom() {
        office.sandbox.inject(Fault(.refused(code: "error-not-allowed"), queryContains: "roomId=GENERAL", count: nil))
        #expect(office.sync("GENERAL", [("lastUpdate", "1970-01-01")]).errorType == "error-not-allowed")
        let other = office.sandbox.rooms(ofType: "c")[1]
        #expect(office.sync(other, [("lastUpdate", "1970-01-01")]).status == 200)
    }

    @Test func chanceFollowsTheSeed() {
        func statuses() -> [Int] {
            let office = Office()
            office.sandbox.inject(Fault(.internalError, count: nil, probability: 0.5))
            return (0..<40).map { _ in office.get("me").status }
        }
        let first = statuses()
        #expect(first == statuses() && first.contains(500) && first.contains(200))
    }

    @Test(arguments: [
        (Fault.Kind.rateLimited(milliseconds: 5000), 429), (.badGateway, 502), (.unavailable, 503), (.empty, 200),
        (.unsuccessful, 200), (.brokenJSON, 200), (.webPage, 200), (.unauthorized, 401), (.forbidden, 403),
        (.redirect(to: "https://elsewhere.example"), 302),
    ])
    func everyKindHasItsStatus(kind: Fault.Kind, status: Int) {
        office.sandbox.inject(Fault(kind))
        let answer = office.get("me")
        #expect(answer.status == status && answer["_id"] == nil)
        #expect(answer.response.header("Date") != nil)
        if status == 302 {
            #expect(answer.response.header("Location") == "https://elsewhere.example/api/v1/me")
        }
        #expect(office.get("me").status == 200)
    }

    @Test func damagedDeliveriesCarryTheTrueBody() {
        office.sandbox.inject(Fault(.truncated(after: 10)))
        office.sandbox.inject(Fault(.slow(milliseconds: 50)))
        #expect(office.get("me").response.delivery == .truncated(after: 10))
        #expect(office.get("me").response.delivery == .slow(milliseconds: 50))
    }

    @Test func aRestartRefusesEverythingForAWhile() {
        office.sandbox.inject(Fault(.restart(milliseconds: 3000)))
        #expect(office.get("me").response.delivery == .dropped)
        #expect(office.get("me").response.delivery == .refused)
        office.sandbox.advance(milliseconds: 3000)
        #expect(office.get("me").status == 200)
    }

    @Test func idsWithUFSWereLostOnce() {
        #expect(Office("3.1.0").get("channels.info", [("roomId", "xufsx")]).status == 404)
        #expect(Office("3.2.0").get("channels.info", [("roomId", "xufsx")]).errorType == "error-room-not-found")
    }
}
