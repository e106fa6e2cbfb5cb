import Testing

@testable import RocketChatSource

/// What follows from the rows that parents have and lack.
@Suite struct PartLedgerTests {
    private let view = PartView(scope: ["user=me", "view-c-room"])

    /// What a ledger that sees `scope` goes on from: `parts` are the rows of each parent.
    private func known(_ parts: [String: [String]], scope: Set<String>? = nil) -> PartState {
        var ledger = PartLedger(PartState(), view: scope.map { PartView(scope: $0) } ?? view)
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
        var ledger = PartLedger(known(["r": ["a", "b", "c"], "s": ["a"]]), view: view)
        #expect(end(&ledger, "r", ["b", "d"]) == ["a", "c"])
        #expect(keys(ledger.state, "r") == ["b", "d"])
        #expect(keys(ledger.state, "s") == ["a"])
        #expect(ledger.newRows == 1)
    }

    @Test func newRowsAreNamedAtOnceAndKnownOnesAreNotNew() {
        var ledger = PartLedger(known(["r": ["a"]]), view: view)
        #expect(ledger.meet(["a", "b"], of: "r") == 1)
        #expect(ledger.meet(["b"], of: "r") == 0)
        #expect(ledger.meet(["a"], of: "s") == 1)
        #expect(keys(ledger.state, "r") == ["a", "b"])
    }

    @Test func aParentThatWasNotReadWholeConcludesNothingAndForgetsNothing() {
        var ledger = PartLedger(known(["r": ["a", "b"], "s": ["a", "b"], "t": ["a"]]), view: view)
        #expect(end(&ledger, "r", ["a"], .short) == [])
        #expect(end(&ledger, "s", [], mayConclude: false) == [])
        // Failed half-way: it never ends.
        _ = ledger.meet(["x"], of: "t")
        #expect(keys(ledger.state, "r") == ["a", "b"])
        #expect(keys(ledger.state, "s") == ["a", "b"])
        #expect(keys(ledger.state, "t") == ["a", "x"])
    }

    @Test func manyRowsToNoneAreBelievedAtTheSecondSight() throws {
        var ledger = PartLedger(known(["r": ["a", "b"], "s": ["a"]]), view: view)
        #expect(end(&ledger, "r", []) == [])
        #expect(end(&ledger, "s", []) == ["a"])
        #expect(ledger.emptied == 1)
        var next = PartLedger(try PartState(ledger.state.json), view: view)
        #expect(end(&next, "r", []) == ["a", "b"])
        #expect(next.state.views.allSatisfy { $0.parts.isEmpty && $0.emptied.isEmpty })
    }

    @Test func oneRowInBetweenBeginsTheCountAnew() {
        var ledger = PartLedger(known(["r": ["a", "b", "c"]]), view: view)
        #expect(end(&ledger, "r", []) == [])
        ledger = PartLedger(ledger.state, view: view)
        #expect(end(&ledger, "r", ["a", "b"]) == ["c"])
        ledger = PartLedger(ledger.state, view: view)
        #expect(end(&ledger, "r", []) == [])
    }

    @Test func aParentThatIsGoneTakesItsRowsAlong() {
        var ledger = PartLedger(known(["r": ["a", "b"], "s": ["a"], "closed": ["c"]]), view: view)
        _ = end(&ledger, "s", ["a"])
        let gone = ledger.conclude(alive: ["s", "closed"], isEmpty: false)
        #expect(gone == [.init(parent: "r", keys: ["a", "b"])])
        #expect(keys(ledger.state, "r").isEmpty && keys(ledger.state, "closed") == ["c"])
    }

    @Test func parentsOfAListingThatBecameEmptyAreBelievedAtTheSecondSight() throws {
        var ledger = PartLedger(known(["r": ["a", "b"], "s": ["a"]]), view: view)
        #expect(ledger.conclude(alive: [], isEmpty: true).isEmpty)
        #expect(ledger.emptied == 2)
        var next = PartLedger(try PartState(ledger.state.json), view: view)
        #expect(next.conclude(alive: [], isEmpty: true).map(\.parent) == ["r", "s"])
    }

    @Test func whoSeesLessConcludesNothingOfWhatWasSeenByMore() {
        let narrow = PartView(scope: ["user=me"])
        var ledger = PartLedger(known(["r": ["a", "b"], "s": ["c"]]), view: narrow)
        #expect(end(&ledger, "r", ["a", "n"]) == [])
        #expect(ledger.conclude(alive: ["r"], isEmpty: false).isEmpty)
        // What it met besides is its own.
        var next = PartLedger(ledger.state, view: narrow)
        #expect(end(&next, "r", ["a"]) == ["n"])
        // And the wider one, when it is back, says what became of its rows.
        var wide = PartLedger(next.state, view: view)
        #expect(end(&wide, "r", ["a"]) == ["b"])
        #expect(wide.conclude(alive: ["r"], isEmpty: false) == [.init(parent: "s", keys: ["c"])])
    }

    @Test func whoSeesMoreTakesTheRowsOver() {
        let all = PartView(scope: ["all"])
        var ledger = PartLedger(known(["r": ["a", "b"]]), view: all)
        #expect(end(&ledger, "r", ["a"]) == ["b"])
        // Now they are known to a view that the former one does not include.
        var former = PartLedger(ledger.state, view: view)
        #expect(end(&former, "r", []) == [])
        #expect(former.emptied == 0)
        #expect(keys(former.state, "r") == ["a"])
    }

    @Test func anotherUserTakesOverWhatItMeets() {
        let other = PartView(scope: ["user=other", "view-c-room"])
        var ledger = PartLedger(known(["r": ["a", "b"], "mine": ["a"]]), view: other)
        #expect(end(&ledger, "r", ["a"]) == [])
        #expect(ledger.conclude(alive: ["r"], isEmpty: false).isEmpty)
        var next = PartLedger(ledger.state, view: other)
        #expect(end(&next, "r", []) == ["a"])
        #expect(keys(next.state, "mine") == ["a"] && keys(next.state, "r") == ["b"])
    }
}
