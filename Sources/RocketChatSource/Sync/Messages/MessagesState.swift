package import AirbyteProtocol

/// State of a message stream: one watermark per room, written by groups of rooms that share one.
///
/// `{"version":1,"rooms":[{"at":1795165200000,"ids":["Kq3vRz8hT2mWnP4sB",…],"loading":{"w2Er4Ty6Ui8Op1As3":1790000000000}}]}`:
/// `at` is the instant up to which the group's rooms are followed; a room whose first load was interrupted stands under
/// `loading` with the change up to which it got. A room costs its id and some bytes, whatever its watermark.
package struct MessagesState: Sendable, Equatable {
    /// Version of the shape that this connector writes.
    package static let version: Int64 = 1

    /// Watermark of each room ever read, by room id.
    package var rooms: [String: Watermark] = [:]
    /// When every room was last asked (Unix ms), for `room_scan: changed`.
    package var fullScan: Int64?

    /// A state with nothing read yet.
    package init() {}
}

extension MessagesState: Encodable {
    private struct Group: Encodable {
        let at: Int64
        let ids: [String]
        let loading: [String: Int64]?
    }

    private enum CodingKeys: String, CodingKey { case version, fullScan = "full_scan", rooms }

    /// Writes the shape above: newest group first, ids sorted, so that equal states are equal text.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Self.version, forKey: .version)
        try container.encodeIfPresent(fullScan, forKey: .fullScan)
        let groups = Dictionary(grouping: rooms, by: \.value.deleted)
            .sorted { $0.key > $1.key }
            .map { at, rooms in
                let loading = rooms.filter { !$0.value.isLoaded }.map { ($0.key, $0.value.updated) }
                return Group(
                    at: at, ids: rooms.filter(\.value.isLoaded).map(\.key).sorted(),
                    loading: loading.isEmpty ? nil : Dictionary(uniqueKeysWithValues: loading))
            }
        try container.encode(groups, forKey: .rooms)
    }
}

extension MessagesState {
    /// Reads a stored state. Nothing, null, `{}` and the marker of Airbyte's own connector mean "from the beginning".
    /// - Throws: `StateError` for a state of a newer version or of another shape.
    package init(_ stored: JSONValue?) throws(StateError) {
        guard let members = try StoredState.members(of: stored, version: Self.version) else { return }
        fullScan = members["full_scan"]?.integerValue
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
