package import AirbyteProtocol

/// State of a message stream: one watermark per room, written by groups of rooms that share one.
///
/// `{"version":1,"rooms":[{"at":1795165200000,"ids":["Kq3vRz8hT2mWnP4sB",…],"loading":{"w2Er4Ty6Ui8Op1As3":1790000000000}}]}`:
/// `at` is the instant up to which the group's rooms are followed; a room whose first load was interrupted stands under
/// `loading` with the change up to which it got. A room costs its id and some bytes, whatever its watermark. `start` is the start date
/// that the rooms were loaded from; without it, from their beginning.
package struct MessagesState: Sendable, Equatable {
    /// Version of the shape that this connector writes.
    package static let version: Int64 = 1

    /// Watermark of each room ever read, by room id.
    package var rooms: [String: Watermark] = [:]
    /// When every room was last asked (Unix ms), for `room_scan: changed`.
    package var fullScan: Int64?

    /// The start date (Unix ms) that the rooms were loaded from; nil for their beginning.
    package var start: Int64?

    /// A state with nothing read yet.
    package init() {}

    /// Adapts to the start date of this sync (Unix ms; nil for none): when it lies before the one that the rooms were loaded from, they
    /// all count as rooms whose first load has just begun. What was removed since is asked for all the same.
    package mutating func begin(at start: Int64?) {
        let isEarlier = (start ?? .min) < (self.start ?? .min)
        self.start = start
        guard isEarlier else { return }
        let before = (start ?? 0) - 1
        rooms = rooms.mapValues { Watermark(updated: before, deleted: $0.deleted) }
        fullScan = nil
    }
}

extension MessagesState {
    /// The shape above: newest group first, ids sorted, so that equal states are equal text.
    package var json: JSONValue {
        let groups = Dictionary(grouping: rooms, by: \.value.deleted).sorted { $0.key > $1.key }.map { at, rooms in
            var group: [String: JSONValue] = ["at": .integer(at)]
            group["ids"] = .array(rooms.filter(\.value.isLoaded).map(\.key).sorted().map { .string($0) })
            let loading = rooms.filter { !$0.value.isLoaded }.map { ($0.key, JSONValue.integer($0.value.updated)) }
            if !loading.isEmpty { group["loading"] = .object(Dictionary(uniqueKeysWithValues: loading)) }
            return JSONValue.object(group)
        }
        var members: [String: JSONValue] = ["version": .integer(Self.version), "rooms": .array(groups)]
        members["full_scan"] = fullScan.map { .integer($0) }
        members["start"] = start.map { .integer($0) }
        return .object(members)
    }
}

extension MessagesState {
    /// Reads a stored state. Nothing, null, `{}` and the marker of Airbyte's own connector mean "from the beginning".
    /// - Throws: `StateError` for a state of a newer version or of another shape.
    package init(_ stored: JSONValue?) throws(StateError) {
        guard let members = try StoredState.members(of: stored, version: Self.version) else { return }
        fullScan = members["full_scan"]?.integerValue
        start = members["start"]?.integerValue
        guard case .array(let groups)? = members["rooms"] else { return }
        for group in groups {
            guard let at = group["at"]?.integerValue else { throw .malformed }
            for case .string(let id) in group["ids"]?.arrayValue ?? [] { rooms[id] = Watermark(at: at) }
            for (id, updated) in group["loading"]?.objectValue ?? [:] {
                guard let updated = updated.integerValue else { throw .malformed }
                rooms[id] = Watermark(updated: updated, deleted: at)
            }
        }
    }
}
