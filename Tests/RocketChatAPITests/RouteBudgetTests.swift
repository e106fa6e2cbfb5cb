import RocketChatAPI
import Testing

extension RouteBudget {
    /// Learns from an answer that took no time.
    fileprivate mutating func record(_ signal: RateLimitSignal, at now: ServerClock.Bounds) {
        record(signal, sent: now, at: now)
    }
}

struct RouteBudgetTests {
    private let reset: Int64 = 160_000

    private func at(_ time: Int64) -> ServerClock.Bounds { ServerClock.Bounds(floor: time, ceiling: time) }

    private func told(_ remaining: Int, reset: Int64 = 160_000, limit: Int = 10) -> RateLimitSignal {
        RateLimitSignal(limit: limit, remaining: remaining, reset: reset)
    }

    private func decisions(_ budget: inout RouteBudget, _ count: Int, at time: Int64) -> [RouteBudget.Decision] {
        (0..<count).map { _ in budget.admit(at: at(time)) }
    }

    @Test("The first call of an unknown route is a scout")
    func sendsScout() {
        var budget = RouteBudget()
        #expect(decisions(&budget, 2, at: 100_000) == [.go, .waitForAnswer(orAfter: nil)])
        budget.record(told(9), at: at(100_010))
        #expect(
            decisions(&budget, 10, at: 100_020) == Array(repeating: .go, count: 9) + [.waitForAnswer(orAfter: reset)])
        #expect(budget.limit == 10)
    }

    @Test("A used-up window is waited for until the server's clock has passed its reset")
    func waitsForReset() {
        var budget = RouteBudget()
        _ = budget.admit(at: at(100_000))
        budget.record(told(0), at: at(100_010))
        #expect(budget.admit(at: at(100_020)) == .wait(until: reset))
        #expect(budget.admit(at: ServerClock.Bounds(floor: reset, ceiling: reset + 900)) == .wait(until: reset))
        #expect(budget.admit(at: at(reset + 1)) == .go)
    }

    @Test("After a window of our own the next one opens with a burst up to the limit")
    func bursts() {
        var budget = RouteBudget()
        _ = budget.admit(at: at(100_000))
        budget.record(told(9), at: at(100_010))
        for remaining in (0..<9).reversed() {
            #expect(budget.admit(at: at(100_020)) == .go)
            budget.record(told(remaining), at: at(100_030))
        }
        let burst = decisions(&budget, 11, at: reset + 1)
        #expect(burst == Array(repeating: .go, count: 10) + [.waitForAnswer(orAfter: nil)])
    }

    @Test("After a window that others used too a scout goes first, then half of what remains")
    func scoutsWhenShared() {
        var budget = RouteBudget()
        _ = budget.admit(at: at(100_000))
        budget.record(told(9), at: at(100_010))
        _ = budget.admit(at: at(100_020))
        budget.record(told(3), at: at(100_030))
        #expect(decisions(&budget, 2, at: reset + 1) == [.go, .waitForAnswer(orAfter: nil)])
        budget.record(told(4, reset: 230_000), at: at(reset + 20))
        #expect(
            decisions(&budget, 3, at: reset + 30) == [.go, .go, .waitForAnswer(orAfter: 230_000)])
    }

    @Test("Answers may come in any order", arguments: [[8, 7, 6, 5], [5, 6, 7, 8], [7, 5, 8, 6]])
    func learnsOutOfOrder(order: [Int]) {
        var budget = RouteBudget()
        _ = budget.admit(at: at(100_000))
        budget.record(told(9), at: at(100_010))
        _ = decisions(&budget, 4, at: 100_020)
        for (index, remaining) in order.enumerated() {
            budget.record(told(remaining, reset: reset + Int64(index % 3)), at: at(100_030))
        }
        #expect(decisions(&budget, 6, at: 100_040).filter { $0 == .go }.count == 5)
    }

    @Test("An overtaken answer of an earlier window changes nothing")
    func ignoresStaleAnswers() {
        var budget = RouteBudget()
        _ = budget.admit(at: at(100_000))
        budget.record(told(9), at: at(100_010))
        _ = decisions(&budget, 2, at: 100_020)
        _ = budget.admit(at: at(reset + 1))
        budget.record(told(9, reset: 230_000), at: at(reset + 10))
        budget.record(told(0), at: at(reset + 20))
        budget.record(told(1), at: at(reset + 20))
        #expect(decisions(&budget, 10, at: reset + 30).filter { $0 == .go }.count == 9)
    }

    @Test(
        "A refusal is obeyed by its reset, its seconds, or a minute",
        arguments: [
            (RateLimitSignal(limit: 10, remaining: 0, reset: 142_000, isRefusal: true, seconds: 42), 142_000),
            (RateLimitSignal(isRefusal: true, seconds: 7), 107_500),
            (RateLimitSignal(isRefusal: true), 160_500),
        ] as [(RateLimitSignal, Int64)])
    func obeysRefusals(signal: RateLimitSignal, until: Int64) {
        var budget = RouteBudget()
        _ = budget.admit(at: at(100_000))
        var refusal = signal
        refusal.isSuccess = false
        budget.record(refusal, at: ServerClock.Bounds(floor: 100_000, ceiling: 100_500))
        #expect(budget.admit(at: at(100_600)) == .wait(until: until))
        #expect(budget.admit(at: at(until), bypass: true) == .wait(until: until))
        #expect(budget.admit(at: at(until + 1)) == .go)
    }

    @Test("With the bypass permission the budget is ignored")
    func bypasses() {
        var budget = RouteBudget()
        _ = budget.admit(at: at(100_000))
        budget.record(told(0), at: at(100_010))
        let all = (0..<20).map { _ in budget.admit(at: at(100_020), bypass: true) }
        #expect(all.allSatisfy { $0 == .go })
    }

    @Test("A success without headers means no limit, an error without them means nothing")
    func recognisesUnlimited() {
        var budget = RouteBudget()
        _ = budget.admit(at: at(100_000))
        budget.record(RateLimitSignal(isSuccess: false), at: at(100_010))
        #expect(decisions(&budget, 2, at: 100_020) == [.go, .waitForAnswer(orAfter: nil)])
        budget.record(RateLimitSignal(), at: at(100_030))
        #expect(decisions(&budget, 30, at: 100_040).allSatisfy { $0 == .go })
    }

    @Test("A lost call counts against the window if it may have reached the server")
    func countsLostCalls() {
        var budget = RouteBudget()
        _ = budget.admit(at: at(100_000))
        budget.record(told(2), at: at(100_010))
        _ = budget.admit(at: at(100_020))
        budget.lose(mayHaveCounted: false)
        _ = budget.admit(at: at(100_020))
        budget.lose(mayHaveCounted: true)
        #expect(decisions(&budget, 2, at: 100_030) == [.go, .waitForAnswer(orAfter: reset)])
    }

    @Test("When all calls of a fresh window are lost, a scout may go")
    func recoversFromLostBurst() {
        var budget = RouteBudget()
        _ = budget.admit(at: at(100_000))
        budget.record(told(1, limit: 2), at: at(100_010))
        _ = budget.admit(at: at(100_020))
        budget.record(told(0, limit: 2), at: at(100_030))
        #expect(decisions(&budget, 2, at: reset + 1) == [.go, .go])
        budget.lose(mayHaveCounted: true)
        budget.lose(mayHaveCounted: true)
        #expect(decisions(&budget, 2, at: reset + 2) == [.go, .waitForAnswer(orAfter: nil)])
    }

    @Test("The length of a window is learned from its first call, and only from that")
    func learnsInterval() {
        var budget = RouteBudget()
        _ = budget.admit(at: at(100_000))
        budget.record(told(4), at: at(100_000))
        #expect(budget.interval == nil)
        _ = budget.admit(at: at(reset + 1))
        budget.record(told(9, reset: 220_001), at: at(reset + 1))
        #expect(budget.interval == 60_000)
    }

    @Test("An answer that was long in coming does not shorten the window")
    func learnsIntervalFromASlowAnswer() {
        var budget = RouteBudget()
        _ = budget.admit(at: at(100_000))
        budget.record(told(9), sent: at(100_000), at: at(140_000))
        #expect(budget.interval == 60_000)
    }

    @Test("A changed limit is taken over", arguments: [3, 100])
    func followsNewLimit(limit: Int) {
        var budget = RouteBudget()
        _ = budget.admit(at: at(100_000))
        budget.record(told(9), at: at(100_010))
        _ = budget.admit(at: at(100_020))
        budget.record(told(limit - 1, reset: 161_000, limit: limit), at: at(100_030))
        #expect(budget.limit == limit)
        #expect(decisions(&budget, 200, at: 100_040).filter { $0 == .go }.count == limit - 1)
    }
}
