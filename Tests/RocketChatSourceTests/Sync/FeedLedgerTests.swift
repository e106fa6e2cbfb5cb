import JSONBytes
import Testing

@testable import RocketChatSource

/// What is known of rows whose removals the server tells for 30 days.
@Suite struct FeedLedgerTests {
    private func ledger(_ text: String) throws -> FeedLedger { FeedLedger(try JSON(parsing: Array(text.utf8))) }

    @Test func whatWasDeliveredAndIsNotListedIsGone() throws {
        var ledger = try ledger(#"{"version":1,"updated":5,"ids":["a","b","c"]}"#)
        let isNews = [ledger.name(["a"]), ledger.name(["a", "d"])]
        #expect(isNews == [false, true])
        ledger.forget(["b"])
        #expect(ledger.conclude(listed: ["a", "d"]) == ["c"])
        #expect(ledger.known == ["a", "d"])
    }

    @Test func rowsToNoneAreBelievedAtTheSecondReading() throws {
        var ledger = try ledger(#"{"version":1,"updated":5,"ids":["a","b"]}"#)
        #expect(ledger.conclude(listed: []) == nil)
        var next = FeedLedger(ledger.stamp(.object(["version": .integer(1), "updated": .integer(5)])))
        #expect(next == ledger)
        #expect(next.conclude(listed: []) == ["a", "b"])
        #expect(next.conclude(listed: []) == [])
    }

    @Test func aStateWithoutIDsConcludesNothingAndLearnsThem() throws {
        var ledger = try ledger(#"{"version":1,"updated":5}"#)
        let isNews = ledger.name(["a"])
        #expect(ledger.known == nil && !ledger.knows("a") && !isNews)
        #expect(ledger.conclude(listed: ["a"]) == [])
        #expect(ledger.known == ["a"])
    }

    @Test func tooManyRowsAreNotNamedAndStaySo() throws {
        var ledger = FeedLedger(nil)
        #expect(ledger.known == [])
        let isNews = ledger.name(Set((0...ListingState.mostIDs).map { "row \($0)" }))
        #expect(isNews)
        let state = ledger.stamp(.object(["version": .integer(1), "updated": .integer(5)]))
        #expect(state["ids"] == nil)
        let next = FeedLedger(state)
        #expect(next.isTooLong && next.known == nil)
    }
}
