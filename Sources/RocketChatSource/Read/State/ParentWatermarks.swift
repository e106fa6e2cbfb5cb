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
    private struct Group: Hashable {
        let at: Int64
        let asked: Int64
    }

    /// The shape above: newest group first, ids sorted, so that equal states are equal text.
    package var json: JSON {
        // Sorted once, for a first sync writes many states: the groups and their lists keep the order.
        let groups = Dictionary(grouping: rooms.sorted { $0.key < $1.key }) { room in
            Group(at: room.value.isLoaded ? room.value.updated : room.value.deleted, asked: room.value.asked)
        }.sorted { ($0.key.at, $0.key.asked) > ($1.key.at, $1.key.asked) }.map { key, rooms in
            var group: [String: JSON] = ["at": .integer(key.at)]
            if key.asked != key.at { group["asked"] = .integer(key.asked) }
            let followed = rooms.filter { $0.value.isLoaded && !$0.value.isFresh }
            let fresh = rooms.filter(\.value.isFresh)
            group["ids"] = .array(followed.map { .string($0.key) })
            if !fresh.isEmpty { group["fresh"] = .array(fresh.map { .string($0.key) }) }
            group["seen"] = Self.seen(followed + fresh).map { .string($0) }
            let loading = rooms.filter { !$0.value.isLoaded }
            if !loading.isEmpty {
                group["loading"] = .sortedObject(
                    Dictionary(uniqueKeysWithValues: loading.map { ($0.key, .integer($0.value.updated)) }))
            }
            let paging = loading.compactMap { id, watermark in watermark.paged.map { (id, $0.json) } }
            if !paging.isEmpty { group["paging"] = .sortedObject(Dictionary(uniqueKeysWithValues: paging)) }
            return JSON.sortedObject(group)
        }
        var members: [String: JSON] = ["version": .integer(Self.version), "rooms": .array(groups)]
        members["full_scan"] = fullScan.map { .integer($0) }
        members["start"] = start.map { .integer($0) }
        members["scan"] = scan?.json
        return .sortedObject(members)
    }

    /// The traces of a group's loaded rooms, in this order; nil when there is none.
    private static func seen(_ rooms: [(key: String, value: Watermark)]) -> String? {
        guard rooms.contains(where: { $0.value.trace != nil }) else { return nil }
        return rooms.map { $0.value.trace?.text ?? RoomTrace.none }.joined()
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
            for (id, paged) in group["paging"]?.dictionary ?? [:] { rooms[id]?.paged = PagedLoad(paged) }
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
