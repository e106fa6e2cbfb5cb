import JSONBytes

/// What `room_scan: changed` remembers between syncs, besides the watermark of each room.
///
/// In the state: `"scan":{"listed":…,"ended":…,"rooms":"1f0a…","unlisted":["…"]}`.
package struct ScanMemory: Sendable, Equatable {
    /// S0 of the last sync that read all that it planned (Unix ms): what changed before was in its listing.
    package var listed: Int64?
    /// When the last sync ended, by the server's clock (Unix ms).
    package var ended: Int64?
    /// The selection of rooms that the last listing of all rooms was made with.
    package var selection: String?
    /// Rooms of the state that this listing lacked: they are not asked, unless a listing names them again.
    package var unlisted: Set<String> = []

    package init() {}

    /// The shape above.
    var json: JSON {
        var members: [String: JSON] = [:]
        members["listed"] = listed.map { .integer($0) }
        members["ended"] = ended.map { .integer($0) }
        members["rooms"] = selection.map { .string($0) }
        if !unlisted.isEmpty { members["unlisted"] = .array(unlisted.sorted().map { .string($0) }) }
        return .sortedObject(members)
    }

    /// Reads a stored one.
    init(_ stored: JSON?) throws(StateError) {
        listed = try stored?["listed"].map { value throws(StateError) in try StoredState.instant(value) }
        ended = try stored?["ended"].map { value throws(StateError) in try StoredState.instant(value) }
        selection = stored?["rooms"]?.string
        unlisted = Set(stored?["unlisted"]?.array?.compactMap(\.string) ?? [])
    }
}
