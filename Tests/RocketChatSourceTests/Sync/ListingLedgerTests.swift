import AirbyteProtocol
import RocketChatAPI
import Testing

@testable import JSONBytes
@testable import RocketChatSource

/// What a listing's rows are to the destination, and what follows from rows that are not there.
@Suite struct ListingLedgerTests {
    private static let all = ListingSource(route: "v1/groups.listAll", scope: [])
    private static let own = ListingSource(route: "v1/groups.list", scope: ["user=u1"])
    private static let fullness = ListingFullness(full: [all.route, own.route])

    private func ledger(_ parts: [ListingState.Part]) -> ListingLedger {
        ListingLedger(ListingState(parts: parts), isStamped: true, fullness: Self.fullness)
    }

    /// Walks a source over rows of the given dates; the ids that were due.
    private func walk(
        _ ledger: inout ListingLedger, _ source: ListingSource, _ rows: [(String, Int64?)],
        _ ending: ListingLedger.Ending = .complete, _ conclusion: ListEndpoint.Conclusion = .gone
    ) throws -> [String] {
        ledger.begin(source, conclusion)
        let keys = try Keys.of(rows.map(\.0))
        let due = rows.indices.filter { ledger.isDue(rows[$0].0, key: keys[$0], date: rows[$0].1) }
        ledger.end(ending)
        return due.map { rows[$0].0 }
    }

    private func conclude(
        _ ledger: ListingLedger, lesser: Set<String> = [], roles: [String] = [], version: ServerVersion? = nil
    ) -> (ListingLedger.Conclusion, ListingState) {
        ledger.conclude(lesser: lesser, viewer: .init(roles: roles, version: version)) { max($0, 100) }
    }

    @Test func deliversWhatIsNewOrChangedAndTellsWhatIsGone() throws {
        var ledger = ledger([.init(source: Self.all, updated: 50, ids: ["a", "b", "c"])])
        #expect(try walk(&ledger, Self.all, [("a", 40), ("b", 60), ("d", 1), ("b", 60)]) == ["b", "d"])
        let (conclusion, state) = conclude(ledger)
        #expect(conclusion == .init(gone: ["c"]))
        #expect(state.parts == [.init(source: Self.all, updated: 100, ids: ["a", "b", "d"])])
    }

    @Test(arguments: [ListingLedger.Ending.short, .broken])
    func concludesNothingFromAWalkThatIsNotWhole(ending: ListingLedger.Ending) throws {
        var ledger = ledger([.init(source: Self.all, updated: 50, ids: ["a", "b"])])
        #expect(try walk(&ledger, Self.all, [("a", 60), ("new", 1)], ending) == ["a", "new"])
        let (conclusion, state) = conclude(ledger)
        #expect(conclusion.gone.isEmpty)
        #expect(state.parts.count == 1)
        #expect(state.parts[0].updated == 50, "the mark stays")
        #expect(Set(state.parts[0].ids ?? []) == ["a", "b", "new"], "no id is forgotten")
    }

    @Test func aThinnerListingAddsWhatIsUnknownAndChangesAndBuriesNothing() throws {
        let before = ListingState.Part(source: Self.all, updated: 50, ids: ["mine", "theirs"])
        var ledger = ledger([before])
        #expect(try walk(&ledger, Self.own, [("mine", 90), ("new", 90)]) == ["new"])
        let (conclusion, state) = conclude(ledger)
        #expect(conclusion == .init(unjudged: [Self.all.route]))
        #expect(state.parts == [before, .init(source: Self.own, updated: 100, ids: ["new"])])

        // The wider one is back: what changed since it was read last is due, and it may say what is gone.
        var again = ListingLedger(state, isStamped: true, fullness: Self.fullness)
        #expect(try walk(&again, Self.all, [("mine", 90), ("new", 1)]) == ["mine", "new"])
        let (second, after) = conclude(again, lesser: [Self.own.route])
        #expect(second.gone == ["theirs"])
        #expect(after.parts == [.init(source: Self.all, updated: 100, ids: ["mine", "new"])])
    }

    @Test func aRowOfAnotherKindIsGoneThoughTheListingFellShort() throws {
        var ledger = ledger([.init(source: Self.all, updated: 50, ids: ["a", "b"], pending: ["c"])])
        #expect(try walk(&ledger, Self.all, [("new", 1)], .short) == ["new"])
        for id in ["b", "c", "stranger"] { ledger.noteForeign(id) }
        let (conclusion, state) = conclude(ledger)
        #expect(conclusion.gone == ["b", "c"])
        #expect(state.parts == [.init(source: Self.all, updated: 50, ids: ["a", "new"])])
    }

    @Test func aRowThatWasMetAsOneOfTheStreamIsNotGoneForAnotherKind() throws {
        var ledger = ledger([.init(source: Self.all, updated: 50, ids: ["a", "b"])])
        #expect(try walk(&ledger, Self.all, [("a", 60), ("b", 60)]) == ["a", "b"])
        ledger.noteForeign("b")
        #expect(conclude(ledger).0.gone.isEmpty)
    }

    private static let known = ListingSource(route: "v1/contacts", scope: [])
    private static let unknown = ListingSource(route: "v1/contacts?unknown=true", scope: [])

    private func contacts() -> ListingLedger {
        let parts: [ListingState.Part] = [
            .init(source: Self.known, updated: 50, ids: ["k1", "k2"]),
            .init(source: Self.unknown, updated: 50, ids: ["u1", "u2", "u3"]),
        ]
        return ListingLedger(
            ListingState(parts: parts), isStamped: true,
            fullness: ListingFullness(full: [Self.known.route, Self.unknown.route]))
    }

    @Test(arguments: [ListingLedger.Ending.broken, .short])
    func aListingThatFailsBuriesNoneOfItsRowsNorOfThoseBesideIt(ending: ListingLedger.Ending) throws {
        var ledger = contacts()
        #expect(try walk(&ledger, Self.known, [("k1", 60)]) == ["k1"])
        #expect(try walk(&ledger, Self.unknown, [], ending) == [])
        let (conclusion, state) = conclude(ledger)
        #expect(conclusion == .init(), "k2 may be among the unknown ones now")
        #expect(Set(state.parts.flatMap { $0.ids ?? [] }) == ["k1", "k2", "u1", "u2", "u3"])
        #expect(state.parts.first { $0.ids == ["k2"] }?.updated == 50)
    }

    @Test func noneOfManyInOneOfTwoListingsIsBelievedAtSecondSight() throws {
        var first = contacts()
        #expect(try walk(&first, Self.known, [("k1", 1), ("k2", 1)]) == [])
        #expect(try walk(&first, Self.unknown, []) == [])
        let (doubt, held) = conclude(first)
        #expect(doubt == .init(emptied: [Self.unknown.route]))
        var second = ListingLedger(
            held, isStamped: true, fullness: ListingFullness(full: [Self.known.route, Self.unknown.route]))
        #expect(try walk(&second, Self.known, [("k1", 1), ("k2", 1)]) == [])
        #expect(try walk(&second, Self.unknown, []) == [])
        #expect(conclude(second).0.gone == ["u1", "u2", "u3"])
    }

    @Test func aRowFollowsFromOneListingToTheOther() throws {
        var ledger = contacts()
        #expect(try walk(&ledger, Self.known, [("k1", 1), ("u1", 60)]) == ["u1"])
        #expect(try walk(&ledger, Self.unknown, [("k2", 60), ("u2", 1), ("u3", 1)]) == ["k2"])
        let (conclusion, state) = conclude(ledger)
        #expect(conclusion == .init())
        #expect(state.parts.map(\.ids) == [["k1", "u1"], ["k2", "u2", "u3"]])
    }

    @Test func anotherUsersOwnRowsAreFollowedAndThoseOfTheFormerNotJudged() throws {
        let other = ListingSource(route: Self.own.route, scope: ["user=u2"])
        var ledger = ledger([.init(source: Self.own, updated: 50, ids: ["a", "b"])])
        #expect(try walk(&ledger, other, [("b", 90), ("c", 90)]) == ["b", "c"])
        #expect(conclude(ledger).0.gone.isEmpty)
    }

    @Test(arguments: [["a"], ["a", "b"]])
    func rowsToNoneAreBelievedAtSecondSight(ids: [String]) throws {
        var first = ledger([.init(source: Self.all, updated: 50, ids: ids)])
        _ = try walk(&first, Self.all, [])
        let (doubt, held) = conclude(first)
        #expect(doubt == .init(emptied: [Self.all.route]))
        #expect(held.parts[0].ids == ids && held.parts[0].updated == 50 && held.parts[0].isEmptied)
        let read = try ListingState(held.json)
        #expect(read == held)

        var second = ListingLedger(read, isStamped: true, fullness: Self.fullness)
        _ = try walk(&second, Self.all, [])
        #expect(conclude(second).0.gone == ids)

        var back = ListingLedger(read, isStamped: true, fullness: Self.fullness)
        #expect(try walk(&back, Self.all, [("a", 60), ("b", 1)].filter { ids.contains($0.0) }) == ["a"])
        let (nothing, state) = conclude(back)
        #expect(nothing == .init() && !state.parts[0].isEmptied)
    }

    @Test func someListingsConcludeOnlyForSomeRolesAndNeverFromNothing() throws {
        for (conclusion, roles, gone) in [
            (.goneFor(roles: ["admin"]), ["user"], []), (.goneFor(roles: ["admin"]), ["admin"], ["b"]),
        ] as [(ListEndpoint.Conclusion, [String], [String])] {
            var ledger = ledger([.init(source: Self.all, updated: 50, ids: ["a", "b"])])
            _ = try walk(&ledger, Self.all, [("a", 1)], .complete, conclusion)
            #expect(conclude(ledger, roles: roles).0.gone == gone)
        }
        var empty = ledger([.init(source: Self.all, updated: 50, ids: ["a"], isEmptied: true)])
        _ = try walk(&empty, Self.all, [], .complete, .goneUnlessEmpty(on: [ServerVersion(4, 8)]))
        #expect(conclude(empty).0.gone.isEmpty, "nobody knows the version")
        #expect(conclude(empty, version: ServerVersion("4.8.1")).0.gone.isEmpty)
        #expect(conclude(empty, version: ServerVersion("6.13.1")).0.gone == ["a"])
    }

    @Test func theFullerListingOfTwoKeepsItsRows() throws {
        let thin = ListingSource(route: "v1/thin", scope: [])
        let full = ListingSource(route: "v1/full", scope: [])
        let fullness = ListingFullness(full: [full.route], thin: [thin.route])
        var first = ListingLedger(ListingState(), isStamped: true, fullness: fullness)
        #expect(try walk(&first, full, [("a", 10)]) == ["a"])
        #expect(try walk(&first, thin, [("a", nil), ("b", nil)]) == ["b"])
        let (_, state) = conclude(first)

        // `a` leaves the fuller listing (it moved into a team), `b` joins it.
        var second = ListingLedger(state, isStamped: true, fullness: fullness)
        #expect(try walk(&second, full, [("b", 20)]) == ["b"])
        #expect(try walk(&second, thin, [("a", nil), ("b", nil)]) == [])
        let (conclusion, after) = conclude(second)
        #expect(conclusion.gone.isEmpty)
        #expect(after.parts.map(\.ids) == [["a"], ["b"], []])
        #expect(after.parts.first?.source == full)

        // `a` is back: whatever changed since it was delivered is due.
        var third = ListingLedger(after, isStamped: true, fullness: fullness)
        #expect(try walk(&third, full, [("a", 101), ("b", 20)]) == ["a"])
        #expect(try walk(&third, thin, []) == [])
        #expect(conclude(third).1.parts.first == .init(source: full, updated: 100, ids: ["a", "b"]))
    }

    @Test func aThinnerListingNeverReplacesAFullerRowHoweverWideItIs() throws {
        let everything = ListingSource(route: "v1/everything", scope: [])
        let own = ListingSource(route: "v1/own", scope: [])
        let fullness = ListingFullness(full: ["v1/list", "v1/own"], thin: ["v1/everything"])
        for ids in [["a", "b"], nil] {
            let state = ListingState(parts: [.init(source: own, updated: 50, ids: ids)])
            var ledger = ListingLedger(state, isStamped: true, fullness: fullness)
            _ = try walk(&ledger, .init(route: "v1/list", scope: []), [])
            ledger.begin(everything, isEverything: true)
            let isDue = ledger.isDue("a", key: try Keys.of(["a"])[0], date: nil)
            #expect(!isDue)
            ledger.end(.complete)
            let (conclusion, after) = conclude(ledger)
            #expect(conclusion.gone == (ids == nil ? [] : ["b"]), "everything lacks it")
            if ids != nil { #expect(after.parts.contains { $0.source == own && $0.ids == ["a"] }) }
        }
    }

    @Test func aWalkThatFallsShortAfterNoneOfManyForgetsNoRow() throws {
        var ledger = ledger([.init(source: Self.all, updated: 50, ids: ["a", "b"], isEmptied: true)])
        #expect(try walk(&ledger, Self.all, [("a", 1), ("b", 1), ("d", 1)], .short) == ["d"])
        let (conclusion, state) = conclude(ledger)
        #expect(conclusion == .init())
        #expect(state.parts == [.init(source: Self.all, updated: 50, ids: ["a", "b", "d"])])
    }

    @Test func namesNewRowsWhileItWalks() throws {
        var ledger = ledger([.init(source: Self.all, updated: 50, ids: ["a"])])
        ledger.begin(Self.all)
        let keys = try Keys.of(["a", "new"])
        _ = ledger.isDue("a", key: keys[0], date: 1)
        _ = ledger.isDue("new", key: keys[1], date: 1)
        let part = try #require(ledger.underway).parts[0]
        #expect(part.ids == ["a"] && part.pending == ["new"] && part.updated == 50)
        // Killed there, the row may have been delivered: if it is gone, that must be told.
        var next = ListingLedger(try #require(ledger.underway), isStamped: true, fullness: Self.fullness)
        #expect(try walk(&next, Self.all, [("a", 1)]) == [])
        #expect(conclude(next).0.gone == ["new"])
    }

    @Test func readsTheStatesOfEarlierVersions() throws {
        let text = #"{"version":1,"endpoint":"v1/groups.listAll","updated":50,"ids":["a","b"],"pending":["c"]}"#
        let state = try ListingState(try JSON(parsing: Array(text.utf8)))
        #expect(state.parts.map(\.source.route) == ["v1/groups.listAll"])
        var ledger = ListingLedger(state, isStamped: true, fullness: Self.fullness)
        #expect(try walk(&ledger, Self.all, [("a", 60)]) == ["a"])
        #expect(conclude(ledger).0.gone == ["b", "c"])
    }

    @Test(arguments: [
        #"{"version":3,"parts":[]}"#, #"{"version":2}"#, #"{"version":2,"parts":[{"updated":1}]}"#,
        #"{"version":2,"parts":[{"route":"x","updated":-9223372036854775808}]}"#,
        #"{"version":1,"endpoint":"x","updated":9223372036854775807}"#,
    ])
    func refusesStatesThatCannotBe(text: String) throws {
        let stored = try JSON(parsing: Array(text.utf8))
        #expect(throws: StateError.self) { try ListingState(stored) }
    }
}
