import AirbyteProtocol

/// What is known of a listing's rows: what earlier syncs delivered, what this one has met, and what follows from both. Pure.
struct ListingLedger {
    /// How the walk over one source ended.
    enum Ending {
        /// Every row that the server counts was met.
        case complete
        /// The server counts more or fewer rows than it handed out, or did not get on: nothing follows from a row that was not met.
        case short
        /// It was refused or failed: the rows met so far stand.
        case broken
    }

    /// What follows from a sync.
    struct Conclusion: Sendable, Equatable {
        /// Ids of the rows that are gone.
        var gone: [String] = []
        /// Sources that listed many rows before and list none now: taken for true if the next sync finds the same.
        var emptied: [String] = []
        /// Routes whose rows could not be judged, because only thinner listings were read.
        var unjudged: [String] = []
    }

    private struct Walk {
        let source: ListingSource
        let conclusion: ListEndpoint.Conclusion
        var met: [String] = []
        var ending = Ending.broken
    }

    private let before: ListingState
    private let isStamped: Bool
    /// Routes in order of fullness: of two that list a row, the earlier one has more of it.
    private let order: [String]
    private let owners: [String: Int]
    private var walks: [Walk] = []
    private var seen = KeySet()
    private var isAlive: Set<String> = []
    /// Rows met that nothing says were ever delivered.
    private(set) var strangers = 0

    /// A ledger that goes on from `before`; `order` names the listing's routes, the fuller ones first.
    init(_ before: ListingState, isStamped: Bool, order: [String]) {
        self.before = before
        self.isStamped = isStamped
        self.order = order
        var owners: [String: Int] = [:]
        for (number, part) in before.parts.enumerated() {
            for id in part.ids ?? [] { owners[id] = number }
        }
        self.owners = owners
    }

    /// Whether the walk that was begun last is the first one.
    var isFirstWalk: Bool { walks.count == 1 }

    /// Begins the walk over a source.
    mutating func begin(_ source: ListingSource, _ conclusion: ListEndpoint.Conclusion = .gone) {
        walks.append(Walk(source: source, conclusion: conclusion))
    }

    /// Ends the walk that was begun last.
    mutating func end(_ ending: Ending) { walks[walks.count - 1].ending = ending }

    /// The source being walked turned out to be this one: a pass was refused.
    mutating func narrow(to source: ListingSource) {
        let walk = walks.removeLast()
        var narrowed = Walk(source: source, conclusion: walk.conclusion)
        narrowed.met = walk.met
        walks.append(narrowed)
    }

    /// Whether no walk has met this key before.
    mutating func isFirst(_ key: KeyHash) -> Bool { seen.insert(key) }

    /// Takes in a row with this key and last change (Unix ms); says whether it is to be delivered.
    mutating func isDue(_ id: String, key: KeyHash, date: Int64?) -> Bool {
        guard seen.insert(key) else { return false }
        isAlive.insert(id)
        let source = walks[walks.count - 1].source
        guard let owner = owners[id].map({ before.parts[$0] }) else {
            walks[walks.count - 1].met.append(id)
            if tellsByDate(source) {
                return isYoung(date, since: before.parts.first { $0.source == source }?.updated ?? 0)
            }
            strangers += 1
            return true
        }
        if source.includes(owner.source) {
            walks[walks.count - 1].met.append(id)
            return owner.source.includes(source) ? isYoung(date, since: owner.updated) : true
        }
        guard isFuller(source.route, than: owner.source.route) else { return false }
        walks[walks.count - 1].met.append(id)
        return true
    }

    private func isYoung(_ date: Int64?, since mark: Int64) -> Bool {
        guard isStamped, let date else { return true }
        return date > mark
    }

    // There are too many rows to keep their ids: dates alone tell what is new.
    private func tellsByDate(_ source: ListingSource) -> Bool {
        before.parts.contains { $0.ids == nil && source.includes($0.source) }
    }

    private func isFuller(_ route: String, than other: String) -> Bool {
        guard let here = order.firstIndex(of: route), let there = order.firstIndex(of: other) else { return false }
        return here < there
    }

    /// The state in the midst of a walk: rows met for the first time are named, with nothing claimed of them.
    var underway: ListingState {
        var parts = before.parts
        for walk in walks {
            let fresh = walk.met.filter { owners[$0] == nil }
            if let index = parts.firstIndex(where: { $0.source == walk.source }) {
                parts[index].pending = Set(parts[index].pending).union(fresh).sorted()
            } else {
                parts.append(
                    ListingState.Part(source: walk.source, updated: 0, ids: [], pending: fresh.sorted()))
            }
        }
        return ListingState(parts: parts)
    }
}

extension ListingLedger {
    /// What follows once all walks have ended, and the state of it; `mark` gives the new mark (Unix ms) of what was followed up
    /// to its argument. `lesser` names the routes of the ways behind the one that was walked, whose rows it contains.
    func conclude(
        lesser: Set<String>, roles: [String], mark: (Int64) -> Int64
    ) -> (Conclusion, ListingState) {
        var conclusion = Conclusion()
        var parts: [ListingState.Part] = []
        let isWayComplete = walks.allSatisfy { $0.ending == .complete && mayConclude($0, roles) }
        var judged: Set<Int> = []
        for (number, part) in before.parts.enumerated() {
            let judge = walks.first { $0.source.includes(part.source) }
            let isComplete = judge.map { $0.ending == .complete && mayConclude($0, roles) } ?? false
            let isCovered =
                judge == nil && isWayComplete
                && (lesser.contains(part.source.route) || !order.contains(part.source.route))
            guard isComplete || isCovered else {
                if judge == nil { conclusion.unjudged.append(part.source.route) }
                continue
            }
            let gone = Set(part.ids ?? []).union(part.pending).subtracting(isAlive)
            let met = judge?.met.count ?? walks.reduce(0) { $0 + $1.met.count }
            if met == 0, gone.count > 1, !part.isEmptied {
                conclusion.emptied.append(part.source.route)
                parts.append(
                    ListingState.Part(
                        source: part.source, updated: part.updated, ids: part.ids, pending: part.pending,
                        isEmptied: true))
                judged.insert(number)
                continue
            }
            conclusion.gone += gone.sorted()
            judged.insert(number)
        }
        let dead = Set(conclusion.gone)
        let moved = Set(walks.flatMap(\.met))
        // What no walk could judge stays as it is, but for rows that a fuller or wider listing has now.
        for (number, part) in before.parts.enumerated() where !judged.contains(number) {
            var kept = part
            kept.ids = part.ids?.filter { !moved.contains($0) && !dead.contains($0) }
            kept.pending = part.pending.filter { !moved.contains($0) && !dead.contains($0) }
            parts.append(kept)
        }
        for walk in walks {
            let former = before.parts.first { $0.source == walk.source }
            let isHeld = parts.contains { $0.isEmptied && $0.source == walk.source }
            if isHeld { continue }
            // A row that another listing has while this one does not stays its own: the fuller row must not be overwritten.
            let elsewhere = former?.ids?.filter { isAlive.contains($0) && !moved.contains($0) } ?? []
            let updated = walk.ending == .complete ? mark(former?.updated ?? 0) : former?.updated ?? 0
            let ids = Set(walk.met).union(elsewhere)
            if let index = parts.firstIndex(where: { $0.source == walk.source }) {
                parts[index].updated = updated
                parts[index].ids = parts[index].ids.map { Set($0).union(ids).sorted() }
            } else {
                parts.append(ListingState.Part(source: walk.source, updated: updated, ids: ids.sorted()))
            }
        }
        return (conclusion, ListingState(parts: parts.filter { $0.isWorthKeeping }))
    }

    private func mayConclude(_ walk: Walk, _ roles: [String]) -> Bool {
        switch walk.conclusion {
        case .gone: true
        case .goneUnlessEmpty: !walk.met.isEmpty
        case .goneFor(let needed): !needed.isDisjoint(with: roles)
        }
    }
}
