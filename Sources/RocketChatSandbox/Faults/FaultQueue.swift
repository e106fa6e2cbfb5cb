/// The faults that wait for requests, in the order of their injection.
struct FaultQueue: Sendable {
    /// A fault that waits for requests.
    private struct Injection: Sendable {
        /// The number that lifts it.
        let id: Int
        /// The fault, with what is left of its counts.
        var fault: Fault
        /// Matching requests met after those to let pass.
        var met = 0
    }

    private var injections: [Injection] = []
    /// Faults injected so far.
    private var injected = 0
    /// Randomness of faults that strike by chance.
    private var chance: SeededRandom

    /// An empty queue for a workspace of that seed.
    init(seed: UInt64) {
        chance = SeededRandom(seed ^ 0xFA17)
    }

    /// Takes in a fault; returns the number that lifts it.
    mutating func inject(_ fault: Fault) -> Int {
        injected += 1
        injections.append(Injection(id: injected, fault: fault))
        return injected
    }

    /// Takes one fault back; nothing happens when it has been used up.
    mutating func lift(_ fault: Int) {
        injections.removeAll { $0.id == fault }
    }

    /// Takes every fault back.
    mutating func clear() {
        injections = []
    }

    /// The faults that strike a request, each used up by one: the first of all, and those of the clock next to it.
    mutating func strike(route: String?, query: Substring, isAPI: Bool) -> [Fault] {
        var struck: [Fault] = []
        var isTaken = false
        for index in injections.indices {
            let fault = injections[index].fault
            if isTaken, !fault.isOfTheClock { continue }
            guard fault.matches(route: route, query: query, isAPI: isAPI), strikes(index) else { continue }
            struck.append(fault)
            if !fault.isOfTheClock { isTaken = true }
        }
        injections.removeAll { $0.fault.count.map { $0 <= 0 } ?? false }
        return struck
    }

    /// Whether a fault strikes a request that it matches.
    private mutating func strikes(_ index: Int) -> Bool {
        let fault = injections[index].fault
        guard fault.count != 0 else { return false }
        if fault.skip > 0 {
            injections[index].fault.skip -= 1
            return false
        }
        injections[index].met += 1
        guard fault.every <= 1 || injections[index].met % fault.every == 0 else { return false }
        guard fault.probability >= 1 || chance.chance(fault.probability) else { return false }
        injections[index].fault.count = fault.count.map { $0 - 1 }
        return true
    }
}

extension Fault {
    /// Whether it strikes next to others.
    var isOfTheClock: Bool {
        if case .dated = kind { true } else { false }
    }

    /// Whether it is aimed at a request.
    func matches(route: String?, query: Substring, isAPI: Bool) -> Bool {
        guard self.route.map({ $0 == route }) ?? isAPI else { return false }
        return queryContains.map { query.contains($0) } ?? true
    }
}
