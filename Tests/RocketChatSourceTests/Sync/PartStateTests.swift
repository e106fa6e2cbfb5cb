import AirbyteProtocol
import TestSupport
import Testing

@testable import JSONBytes
@testable import RocketChatSandbox
@testable import RocketChatSource

/// The compact state of a stream that is read whole, parent by parent.
@Suite struct PartStateTests {
    private func state(_ parts: [String: [String]]) -> PartState {
        let all = PartView(scope: ["all"])
        var ledger = PartLedger(PartState(), seen: PartViews(parents: all, rows: all))
        for (parent, keys) in parts.sorted(by: { $0.key < $1.key }) { _ = ledger.meet(keys, of: parent) }
        return ledger.state
    }

    private func parts(_ state: PartState) -> [[String: Set<String>]] {
        state.views.map { view in view.parts.mapValues { Set($0.map { state.table.keys[$0] }) } }
    }

    @Test func ascendingNumbersComeBackFromTheirText() {
        var random = SeededRandom(3)
        for _ in 0..<500 {
            let limit = 1 + random.below(random.pick([3, 40, 1000, 70_000, 40_000_000]))
            let numbers = Set((0..<random.below(60)).map { _ in random.below(limit) }).sorted()
            let text = DeltaText.text(numbers)
            #expect(DeltaText.numbers(text, below: limit) == numbers)
            if let last = numbers.last { #expect(DeltaText.numbers(text, below: last) == nil) }
        }
        #expect(DeltaText.text([0, 1, 2, 3]) == "AAAA")
    }

    @Test func noTextTrapsTheReader() {
        var random = SeededRandom(5)
        let alphabet = Array("ABCZaz09-_ \"é\u{0}".unicodeScalars)
        for _ in 0..<5000 {
            var text = ""
            for _ in 0..<random.below(24) { text.unicodeScalars.append(random.pick(alphabet)) }
            let numbers = DeltaText.numbers(text, below: random.pick([0, 1, 100, Int.max])) ?? []
            #expect(numbers == Set(numbers).sorted())
        }
        #expect(DeltaText.numbers(String(repeating: "_", count: 40) + "A", below: .max) == nil)
        #expect(DeltaText.numbers("_", below: 100) == nil)
    }

    @Test func aStateComesBackFromItsText() throws {
        var state = state(["GENERAL": ["anna", "ben"], "r2": ["ben"], "r3": ["carl \"x\"", "", "ü"]])
        state.at = 1_795_165_200_000
        state.views[0].emptied = ["r2"]
        state.views[0].isEmptied = true
        let back = try PartState(try JSON(parsing: state.json.bytes))
        #expect(parts(back) == parts(state))
        #expect(back.views[0].emptied == ["r2"] && back.views[0].isEmptied && back.at == state.at)
        #expect(back.json == state.json)
    }

    @Test(arguments: [nil, "null", "{}", #"{"__ab_no_cursor_state_message":true}"#])
    func statesOfFormerSyncsKnowNothing(text: String?) throws {
        let state = try PartState(try text.map { try JSON(parsing: Array($0.utf8)) })
        #expect(state == PartState())
    }

    @Test(arguments: [
        "7", #"{"version":9}"#, #"{"version":1,"keys":[7]}"#, #"{"version":1,"at":"x"}"#,
        #"{"version":1,"keys":["a"],"views":[{}]}"#,
        #"{"version":1,"keys":["a"],"views":[{"parents":[],"rows":[],"parts":{"r":7}}]}"#,
        #"{"version":1,"keys":["a"],"views":[{"parents":[],"rows":[],"parts":{"r":"B"}}]}"#,
        #"{"version":1,"keys":["a"],"views":[{"parents":[],"rows":[],"parts":{"r":"____________A"}}]}"#,
        #"{"version":1,"keys":["a"],"views":[{"parents":[],"rows":[],"parts":{"r":"g"}}]}"#,
    ])
    func aStateThatNoSyncWroteIsRefused(text: String) throws {
        let json = try JSON(parsing: Array(text.utf8))
        #expect(throws: StateError.self) { try PartState(json) }
    }

    @Test func aKeyThatIsNamedTwiceIsOneKey() throws {
        let json = try JSON(
            parsing: Array(
                #"{"version":1,"keys":["a","a","b"],"views":[{"parents":[],"rows":[],"parts":{"r":"AAA"}}]}"#.utf8))
        #expect(parts(try PartState(json)) == [["r": ["a", "b"]]])
    }

    @Test(arguments: [(1000, 10), (10_000, 1000), (10_000, 10), (10_000, 10_000)])
    func aHundredThousandMembershipsOfTenThousandUsersStayBelowAMegabyte(users: Int, perRoom: Int) throws {
        var random = SeededRandom(7)
        let people = (0..<users).map { _ in random.identifier() }
        var parts: [String: [String]] = [:]
        for _ in 0..<(100_000 / perRoom) {
            var members: Set<String> = []
            while members.count < perRoom {
                members.insert(perRoom == users ? people[members.count] : random.pick(people))
            }
            parts[random.identifier()] = Array(members)
        }
        let state = state(parts)
        #expect(state.size <= PartState.mostBytes)
        let bytes = state.json.bytes.count
        #expect(bytes < 1_000_000)
        #expect(try PartState(try JSON(parsing: state.json.bytes)).json == state.json)
        print("\(100_000) memberships of \(users) users in rooms of \(perRoom): \(bytes) bytes of state")
    }

    @Test func aboveTheBoundNoKeysAreKept() throws {
        let keys = (0..<60_000).map { "user-\($0)-of-the-workspace" }
        var state = state(["r": keys])
        state.at = 5
        #expect(state.size > PartState.mostBytes)
        #expect(state.json.text == #"{"at":5,"version":1}"#)
        #expect(try PartState(state.json).views.isEmpty)
    }
}
