import JSONBytes
import RocketChatAPI

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
        /// Routes that listed rows before and list none now: taken for true if the next sync finds the same.
        var emptied: [String] = []
        /// Routes whose rows could not be judged, because only thinner listings were read.
        var unjudged: [String] = []
    }

    private struct Walk {
        let source: ListingSource
        let conclusion: ListEndpoint.Conclusion
        let isEverything: Bool
        // Rows that it listed, and the ids of those that are its own from now on.
        var listed = 0
        var met: [String] = []
        // Those of them that nothing says were ever delivered.
        var fresh: [String] = []
        var ending = Ending.broken
    }

    private let before: ListingState
    private let isStamped: Bool
    private let fullness: ListingFullness
    private let owners: [String: Int]
    private var walks: [Walk] = []
    private var seen = KeySet()
    private var isAlive: Set<String> = []
    // Rows that a listing shows to be no rows of this stream.
    private var foreign: Set<String> = []
    /// Rows met that nothing says were ever delivered.
    private(set) var newRows = 0

    init(_ before: ListingState, isStamped: Bool, fullness: ListingFullness) {
        self.before = before
        self.isStamped = isStamped
        self.fullness = fullness
        var owners: [String: Int] = [:]
        for (number, part) in before.parts.enumerated() {
            for id in part.ids ?? [] { owners[id] = number }
        }
        self.owners = owners
    }

    /// Whether the walk that was begun last is the first one.
    var isFirstWalk: Bool { walks.count == 1 }

    /// Begins the walk over a source; `isEverything` if it has all rows that there are.
    mutating func begin(
        _ source: ListingSource, _ conclusion: ListEndpoint.Conclusion = .gone, isEverything: Bool = false
    ) {
        walks.append(Walk(source: source, conclusion: conclusion, isEverything: isEverything))
    }

    /// Ends the walk that was begun last.
    mutating func end(_ ending: Ending) { walks[walks.count - 1].ending = ending }

    /// Whether no walk has met this key before.
    mutating func isFirst(_ key: KeyHash) -> Bool { seen.insert(key) }

    /// Whether a row that the source of the walk begun last would show has not been met.
    var isRowMissing: Bool {
        guard let source = walks.last?.source else { return false }
        return before.parts.contains { source.includes($0.source) && !$0.known.isSubset(of: isAlive) }
    }

    /// Notes that a listing shows the row with this id to be of another stream: a channel that became a private group. That is proof
    /// enough, though the listing may lack other rows.
    mutating func noteForeign(_ id: String) { foreign.insert(id) }

    /// Takes in a row with this key and last change (Unix ms); says whether it is to be delivered.
    mutating func isDue(_ id: String, key: KeyHash, date: Int64?) -> Bool {
        let here = walks.count - 1
        walks[here].listed += 1
        guard seen.insert(key) else { return false }
        isAlive.insert(id)
        let source = walks[here].source
        guard let owner = owners[id].map({ before.parts[$0] }) else {
            guard !isOvershadowed(source) else { return false }
            walks[here].met.append(id)
            if tellsByDate(source) {
                return isYoung(date, since: before.parts.first { $0.source == source }?.updated ?? 0)
            }
            newRows += 1
            walks[here].fresh.append(id)
            return true
        }
        guard !source.includes(owner.source) else {
            walks[here].met.append(id)
            return owner.source.includes(source) ? isYoung(date, since: owner.updated) : true
        }
        guard takes(source, from: owner.source) else { return false }
        walks[here].met.append(id)
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

    // Whether a row of unknown origin may have come from a fuller listing that was not read now.
    private func isOvershadowed(_ source: ListingSource) -> Bool {
        before.parts.contains { part in
            part.ids == nil && fullness.isFuller(part.source.route, than: source.route) && !isRead(part.source)
        }
    }

    // Whether a row that another source gave is this one's from now on: never for fewer fields or a part of the rows.
    private func takes(_ source: ListingSource, from owner: ListingSource) -> Bool {
        // Another user's own rows are as good as the former one's.
        if source.route == owner.route { return !owner.includes(source) }
        if fullness.isFuller(source.route, than: owner.route) { return true }
        return fullness.isAsFull(source.route, as: owner.route) && isRead(owner)
    }

    private func isRead(_ source: ListingSource) -> Bool {
        walks.contains { $0.ending == .complete && $0.source.includes(source) }
    }

    /// The state in the midst of a walk: rows met for the first time are named, in the order of the walk, with nothing claimed of them;
    /// nil if there are too many to name.
    var underway: ListingState? {
        // Told before the names are gathered: a walk of a hundred thousand rows asks for this a hundred times.
        guard newRows <= ListingState.mostIDs else { return nil }
        var parts = before.parts
        for walk in walks {
            if let index = parts.firstIndex(where: { $0.source == walk.source }) {
                let pending = Set(parts[index].pending)
                parts[index].pending += pending.isEmpty ? walk.fresh : walk.fresh.filter { !pending.contains($0) }
            } else {
                parts.append(ListingState.Part(source: walk.source, updated: 0, ids: [], pending: walk.fresh))
            }
        }
        let state = ListingState(parts: parts)
        return state.isTooLong ? nil : state
    }
}

extension ListingLedger {
    /// What follows once all walks have ended, and the state of it; `mark` gives the new mark (Unix ms) of what was followed up
    /// to its argument. `lesser` names the routes of the ways behind the one that was walked, whose rows it contains.
    func conclude(
        lesser: Set<String>, viewer: Viewer, mark: (Int64) -> Int64
    ) -> (Conclusion, ListingState) {
        var conclusion = Conclusion()
        let moved = Set(walks.flatMap(\.met))
        let known = before.parts.reduce(into: Set<String>()) { $0.formUnion($1.known) }
        // One that was met as a row of this stream, too, changed under way: the next sync finds what became of it.
        conclusion.gone = foreign.intersection(known).subtracting(isAlive).sorted()
        var parts: [ListingState.Part] = []
        for part in before.parts {
            var kept = part.without { moved.contains($0) }
            let known = part.known
            let own = walks.first { $0.source.includes(part.source) }
            guard let listed = proof(part.source, by: own, lesser, viewer) else {
                if own == nil, !known.isEmpty { conclusion.unjudged.append(part.source.route) }
                kept.isEmptied = part.isEmptied && own?.listed ?? 0 == 0
                parts.append(kept)
                continue
            }
            guard listed > 0 || known.isEmpty || part.isEmptied else {
                conclusion.emptied.append(part.source.route)
                kept.isEmptied = true
                parts.append(kept)
                continue
            }
            conclusion.gone += known.subtracting(isAlive).subtracting(conclusion.gone).sorted()
            // Rows that another listing has while this one lacks them stay its own, with what of them was delivered.
            kept = kept.without { !isAlive.contains($0) }
            kept.isEmptied = false
            if !kept.known.isEmpty { parts.append(kept) }
        }
        let dead = Set(conclusion.gone)
        return (conclusion, state(parts.map { part in part.without { dead.contains($0) } }, mark))
    }

    /// How many rows the listing had that proves what is gone of `source`; nil if none does. `own` is the walk that includes it.
    private func proof(_ source: ListingSource, by own: Walk?, _ lesser: Set<String>, _ viewer: Viewer) -> Int? {
        // One that lacks rows which others have now does not have everything.
        let everything = walks.first { $0.isEverything && $0.ending == .complete && $0.listed >= isAlive.count }
        let isWayComplete = walks.allSatisfy { mayConclude($0, viewer) }
        if let own, own.ending == .complete, everything != nil || isWayComplete { return own.listed }
        if let everything { return everything.listed }
        guard own == nil, isWayComplete, lesser.contains(source.route) || !fullness.knows(source.route) else {
            return nil
        }
        return walks.reduce(0) { $0 + $1.listed }
    }

    // As equal states are equal text. More are not kept.
    private static func sorted(_ ids: [String]) -> [String] {
        ids.count > ListingState.mostIDs ? ids : ids.sorted()
    }

    private func mayConclude(_ walk: Walk, _ viewer: Viewer) -> Bool {
        walk.ending == .complete && viewer.mayConclude(walk.conclusion, isEmpty: walk.listed == 0)
    }

    private func state(_ kept: [ListingState.Part], _ mark: (Int64) -> Int64) -> ListingState {
        var parts: [ListingState.Part] = []
        for part in kept {
            // Of one source there is one such part, as old as its oldest rows.
            if let index = parts.firstIndex(where: { $0.source == part.source }) {
                parts[index] = parts[index].joined(by: part)
            } else {
                parts.append(part)
            }
        }
        for walk in walks {
            let former = before.parts.filter { $0.source == walk.source }.map(\.updated).max() ?? 0
            let index = parts.firstIndex { $0.source == walk.source }
            if walk.ending == .complete {
                if let index, parts[index].isEmptied { continue }
                parts.append(.init(source: walk.source, updated: mark(former), ids: Self.sorted(walk.met)))
            } else if let index {
                parts[index].ids = parts[index].ids.map { Set($0).union(walk.met).sorted() }
            } else {
                parts.append(.init(source: walk.source, updated: former, ids: Self.sorted(walk.met)))
            }
        }
        return ListingState(parts: parts.filter { $0.isWorthKeeping })
    }
}
