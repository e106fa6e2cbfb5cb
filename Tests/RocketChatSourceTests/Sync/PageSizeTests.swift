import Testing

@testable import RocketChatSource

@Suite struct PageSizeTests {
    @Test func asksForASmallRoomInOnePageWithRoomToSpare() {
        #expect(PageSize().count(expected: 500) > 500)
        #expect(PageSize().count(expected: 0) == 50)
    }

    @Test func staysWithinItsBytesWhateverTheRoomSays() {
        var size = PageSize(budget: 1_000_000)
        for _ in 0..<10 { size.learn(rows: 100, bytes: 500_000) }
        let count = size.count(expected: 1_000_000)
        #expect((150...250).contains(count))
        #expect(size.count(expected: nil) == count)
    }

    @Test func learnsNothingFromAHandfulOfRows() {
        var size = PageSize()
        size.learn(rows: 1, bytes: 1_000_000)
        #expect(size.count(expected: nil) == PageSize().count(expected: nil))
    }
}
