import Testing

@testable import RocketChatSource

/// What follows from the rows that parents have and lack.
@Suite struct PartLedgerTests {
    private static func views(_ parents: Set<String>, rows: Set<String> = ["all"]) -> PartViews {
        PartViews(parents: PartView(scope: parents), rows: PartView(scope: rows))
    }

    private let usual = views(["user=me", "view-c-room"])

    /// What a ledger that sees the usual, or `seen`, goes on from: `parts` are the rows of each parent.
    private func known(_ parts: [String: [String]], seen: PartViews? = nil) -> PartState {
        var ledger = PartLedger(PartState(), seen: seen ?? usual)
        for (parent, keys) in parts.sorted(by: { $0.key < $1.key }) {
            _ = ledger.meet(keys, of: parent)
            _ = ledger.end(parent, .complete)
        }
        return ledger.state
    }

    private func keys(_ state: PartState, _ parent: String) -> Set<String> {
        Set(state.views.flatMap { $0.parts[parent, default: []] }.map { state.table.keys[$0] })
    }

    private func end(
        _ ledger: inout PartLedger, _ parent: String, _ keys: [String], _ ending: PartLedger.Ending = .complete,
        mayConclude: Bool = true
    ) -> [String] {
        _ = ledger.meet(keys, of: parent)
        return ledger.end(parent, ending, mayConclude: mayConclude)
    }

    @Test func whoIsMetNoMoreIsGone() {
        var ledger = PartLedger(known(["r": ["a", "b", "c"], "s": ["a"]]), seen: usual)
        #expect(end(&ledger, "r", ["b", "d"]) == ["a", "c"])
        #expect(keys(ledger.state, "r") == ["b", "d"])
        #expect(keys(ledger.state, "s") == ["a"])
        #expect(ledger.newRows == 1)
    }

    @Test func newRowsAreNamedAtOnceAndKnownOnesAreNotNew() {
        var ledger = PartLedger(known(["r": ["a"]]), seen: usual)
        #expect(ledger.meet(["a", "b"], of: "r") == 1)
        #expect(ledger.meet(["b"], of: "r") == 0)
        #expect(ledger.meet(["a"], of: "s") == 1)
        #expect(keys(ledger.state, "r") == ["a", "b"])
    }

    @Test func aParentThatWasNotReadWholeConcludesNothingAndForgetsNothing() {
        var ledger = PartLedger(known(["r": ["a", "b"], "s": ["a", "b"], "t": ["a"]]), seen: usual)
        #expect(end(&ledger, "r", ["a"], .short) == [])
        #expect(end(&ledger, "s", [], mayConclude: false) == [])
        // Failed half-way: it never ends.
        _ = ledger.meet(["x"], of: "t")
        #expect(keys(ledger.state, "r") == ["a", "b"])
        #expect(keys(ledger.state, "s") == ["a", "b"])
        #expect(keys(ledger.state, "t") == ["a", "x"])
    }

    @Test func rowsToNoneAreBelievedAtTheSecondSight() throws {
        var ledger = PartLedger(known(["r": ["a", "b"], "s": ["a"]]), seen: usual)
        #expect(end(&ledger, "r", []) == [])
        #expect(end(&ledger, "s", []) == [])
        #expect(ledger.emptied == 2)
        var next = PartLedger(try PartState(ledger.state.json), seen: usual)
        #expect(end(&next, "r", []) == ["a", "b"])
        #expect(end(&next, "s", []) == ["a"])
        #expect(next.state.views.allSatisfy { $0.parts.isEmpty && $0.emptied.isEmpty })
    }

    @Test func oneRowInBetweenBeginsTheCountAnew() {
        var ledger = PartLedger(known(["r": ["a", "b", "c"]]), seen: usual)
        #expect(end(&ledger, "r", []) == [])
        ledger = PartLedger(ledger.state, seen: usual)
        #expect(end(&ledger, "r", ["a", "b"]) == ["c"])
        ledger = PartLedger(ledger.state, seen: usual)
        #expect(end(&ledger, "r", []) == [])
    }

    @Test func aParentThatIsGoneTakesItsRowsAlong() {
        var ledger = PartLedger(known(["r": ["a", "b"], "s": ["a"], "closed": ["c"]]), seen: usual)
        _ = end(&ledger, "s", ["a"])
        let gone = ledger.conclude(alive: ["s", "closed"], isEmpty: false)
        #expect(gone == [.init(parent: "r", keys: ["a", "b"])])
        #expect(keys(ledger.state, "r").isEmpty && keys(ledger.state, "closed") == ["c"])
    }

    @Test func parentsOfAListingThatBecameEmptyAreBelievedAtTheSecondSight() throws {
        var ledger = PartLedger(known(["r": ["a", "b"], "s": ["a"]]), seen: usual)
        #expect(ledger.conclude(alive: [], isEmpty: true).isEmpty)
        #expect(ledger.emptied == 2)
        var next = PartLedger(try PartState(ledger.state.json), seen: usual)
        #expect(next.conclude(alive: [], isEmpty: true).map(\.parent) == ["r", "s"])
    }

    @Test func whoSeesLessOfTheParentsConcludesNothingOfTheirAbsence() {
        let narrow = Self.views(["user=me"])
        var ledger = PartLedger(known(["r": ["a", "b"], "s": ["c"]]), seen: narrow)
        // Rows of a parent that is told are as good as ever.
        #expect(end(&ledger, "r", ["a", "n"]) == ["b"])
        #expect(ledger.conclude(alive: ["r"], isEmpty: false).isEmpty)
        // What only this one met is its own.
        var next = PartLedger(ledger.state, seen: narrow)
        #expect(next.conclude(alive: [], isEmpty: false) == [.init(parent: "r", keys: ["n"])])
        // And the wider one, when it is back, says what became of its parents.
        var wide = PartLedger(ledger.state, seen: usual)
        #expect(wide.conclude(alive: ["r"], isEmpty: false) == [.init(parent: "s", keys: ["c"])])
    }

    @Test func whoSeesLessOfTheRowsConcludesNothingOfTheirAbsence() {
        let whole = Self.views(["all"])
        let narrow = Self.views(["all"], rows: ["user=me"])
        var ledger = PartLedger(known(["t": ["a", "b", "c"]], seen: whole), seen: narrow)
        #expect(end(&ledger, "t", ["a", "n"]) == [])
        ledger = PartLedger(ledger.state, seen: narrow)
        #expect(end(&ledger, "t", ["a"]) == ["n"])
        ledger = PartLedger(ledger.state, seen: whole)
        #expect(end(&ledger, "t", ["a"]) == ["b", "c"])
    }

    @Test func whoSeesMoreTakesTheRowsOver() {
        let whole = Self.views(["all"])
        let narrow = Self.views(["all"], rows: ["user=me"])
        var ledger = PartLedger(known(["t": ["a", "b"]], seen: narrow), seen: whole)
        #expect(end(&ledger, "t", ["a"]) == ["b"])
        // Now only somebody who sees as much can say that it is gone.
        var former = PartLedger(ledger.state, seen: narrow)
        #expect(end(&former, "t", []) == [])
        #expect(former.emptied == 0)
        #expect(keys(former.state, "t") == ["a"])
    }

    @Test func anotherUserTakesOverTheParentsThatItIsTold() {
        let other = Self.views(["user=other", "view-c-room"])
        var ledger = PartLedger(known(["r": ["a", "b"], "mine": ["a"]]), seen: other)
        #expect(end(&ledger, "r", ["a"]) == ["b"])
        #expect(ledger.conclude(alive: ["r"], isEmpty: false).isEmpty)
        var next = PartLedger(ledger.state, seen: other)
        #expect(next.conclude(alive: [], isEmpty: false) == [.init(parent: "r", keys: ["a"])])
        #expect(keys(next.state, "mine") == ["a"])
    }
}
