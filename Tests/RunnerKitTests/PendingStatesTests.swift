import AirbyteProtocol
import JSONBytes
import Testing

@testable import RunnerKit

/// Which state an echo confirms.
struct PendingStatesTests {
    private func payload(_ stream: String, _ state: String, id: Int64? = nil) throws -> JSON {
        let number = id.map { #","id":\#($0)"# } ?? ""
        return try JSON(
            parsing: Array(
                #"{"type":"STREAM","stream":{"stream_descriptor":{"name":"\#(stream)"},"stream_state":\#(state)}\#(number)}"#
                    .utf8))
    }

    @Test func anEchoConfirmsAllEarlierStatesOfItsStreamOnly() throws {
        var pending = PendingStates()
        for number in 1...3 { _ = pending.add(try payload("a", #"{"n":\#(number)}"#)) }
        _ = pending.add(try payload("b", #"{"n":1}"#))
        #expect(pending.confirm(try payload("a", #"{"n":2}"#)) == .confirms(try payload("a", #"{"n":2}"#)))
        #expect(pending.counts(of: StreamKey("a")) == (3, 2))
        #expect(pending.counts(of: StreamKey("b")) == (1, 0))
        #expect(Set(pending.unconfirmed) == [StreamKey("a"), StreamKey("b")])
    }

    @Test func theNumberTellsEqualStatesApart() throws {
        var pending = PendingStates()
        for state in [#"{"n":1}"#, #"{"n":2}"#, #"{"n":1}"#] { _ = pending.add(try payload("a", state)) }
        #expect(pending.confirm(try payload("a", #"{"n":1}"#, id: 3)) == .confirms(try payload("a", #"{"n":1}"#)))
        #expect(pending.unconfirmed.isEmpty)
        #expect(pending.confirm(try payload("a", #"{"n":2}"#, id: 2)) == .repeats)
    }

    @Test func whatWasWrittenDifferentlyIsTheSameAndTheSourcesWordsAreKept() throws {
        var pending = PendingStates()
        let original = try payload(
            "a", #"{"n":1.50,"big":12345678901234567890,"none":null,"deep":{"x":[1,"é"],"y":true}}"#)
        _ = pending.add(original)
        let echo = try payload("a", #"{"deep":{"y":true,"x":[1.0,"\u00e9"]},"big":12345678901234567890,"n":1.5}"#)
        #expect(pending.confirm(echo) == .confirms(original))
        #expect(pending.confirm(echo) == .repeats)
    }

    @Test(arguments: [
        #"{"n":4}"#, #"{"n":"3"}"#, #"{"n":3,"m":1}"#, "{}", "[3]",
    ])
    func anythingElseIsUnknown(state: String) throws {
        var pending = PendingStates()
        _ = pending.add(try payload("a", #"{"n":3}"#))
        #expect(pending.confirm(try payload("a", state)) == .unknown)
        #expect(pending.confirm(try payload("a", state, id: 1)) == .unknown, "the number alone is not believed")
        #expect(pending.confirm(try payload("a", #"{"n":3}"#, id: 7)) == .unknown, "no such number went out")
        #expect(pending.confirm(try payload("b", #"{"n":3}"#)) == .unknown)
    }

    @Test func memoryIsBoundedAndTheNewestStateStays() throws {
        var pending = PendingStates(limit: 2_000)
        for number in 1...300 { _ = pending.add(try payload("a", #"{"n":\#(number)}"#)) }
        #expect(pending.size <= 2_000)
        #expect(pending.counts(of: StreamKey("a")) == (300, 0))
        var steps = 0
        for number in Int64(200)...299 {
            let state = #"{"n":\#(number)}"#
            var (unnumbered, numbered) = (pending, pending)
            guard unnumbered.confirm(try payload("a", state)) == .repeats else { continue }
            // One that was not kept is no news by itself; by its number it confirms the one before it.
            guard case .confirms(let earlier) = numbered.confirm(try payload("a", state, id: number)) else { continue }
            #expect(try #require(earlier["stream"]?["stream_state"]?["n"]?.integer) < number)
            steps += 1
        }
        #expect(steps > 10)
        #expect(pending.confirm(try payload("a", #"{"n":300}"#)) == .confirms(try payload("a", #"{"n":300}"#)))
        #expect(pending.size == 0 && pending.counts(of: StreamKey("a")) == (300, 300))
    }

    /// Sources that send a state with each record, and destinations that confirm all of them at their end, without numbers.
    @Test func manyStatesAreSoonFound() throws {
        var pending = PendingStates(countLimit: 100)
        for number in 1...2_000 { _ = pending.add(try payload("a", #"{"n":\#(number)}"#)) }
        #expect(pending.count <= 100)
        var confirmed: [Int64] = []
        for number in 1...2_000 {
            if case .confirms(let state) = pending.confirm(try payload("a", #"{"n":\#(number).0}"#)) {
                confirmed.append(try #require(state["stream"]?["stream_state"]?["n"]?.integer))
            }
        }
        #expect((10...100).contains(confirmed.count) && confirmed.last == 2_000 && confirmed == confirmed.sorted())
        #expect(pending.count == 0 && pending.unconfirmed.isEmpty)
    }

    @Test func statesAboutAllStreamsHaveAQueueOfTheirOwn() throws {
        var pending = PendingStates()
        let global = try JSON(
            parsing: Array(#"{"type":"GLOBAL","global":{"shared_state":{"lsn":7},"stream_states":[]}}"#.utf8))
        _ = pending.add(global)
        let echo = try JSON(
            parsing: Array(#"{"type":"GLOBAL","global_":{"stream_states":[],"shared_state":{"lsn":7}},"id":1}"#.utf8))
        #expect(pending.confirm(echo) == .confirms(global))
    }
}
