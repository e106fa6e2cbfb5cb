import AirbyteProtocol
import Testing

@testable import RocketChatSource

/// A room as `chat.syncMessages` serves it: ascending in `_updatedAt`, strict cursor, no tie-break.
private struct ServedRoom {
    let rows: [(id: String, updatedAt: Int64)]

    func page(after cursor: Int64, count: Int) -> (rows: ArraySlice<(id: String, updatedAt: Int64)>, hasMore: Bool) {
        let after = rows.filter { $0.updatedAt > cursor }
        return (after.prefix(count), after.count > count)
    }

    /// Ids in the order of delivery, and the requests that it took.
    func readAll(count: Int) throws -> (ids: [String], requests: Int, largest: Int) {
        var paging = MessagePagination(after: -1, count: count)
        var delivered: [String] = []
        var requests = 0
        var hasMore = true
        while hasMore, requests < 1000 {
            let page = self.page(after: paging.cursor, count: paging.count)
            let keys = try Keys.of(page.rows.map(\.id))
            let ids = page.rows.map(\.id)
            hasMore = page.hasMore
            delivered += paging.accept(page.rows.map(\.updatedAt), hasMore: hasMore) { keys[$0] }.map { ids[$0] }
            requests += 1
        }
        return (delivered, requests, paging.count)
    }
}

@Suite struct MessagePaginationTests {
    private func room(_ stamps: [Int64]) -> ServedRoom {
        ServedRoom(rows: stamps.enumerated().map { ("m\($0.offset)", $0.element) })
    }

    @Test(arguments: [1, 2, 3, 7, 10, 100])
    func deliversEveryMessageOnceWhenAllStampsDiffer(count: Int) throws {
        let room = room((1...25).map { Int64($0) })
        #expect(try room.readAll(count: count).ids == room.rows.map(\.id))
    }

    @Test(arguments: [1, 2, 3, 5, 8])
    func losesNothingWhenAPageEndsInsideACrowdedMillisecond(count: Int) throws {
        let room = room([1, 2, 5, 5, 5, 5, 5, 5, 6, 7, 7, 9])
        #expect(try room.readAll(count: count).ids == room.rows.map(\.id))
    }

    @Test func growsItsPagesWhenOneMillisecondFillsThem() throws {
        // A renamed user stamps all of her messages with one instant.
        let room = room([1] + Array(repeating: 2, count: 5000) + [3])
        let result = try room.readAll(count: 100)
        #expect(Set(result.ids).count == 5002)
        #expect(result.ids.count == 5002)
        #expect(result.largest > 5000)
        #expect(result.requests < 12)
    }

    @Test func checkpointStaysBelowTheLastMillisecondRead() throws {
        var paging = MessagePagination(after: 0, count: 2)
        let keys = try Keys.of(["a", "b"])
        _ = paging.accept([10, 20], hasMore: true) { keys[$0] }
        #expect(paging.cursor == 19)
    }

    @Test func keepsItsCursorAtTheEndOfTheRoom() throws {
        var paging = MessagePagination(after: 7, count: 2)
        let keys = try Keys.of(["a"])
        _ = paging.accept([10], hasMore: false) { keys[$0] }
        #expect(paging.cursor == 7)
    }

    /// Takes in pages until the paging ends or is stuck; the number of requests.
    private func walk(_ paging: inout MessagePagination, _ page: (Int64, Int) -> ([Int64], Bool)) throws -> Int {
        var requests = 0
        var hasMore = true
        while hasMore, !paging.isStuck, requests < 100 {
            let (instants, more) = page(paging.cursor, paging.count)
            let keys = try Keys.of(instants.indices.map { "\(instants[$0])-\($0)" })
            hasMore = more
            _ = paging.accept(instants, hasMore: more) { keys[$0] }
            requests += 1
        }
        return requests
    }

    @Test func anEmptyPageWithACursorIsNoticed() throws {
        var paging = MessagePagination(after: 7, count: 2)
        #expect(try walk(&paging) { _, _ in ([], true) } == 1)
        #expect(paging.isStuck && paging.cursor == 7)
    }

    @Test func theSamePageAgainIsNoticed() throws {
        var paging = MessagePagination(after: 0, count: 2)
        #expect(try walk(&paging) { _, _ in ([10, 20], true) } <= 4)
        #expect(paging.isStuck)
    }

    @Test func aCountCappedBelowACrowdedMillisecondIsNoticed() throws {
        let stamps: [Int64] = [1] + Array(repeating: 2, count: 500) + [3]
        var paging = MessagePagination(after: 0, count: 100)
        let requests = try walk(&paging) { cursor, count in
            let after = stamps.filter { $0 > cursor }
            return (Array(after.prefix(min(count, 100))), after.count > 100)
        }
        #expect(paging.isStuck && requests <= 4)
        #expect(paging.cursor < 2, "nothing behind the crowded millisecond is claimed")
    }

    @Test func pagesInAnotherOrderAreNoticed() throws {
        var paging = MessagePagination(after: 0, count: 3)
        #expect(try walk(&paging) { _, _ in ([30, 20, 10], true) } == 1)
        #expect(paging.isStuck && paging.cursor == 0)
    }
}
