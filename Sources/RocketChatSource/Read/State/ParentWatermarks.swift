package import JSONBytes

/// State of a stream that is asked for parent by parent: one watermark for each room (or team, role, user), written by groups of
/// those that share one.
///
/// `{"version":1,"rooms":[{"at":1795165200000,"asked":1795165320000,"ids":["Kq3vRz8hT2mWnP4sB",…],"fresh":["…"],
/// "loading":{"w2Er4Ty6Ui8Op1As3":1790000000000}}]}`:
/// `at` is the instant up to which the group's rooms are followed, `asked` the server's clock at that time; `fresh` rooms were
/// just loaded, or removals of theirs are in doubt; a room whose first load was interrupted stands under `loading` with the
/// change up to which it got, and under `paging` too with its `PagedLoad`, where it was read by pages. `seen` has five letters for each of
/// `ids` and then of `fresh`: their `RoomTrace`. A room costs its id and some bytes, whatever its watermark. `start` is the
/// start date that the rooms were loaded from; without it, from their beginning.
package struct ParentWatermarks: Sendable, Equatable {
    /// Version of the shape that this connector writes.
    package static let version: Int64 = 1

    /// Watermark of each room ever read, by room id.
    package var rooms: [String: Watermark] = [:]
    /// When all rooms were last listed (Unix ms), for `room_scan: changed`.
    package var fullScan: Int64?
    /// What else it remembers; nil without it.
    package var scan: ScanMemory?

    /// The start date (Unix ms) that the rooms were loaded from; nil for their beginning.
    package var start: Int64?

    package init() {}

    /// Adapts to the start date of this sync (Unix ms; nil for none): when it lies before the one that the rooms were loaded
    /// from, they all count as rooms whose first load has just begun. What was removed since is asked for all the same.
    package mutating func begin(at start: Int64?) {
        let isEarlier = (start ?? .min) < (self.start ?? .min)
        self.start = start
        guard isEarlier else { return }
        let before = (start ?? 0) - 1
        rooms = rooms.mapValues { Watermark(loading: before, deleted: $0.deleted, asked: $0.asked) }
        fullScan = nil
    }
}

extension ParentWatermarks {
    /// Up to when rooms are followed, and when they were asked (Unix ms).
    private struct Instants: Hashable {
        let at: Int64
        let asked: Int64
    }

    /// The rooms that share them.
    private struct Group {
        let instants: Instants
        var ids: [JSON] = []
        var fresh: [JSON] = []
        var idTraces: [RoomTrace?] = []
        var freshTraces: [RoomTrace?] = []
        var loading: [JSON.Member] = []
        var paging: [JSON.Member] = []

        /// Takes in a room; they come in the order of their ids.
        mutating func add(_ id: String, _ watermark: Watermark) {
            guard watermark.isLoaded else {
                loading.append(JSON.Member(name: id, value: .integer(watermark.updated)))
                if let paged = watermark.paged { paging.append(JSON.Member(name: id, value: paged.json)) }
                return
            }
            if watermark.isFresh {
                fresh.append(.string(id))
                freshTraces.append(watermark.trace)
            } else {
                ids.append(.string(id))
                idTraces.append(watermark.trace)
            }
        }

        /// The traces of the loaded rooms; nil when there is none.
        private var seen: String? {
            let traces = idTraces + freshTraces
            return traces.contains { $0 != nil } ? RoomTrace.text(of: traces) : nil
        }

        var json: JSON {
            var members: [String: JSON] = ["at": .integer(instants.at), "ids": .array(ids)]
            if instants.asked != instants.at { members["asked"] = .integer(instants.asked) }
            if !fresh.isEmpty { members["fresh"] = .array(fresh) }
            members["seen"] = seen.map { .string($0) }
            if !loading.isEmpty { members["loading"] = .object(loading) }
            if !paging.isEmpty { members["paging"] = .object(paging) }
            return .sortedObject(members)
        }
    }

    /// The shape above: newest group first, ids sorted, so that equal states are equal text.
    package var json: JSON {
        let groups = groups.sorted {
            ($0.instants.at, $0.instants.asked) > ($1.instants.at, $1.instants.asked)
        }.map(\.json)
        var members: [String: JSON] = ["version": .integer(Self.version), "rooms": .array(groups)]
        members["full_scan"] = fullScan.map { .integer($0) }
        members["start"] = start.map { .integer($0) }
        members["scan"] = scan?.json
        return .sortedObject(members)
    }

    private var groups: [Group] {
        var groups: [Group] = []
        var places: [Instants: Int] = [:]
        var place = 0
        // A first sync writes many states: only the ids are sorted, and most rooms are of the group of the one before.
        for id in rooms.keys.inOrder {
            guard let watermark = rooms[id] else { continue }
            let instants = Instants(
                at: watermark.isLoaded ? watermark.updated : watermark.deleted, asked: watermark.asked)
            if groups.isEmpty || groups[place].instants != instants {
                place = places[instants] ?? groups.count
                if place == groups.count {
                    places[instants] = place
                    groups.append(Group(instants: instants))
                }
            }
            groups[place].add(id, watermark)
        }
        return groups
    }
}

extension ParentWatermarks {
    /// Reads a stored state. Nothing, null, `{}` and the marker of Airbyte's own connector mean "from the beginning".
    package init(_ stored: JSON?) throws(StateError) {
        guard let members = try StoredState.members(of: stored, version: Self.version) else { return }
        fullScan = try members["full_scan"].map { value throws(StateError) in try StoredState.instant(value) }
        start = try members["start"].map { value throws(StateError) in try StoredState.instant(value) }
        scan = try members["scan"].map { value throws(StateError) in try ScanMemory(value) }
        guard case .array(let groups)? = members["rooms"] else { return }
        for group in groups {
            let at = try StoredState.instant(group["at"])
            let asked = try group["asked"].map { value throws(StateError) in try StoredState.instant(value) } ?? at
            for case .string(let id) in group["ids"]?.array ?? [] { rooms[id] = Watermark(at: at, asked: asked) }
            for case .string(let id) in group["fresh"]?.array ?? [] {
                rooms[id] = Watermark(at: at, asked: asked, isFresh: true)
            }
            for (id, updated) in group["loading"]?.dictionary ?? [:] {
                rooms[id] = Watermark(loading: try StoredState.instant(updated), deleted: at, asked: asked)
            }
            for (id, paged) in group["paging"]?.dictionary ?? [:] where rooms[id]?.isLoaded == false {
                rooms[id]?.paged = PagedLoad(paged)
            }
            remember(group)
        }
    }
    /// Takes in the traces of a group whose rooms were read.
    private mutating func remember(_ group: JSON) {
        guard let seen = group["seen"]?.string.map({ Array($0.utf8) }) else { return }
        let ids = ((group["ids"]?.array ?? []) + (group["fresh"]?.array ?? [])).compactMap(\.string)
        guard seen.count == ids.count * RoomTrace.width else { return }
        for (number, id) in ids.enumerated() {
            rooms[id]?.trace = RoomTrace(text: seen[(number * RoomTrace.width)...].prefix(RoomTrace.width))
        }
    }
}
