import JSONBytes

/// State of a listing that is read whole but delivered by what changed: what each source of its rows gave.
///
/// `{"version":2,"parts":[{"route":"v1/groups.listAll","scope":[],"updated":1795165200000,"ids":["Kq3vRz8hT2mWnP4sB",…]}]}`
struct ListingState: Sendable, Equatable {
    /// Most ids kept, so that a state stays small; a longer listing tells removals by full refresh only.
    static let mostIDs = 20_000
    /// Version of the shape that this connector writes.
    static let version: Int64 = 2

    /// What one source gave.
    struct Part: Sendable, Equatable {
        /// The listing that the rows came from: what another one does not list is not gone.
        var source: ListingSource
        /// Rows changed up to here (Unix ms) have been delivered.
        var updated: Int64
        /// Ids of the rows that it had; nil when there were too many.
        var ids: [String]?
        /// Ids of rows that a walk met for the first time and may not have delivered, because it was interrupted.
        var pending: [String] = []
        /// Whether the last sync found no row any more, and waited for another to say so too.
        var isEmptied = false

        /// Ids of all rows that may be at the destination.
        var known: Set<String> { Set(ids ?? []).union(pending) }

        /// The same without these rows.
        func without(_ isOut: (String) -> Bool) -> Part {
            var part = self
            part.ids = ids?.filter { !isOut($0) }
            part.pending = pending.filter { !isOut($0) }
            return part
        }

        /// The rows of both, as far as either is surely followed.
        func joined(by other: Part) -> Part {
            var part = self
            part.updated = min(updated, other.updated)
            part.ids = ids.flatMap { mine in other.ids.map { Set(mine).union($0).sorted() } }
            part.pending = Set(pending).union(other.pending).sorted()
            part.isEmptied = isEmptied || other.isEmptied
            return part
        }

        /// Whether it tells anything.
        var isWorthKeeping: Bool { updated != 0 || ids.map { !$0.isEmpty } ?? true || !pending.isEmpty }
    }

    /// The sources, of which each row belongs to one.
    var parts: [Part] = []
    /// The instant (Unix ms) that the rows of the last sync bore, in streams whose cursor it is.
    var at: Int64?

    /// A state of these parts, without ids if there are too many.
    init(parts: [Part] = []) {
        self.parts = parts
        let count = parts.reduce(0) { $0 + ($1.ids?.count ?? 0) + $1.pending.count }
        guard count > Self.mostIDs else { return }
        for index in self.parts.indices {
            self.parts[index].ids = nil
            self.parts[index].pending = []
        }
    }

    /// Whether rows of this route are kept in mind.
    func holds(_ route: String) -> Bool { parts.contains { $0.source.route == route && !$0.known.isEmpty } }

    /// Whether ids are missing because there were too many.
    var isTooLong: Bool { parts.contains { $0.ids == nil } }

    /// The shape above.
    var json: JSON {
        let parts = parts.map { part in
            var members: [String: JSON] = [
                "route": .string(part.source.route), "updated": .integer(part.updated),
            ]
            members["scope"] = part.source.scope.map { .array($0.sorted().map { .string($0) }) }
            members["ids"] = part.ids.map { .array($0.map { .string($0) }) }
            if !part.pending.isEmpty { members["pending"] = .array(part.pending.map { .string($0) }) }
            if part.isEmptied { members["emptied"] = .boolean(true) }
            return JSON.sortedObject(members)
        }
        var members: [String: JSON] = ["version": .integer(Self.version), "parts": .array(parts)]
        members["at"] = at.map { .integer($0) }
        return .sortedObject(members)
    }

    /// Reads a stored state; one of version 1 had a single source without scope.
    init(_ stored: JSON?) throws(StateError) {
        guard let members = try StoredState.members(of: stored, version: Self.version) else {
            self.init()
            return
        }
        var entries = members["parts"]?.array ?? []
        if let endpoint = members["endpoint"] {
            var first = members
            first["route"] = endpoint
            entries = endpoint == .string("") ? [] : [.sortedObject(first)]
        } else if members["parts"]?.array == nil {
            throw .malformed
        }
        var parts: [Part] = []
        for entry in entries {
            guard let route = entry["route"]?.string else { throw .malformed }
            parts.append(
                Part(
                    source: ListingSource(route: route, scope: Self.texts(entry["scope"]).map { Set($0) }),
                    updated: try StoredState.instant(entry["updated"]), ids: Self.texts(entry["ids"]),
                    pending: Self.texts(entry["pending"]) ?? [], isEmptied: entry["emptied"]?.boolean ?? false))
        }
        self.init(parts: parts)
        at = try members["at"].map { value throws(StateError) in try StoredState.instant(value) }
    }

    private static func texts(_ list: JSON?) -> [String]? { list?.array?.compactMap(\.string) }
}
