import JSONBytes

/// State of a stream that is read whole, parent by parent: the keys of the rows that each parent had, by what the token saw then.
///
/// `{"version":1,"at":1795165200000,"keys":["Kq3vRz8hT2mWnP4sB",…],"views":[{"parents":["all"],"rows":["all"],
/// "parts":{"GENERAL":"AAC",…}}]}`: `keys` has each key once, and a part the places in it of its rows' keys (`DeltaText`). A membership costs a byte or three besides
/// the ids of its room and its user, so that 100 000 of 10 000 users stay below `mostBytes`.
struct PartState: Sendable, Equatable {
    /// Version of the shape that this connector writes.
    static let version: Int64 = 1
    /// Most bytes that keys may take; above them none are kept.
    static let mostBytes = 1_000_000

    /// Rows that were seen in one way.
    struct View: Sendable, Equatable {
        /// What the token saw.
        let seen: PartViews
        /// Numbers of the keys of each parent's rows that may be at the destination.
        var parts: [String: Set<Int>] = [:]
        /// Parents that had rows and none at the last sync, which waits for another to say so too.
        var emptied: Set<String> = []
        /// Whether the same goes for the parents: those that the last sync lacked are taken for gone if the next one lacks them, too.
        var isEmptied = false
    }

    /// The keys that the parts refer to.
    var table = KeyTable()
    /// The views, of which each row belongs to one.
    var views: [View] = []
    /// The instant (Unix ms) that the rows of the last sync bore.
    var at: Int64?

    init() {}

    /// About as many bytes as the text has.
    var size: Int {
        var used = [Bool](repeating: false, count: table.keys.count)
        var size = 0
        for (parent, keys) in views.lazy.flatMap(\.parts) {
            size += parent.utf8.count + 6 + keys.count * 3
            for key in keys { used[key] = true }
        }
        return zip(table.keys, used).reduce(size) { $1.1 ? $0 + $1.0.utf8.count + 3 : $0 }
    }

    /// The shape above; without keys if they take too much.
    var json: JSON {
        var members: [String: JSON] = ["version": .integer(Self.version)]
        members["at"] = at.map { .integer($0) }
        guard size <= Self.mostBytes else { return .sortedObject(members) }
        var places = [Int?](repeating: nil, count: table.keys.count)
        for key in views.lazy.flatMap(\.parts.values).joined() { places[key] = 0 }
        var kept: [JSON] = []
        for (number, key) in table.keys.enumerated() where places[number] != nil {
            places[number] = kept.count
            kept.append(.string(key))
        }
        members["keys"] = .array(kept)
        members["views"] = .array(
            views.filter { !$0.parts.isEmpty || !$0.emptied.isEmpty }.map { view in
                var members: [String: JSON] = [
                    "parents": .array(view.seen.parents.scope.sorted().map { .string($0) }),
                    "rows": .array(view.seen.rows.scope.sorted().map { .string($0) }),
                    "parts": .sortedObject(
                        view.parts.mapValues { .string(DeltaText.text($0.compactMap { places[$0] }.sorted())) }),
                ]
                if !view.emptied.isEmpty { members["emptied"] = .array(view.emptied.sorted().map { .string($0) }) }
                if view.isEmptied { members["parents_emptied"] = .boolean(true) }
                return .sortedObject(members)
            })
        return .sortedObject(members)
    }

    /// Reads a stored state. Nothing, `{}` and the marker of a stream without a cursor mean that nothing is known.
    init(_ stored: JSON?) throws(StateError) {
        guard let members = try StoredState.members(of: stored, version: Self.version) else { return }
        at = try members["at"].map { value throws(StateError) in try StoredState.instant(value) }
        let keys = members["keys"]?.array ?? []
        var numbers: [Int] = []
        for key in keys {
            guard case .string(let text) = key else { throw .malformed }
            numbers.append(table.number(of: text))
        }
        for entry in members["views"]?.array ?? [] {
            guard let parents = entry["parents"]?.array, let rows = entry["rows"]?.array,
                let parts = entry["parts"]?.dictionary
            else { throw .malformed }
            let seen = PartViews(
                parents: PartView(scope: Set(parents.compactMap(\.string))),
                rows: PartView(scope: Set(rows.compactMap(\.string))))
            var view = View(seen: seen)
            for (parent, text) in parts {
                guard let places = text.string.flatMap({ DeltaText.numbers($0, below: numbers.count) }) else {
                    throw .malformed
                }
                view.parts[parent] = Set(places.map { numbers[$0] })
            }
            view.emptied = Set((entry["emptied"]?.array ?? []).compactMap(\.string))
            view.isEmptied = entry["parents_emptied"]?.boolean ?? false
            views.append(view)
        }
    }
}
