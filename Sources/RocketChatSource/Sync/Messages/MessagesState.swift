package import AirbyteProtocol

/// State of a message stream: one watermark per room, written by groups of rooms that share one.
///
/// After an undisturbed sync all rooms share one watermark, so a room costs its id and three bytes:
/// `{"version":1,"rooms":[{"updated":1795165200000,"ids":["Kq3vRz8hT2mWnP4sB",…]}]}`.
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
        let updated: Int64
        let deleted: Int64?
        let ids: [String]
    }

    private enum CodingKeys: String, CodingKey { case version, fullScan = "full_scan", rooms }

    /// Writes the shape above: newest group first, ids sorted, so that equal states are equal text.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Self.version, forKey: .version)
        try container.encodeIfPresent(fullScan, forKey: .fullScan)
        let groups = Dictionary(grouping: rooms.keys) { rooms[$0]! }
            .map { watermark, ids in
                Group(
                    updated: watermark.updated, deleted: watermark.isLoaded ? nil : watermark.deleted,
                    ids: ids.sorted())
            }
            .sorted { ($0.updated, $0.ids[0]) > ($1.updated, $1.ids[0]) }
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
            guard case .object(let group) = group, let updated = group["updated"]?.integerValue,
                case .array(let ids)? = group["ids"]
            else { throw .malformed }
            let deleted = group["deleted"]?.integerValue ?? updated
            for case .string(let id) in ids { rooms[id] = Watermark(updated: updated, deleted: deleted) }
        }
    }
}
