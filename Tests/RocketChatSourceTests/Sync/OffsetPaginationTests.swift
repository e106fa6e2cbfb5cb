import AirbyteProtocol
import JSONBytes
import Testing

@testable import RocketChatSource

/// Walks a list that changes under way; `change` is called before each page but the first.
private func walk(
    _ list: [String], isSorted: Bool = true, limit: Int = 100, _ change: (inout [String], Int) -> Void = { _, _ in }
) throws -> (met: [String], requests: Int) {
    var list = list
    var paging = OffsetPagination(isSorted: isSorted)
    var met: [String] = []
    var requests = 0
    while !paging.isDone, requests < 500 {
        if requests > 0 { change(&list, requests) }
        let page = Array(list.dropFirst(paging.offset).prefix(min(limit, OffsetPagination.count)))
        let fresh = paging.accept(try Keys.of(page), rows: page.count, total: list.count)
        met += fresh.map { page[$0] }
        requests += 1
    }
    return (met, requests)
}

@Suite struct OffsetPaginationTests {
    private let ids = (0..<350).map { "id\(String($0 + 1000))" }

    @Test(arguments: [0, 1, 2, 99, 100, 101, 199, 200, 350])
    func meetsEveryRowOnce(count: Int) throws {
        let list = Array(ids.prefix(count))
        #expect(try walk(list).met == list)
        #expect(try walk(list, isSorted: false).met == list)
    }

    @Test func asksOnceForAListThatFitsOnOnePage() throws {
        #expect(try walk(Array(ids.prefix(99))).requests == 1)
        // A full page may not be the last one, whatever the server counts.
        #expect(try walk(Array(ids.prefix(100))).requests == 2)
    }

    /// It may be any of the rows that are missed then.
    @Test(arguments: [0, 1, 149], [nil, 150])
    func aRowWithoutAKeyProvesNoAbsence(place: Int, total: Int?) throws {
        var keys: [KeyHash?] = try Keys.of(Array(ids.prefix(150)))
        keys[place] = nil
        var paging = OffsetPagination(isSorted: true)
        while !paging.isDone {
            let page = Array(keys.dropFirst(paging.offset).prefix(100))
            _ = paging.accept(page, rows: page.count, total: total)
        }
        #expect(paging.distinct == 149)
        #expect(!paging.isComplete)
        #expect(!paging.hasAll)
    }

    @Test(arguments: [1, 2, 10, 50])
    func followsAServerWithALowerPageLimit(limit: Int) throws {
        let list = Array(ids.prefix(60))
        #expect(try walk(list, limit: limit).met == list)
    }

    @Test(arguments: [3, 10, 25, 50])
    func missesNoRowWhenEarlierOnesLeaveAServerOfSmallPages(limit: Int) throws {
        // Every row that left was met before: the number of rows met says nothing.
        let result = try walk(Array(ids.prefix(200)), limit: limit) { list, request in
            if request == 4 { list.removeFirst(2) }
        }
        #expect(Set(result.met) == Set(ids.prefix(200)))
    }

    @Test(arguments: [1, 5, 98, 99, 150])
    func missesNoRowWhenEarlierOnesAreRemovedUnderWay(removed: Int) throws {
        var gone: [String] = []
        let result = try walk(ids) { list, request in
            guard request == 2 else { return }
            gone = Array(list.prefix(removed))
            list.removeFirst(removed)
        }
        #expect(Set(result.met).isSuperset(of: Set(ids).subtracting(gone)))
        #expect(result.met.count == Set(result.met).count)
    }

    /// Rows 0 to `gone` leave after `pages` pages, which puts the end of the list before the next page: that page is empty.
    @Test(arguments: [(9, 10, 3), (15, 10, 3), (150, 50, 4), (1900, 100, 21)])
    func missesNoRowWhenTheListEndsBeforeTheNextPage(gone: Int, limit: Int, pages: Int) throws {
        let ids = (0..<(limit * pages + gone - 1)).map { "row\($0)" }
        let result = try walk(ids, limit: limit) { list, request in
            if request == pages { list.removeFirst(gone) }
        }
        #expect(Set(result.met).isSuperset(of: ids.dropFirst(gone)))
        #expect(result.met.count == Set(result.met).count)
    }

    @Test func aListWithoutAnOrderWhoseCountFellIsNotComplete() throws {
        var list = Array(ids.prefix(250))
        var paging = OffsetPagination(isSorted: false)
        var met: Set<String> = []
        while !paging.isDone {
            let page = Array(list.dropFirst(paging.offset).prefix(100))
            met.formUnion(paging.accept(try Keys.of(page), rows: page.count, total: list.count).map { page[$0] })
            // One that was met goes, and so one that was not moves before the next page.
            if list.count == 250 { list.removeFirst() }
        }
        #expect(met.count == list.count && !met.isSuperset(of: list), "the numbers agree, and a row is missing")
        #expect(!paging.isComplete)
    }

    /// One that was met goes, another comes at the end: the next page begins a row too late, and the count stands still.
    @Test func aSecondLookAtAListWithoutAnOrderFindsTheRowThatMoved() throws {
        var list = Array(ids.prefix(250))
        var paging = OffsetPagination(isSorted: false)
        var met: Set<String> = []
        func walk() throws {
            while !paging.isDone {
                let page = Array(list.dropFirst(paging.offset).prefix(100))
                met.formUnion(
                    paging.accept(try Keys.of(page), rows: page.count, total: list.count).map { page[$0] })
                if list.last != "new" { list = Array(list.dropFirst()) + ["new"] }
            }
        }
        try walk()
        #expect(!met.isSuperset(of: list) && paging.isComplete, "nothing shows it")
        #expect(paging.mayHaveSkipped)
        paging.readAgain()
        try walk()
        #expect(met.isSuperset(of: list))
        #expect(!paging.isComplete, "more rows than the server counts: one went, and nobody knows which")
        #expect(!paging.mayHaveSkipped, "once is enough")
    }

    @Test func repeatsNoRowWhenOthersAreAddedInFront() throws {
        let result = try walk(ids) { list, request in list.insert("a\(request)", at: 0) }
        #expect(result.met.count == Set(result.met).count)
        #expect(Set(result.met).isSuperset(of: ids))
    }

    @Test func readsAnUnorderedListAgainWhenRowsAreMissing() throws {
        let result = try walk(ids, isSorted: false) { list, request in
            if request == 1 { list.swapAt(50, 250) }
        }
        #expect(Set(result.met) == Set(ids))
    }

    @Test(arguments: [nil, 100, 1_000_000])
    func endsOnAServerThatIgnoresTheOffset(total: Int?) throws {
        var paging = OffsetPagination(isSorted: false)
        let keys = try Keys.of(Array(ids.prefix(100)))
        var met = 0
        var requests = 0
        while !paging.isDone, requests < 500 {
            met += paging.accept(keys, rows: keys.count, total: total).count
            requests += 1
        }
        #expect(met == 100)
        #expect(requests < 100)
    }

    @Test func givesUpOnAListThatNeverStandsStill() throws {
        let result = try walk(ids) { list, _ in list.removeFirst() }
        #expect(result.requests < 500)

        var paging = OffsetPagination(isSorted: true)
        var first = 0
        while !paging.isDone {
            let page = (paging.offset..<paging.offset + 100).map { "row\($0 + first)" }
            _ = paging.accept(try Keys.of(page), rows: 100, total: 10_000)
            first += 1
            if first > 90 { break }
        }
        #expect(paging.isStuck && !paging.isComplete && !paging.hasAll)
    }

    @Test(arguments: [60, 100, 101])
    func readsOnUntilAPageIsShortWhenTheServerCountsTooFew(total: Int) throws {
        let list = Array(ids.prefix(250))
        var paging = OffsetPagination(isSorted: false)
        var met: [String] = []
        var requests = 0
        while !paging.isDone, requests < 50 {
            let page = Array(list.dropFirst(paging.offset).prefix(100))
            met += paging.accept(try Keys.of(page), rows: page.count, total: total).map { page[$0] }
            requests += 1
        }
        #expect(met == list)
        #expect(!paging.isComplete, "rows and count disagree, so nothing may be concluded")
    }

    @Test func aListThatStopsGettingOnIsNotComplete() throws {
        let keys = try Keys.of(Array(ids.prefix(100)))
        var paging = OffsetPagination(isSorted: false)
        for _ in 0..<50 where !paging.isDone { _ = paging.accept(keys, rows: keys.count, total: nil) }
        #expect(paging.isDone && paging.isStuck && !paging.isComplete)
    }

    @Test func pagesOfReportsGoOnByWhatTheyCount() throws {
        // 250 reports of 3 messages: each page shows a message once.
        var paging = OffsetPagination(isSorted: false, countsRows: false)
        var met: Set<String> = []
        var requests = 0
        while !paging.isDone, requests < 50 {
            let reports = (paging.offset..<min(250, paging.offset + 100)).map { "m\($0 / 100)" }
            let page = Set(reports).sorted()
            met.formUnion(paging.accept(try Keys.of(page), rows: reports.count, total: 250).map { page[$0] })
            requests += 1
        }
        #expect(met == ["m0", "m1", "m2"])
        #expect(requests == 3 && paging.isComplete)
    }

    @Test(arguments: [true, false])
    func endsWhenAServerIgnoresTheOffsetAndTellsNoTotal(isSorted: Bool) throws {
        let keys = try Keys.of(["a", "b", "c"])
        var paging = OffsetPagination(isSorted: isSorted)
        var met: [Int] = []
        for _ in 0..<5 where !paging.isDone { met += paging.accept(keys, rows: keys.count, total: nil) }
        #expect(paging.isDone)
        #expect(met == [0, 1, 2])
    }
}
