/// What is known of the rows of a stream that is read whole, parent by parent: what earlier syncs delivered, what this one has met, and
/// what follows from both. Pure.
struct PartLedger: Sendable {
    /// How the walk over one parent's rows ended.
    enum Ending: Sendable {
        /// Every row that the server counts was met.
        case complete
        /// Not so: nothing follows from a row that was not met.
        case short
    }

    /// Rows of one parent that are gone.
    struct Parting: Sendable, Equatable {
        /// The id of their parent.
        let parent: String
        /// Their keys.
        let keys: [String]
    }

    /// What is known; while a walk is under way it names every row that has been met.
    private(set) var state: PartState
    /// Rows met that nothing says were ever delivered.
    private(set) var newRows = 0
    /// How many parents had rows before and have none now: believed at the second sync.
    private(set) var emptied = 0
    private let seen: PartViews
    private let here: Int
    // Numbers of the keys met, of parents that are under way.
    private var met: [String: Set<Int>] = [:]

    /// What a sync that sees as much as `seen` goes on from.
    init(_ before: PartState, seen: PartViews) {
        state = before
        self.seen = seen
        here = state.place(of: seen)
    }

    /// Takes in rows of `parent`; returns how many of them nothing says were ever delivered. They are named from now on.
    mutating func meet(_ keys: [String], of parent: String) -> Int {
        let before = newRows
        for key in keys {
            let number = state.table.number(of: key)
            met[parent, default: []].insert(number)
            if state.views.contains(where: { $0.parts[parent]?.contains(number) ?? false }) { continue }
            state.views[here].parts[parent, default: []].insert(number)
            newRows += 1
        }
        return newRows - before
    }

    /// Whether a row of `parent` that this sync would see has not been met.
    func isRowMissing(of parent: String) -> Bool { !missing(of: parent, met: met[parent] ?? []).isEmpty }

    // Numbers of the rows that are not among those met, of every view that this one includes.
    private func missing(of parent: String, met: Set<Int>) -> Set<Int> {
        state.views.reduce(into: []) { missing, view in
            guard seen.rows.includes(view.seen.rows) else { return }
            missing.formUnion(view.parts[parent, default: []].subtracting(met))
        }
    }

    /// Ends the walk over `parent`; `mayConclude` if the answer proves what its rows are. Returns the keys that are gone.
    mutating func end(_ parent: String, _ ending: Ending, mayConclude: Bool = true) -> [String] {
        let met = met.removeValue(forKey: parent) ?? []
        guard ending == .complete, mayConclude else { return [] }
        let gone = missing(of: parent, met: met)
        let isKnownEmpty = state.views[here].emptied.contains(parent)
        guard !met.isEmpty || gone.isEmpty || isKnownEmpty else {
            state.views[here].emptied.insert(parent)
            emptied += 1
            return []
        }
        state.views[here].emptied.remove(parent)
        forget(gone, of: parent)
        adopt(met, of: parent)
        return gone.map { state.table.keys[$0] }.sorted()
    }

    /// Concludes which parents are gone, and their rows with them, from a whole listing of those that are `alive`. `isEmpty` if it had no
    /// parents, or a part of it had none: that is believed at the second sync.
    mutating func conclude(alive: Set<String>, isEmpty: Bool) -> [Parting] {
        var gone: [Parting] = []
        for index in state.views.indices where seen.parents.includes(state.views[index].seen.parents) {
            let dead = state.views[index].parts.filter { !alive.contains($0.key) }
            guard !isEmpty || state.views[index].isEmptied || dead.isEmpty else {
                state.views[index].isEmptied = true
                emptied += dead.count
                continue
            }
            state.views[index].isEmptied = false
            for (parent, keys) in dead.sorted(by: { $0.key < $1.key }) {
                state.views[index].parts[parent] = nil
                state.views[index].emptied.remove(parent)
                gone.append(Parting(parent: parent, keys: keys.map { state.table.keys[$0] }.sorted()))
            }
        }
        return gone
    }

    private mutating func forget(_ gone: Set<Int>, of parent: String) {
        for index in state.views.indices where state.views[index].parts[parent] != nil {
            state.views[index].parts[parent]?.subtract(gone)
            if state.views[index].parts[parent]?.isEmpty ?? false { state.views[index].parts[parent] = nil }
        }
    }

    // Rows met belong to this view from now on, except that what a wider one showed can be proved gone only by such a one.
    private mutating func adopt(_ met: Set<Int>, of parent: String) {
        for index in state.views.indices where index != here {
            let moved = state.views[index].parts[parent, default: []].intersection(met)
            guard !moved.isEmpty else { continue }
            let former = state.views[index].seen
            let place = state.place(
                of: PartViews(parents: seen.parents.wider(former.parents), rows: seen.rows.wider(former.rows)))
            guard place != index else { continue }
            state.views[index].parts[parent]?.subtract(moved)
            if state.views[index].parts[parent]?.isEmpty ?? false { state.views[index].parts[parent] = nil }
            state.views[place].parts[parent, default: []].formUnion(moved)
        }
    }
}

extension PartState {
    /// The place of what is seen like this, a new one if there is none.
    fileprivate mutating func place(of seen: PartViews) -> Int {
        if let place = views.firstIndex(where: { $0.seen == seen }) { return place }
        views.append(View(seen: seen))
        return views.count - 1
    }
}
