import Testing

@testable import RocketChatSandbox

@Suite struct LimiterTests {
    private let limit = RateLimit(calls: 10, interval: 60_000)

    @Test func tenCallsPassAndTheEleventhDoesNot() {
        let office = Office(limit: limit)
        office.sandbox.advance(milliseconds: 70_000)
        let start = office.sandbox.now
        for left in (0..<10).reversed() {
            let answer = office.get("me", as: office.user)
            #expect(answer.status == 200)
            #expect(answer.response.header("X-RateLimit-Remaining") == "\(left)")
            #expect(answer.response.header("X-RateLimit-Reset") == "\(start + 60_000)")
        }
        office.sandbox.advance(milliseconds: 17_001)
        let refused = office.get("me", as: office.user)
        #expect(refused.status == 429)
        #expect(
            refused.error
                == "Error, too many requests. Please slow down. You must wait 43 seconds before trying this endpoint again. "
                + "[error-too-many-requests]")
        #expect(refused.errorType == nil && refused.response.header("Retry-After") == nil)
        #expect(refused.response.header("X-RateLimit-Limit") == "10")
    }

    @Test func routesAndAddressesAreCountedApart() {
        let office = Office(limit: RateLimit(calls: 1, interval: 60_000))
        #expect(office.get("me", as: office.user).status == 200)
        #expect(office.get("me", as: office.agent).status == 429, "not per user")
        #expect(office.get("roles.list", as: office.user).status == 200)
        #expect(office.get(path: "/api/v1/me", as: office.user, address: "10.0.0.2").status == 200)
        #expect(office.get(path: "/api/info", as: nil).response.header("X-RateLimit-Limit") == nil)
    }

    @Test func theWindowIsFixedAndLazy() {
        let office = Office(limit: RateLimit(calls: 1, interval: 60_000))
        // Rules are made with the server: 50 s later the first window has 10 s left.
        office.sandbox.advance(milliseconds: 50_000)
        #expect(office.get("me", as: office.user).response.header("X-RateLimit-Reset") == "\(Office.noon + 60_000)")
        office.sandbox.advance(milliseconds: 10_001)
        #expect(office.get("me", as: office.user).status == 200)
        #expect(office.get("me", as: office.user).status == 429)
        office.sandbox.advance(milliseconds: 59_000)
        #expect(office.get("me", as: office.user).status == 429)
        office.sandbox.advance(milliseconds: 1001)
        #expect(office.get("me", as: office.user).status == 200, "blocked calls do not lengthen the window")
    }

    @Test func bypassMeansNoHeadersUntil88() {
        let office = Office(limit: RateLimit(calls: 1, interval: 60_000))
        for account in [office.admin, office.bot] {
            let answers = (0..<5).map { _ in office.get("me", as: account) }
            #expect(answers.allSatisfy { $0.status == 200 && $0.response.header("X-RateLimit-Limit") == nil })
        }
        let later = Office("8.8.0", limit: RateLimit(calls: 1, interval: 60_000))
        let answers = (0..<3).map { _ in later.get("me") }
        #expect(answers.allSatisfy { $0.status == 200 && $0.response.header("X-RateLimit-Limit") == "1" })
    }

    @Test func someRoutesHaveTheirOwnLimit() {
        let office = Office(limit: limit)
        let room = office.sandbox.rooms(ofType: "c")[0]
        let statuses = (0..<4).map { _ in
            office.get("video-conference.list", [("roomId", room)], as: office.user).status
        }
        #expect(statuses == [200, 200, 200, 429])
    }

    @Test func changingTheSettingStartsAfreshAndNilSwitchesOff() {
        let office = Office(limit: RateLimit(calls: 1, interval: 60_000))
        _ = office.get("me", as: office.user)
        #expect(office.get("me", as: office.user).status == 429)
        office.sandbox.configure { $0.limit = RateLimit(calls: 2, interval: 60_000) }
        #expect(office.get("me", as: office.user).status == 200)
        office.sandbox.configure { $0.limit = nil }
        #expect((0..<30).allSatisfy { _ in office.get("me", as: office.user).status == 200 })
    }
}
