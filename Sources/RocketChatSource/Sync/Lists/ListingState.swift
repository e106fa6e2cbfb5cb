import AirbyteProtocol

/// State of a listing that is read whole but delivered by what changed.
///
/// `{"version":1,"endpoint":"v1/channels.list","updated":1795165200000,"ids":["Kq3vRz8hT2mWnP4sB",…]}`
struct ListingState: Sendable, Equatable {
    /// Most ids kept, so that a state stays small; a longer listing tells removals by full refresh only.
    static let mostIDs = 20_000
    /// Version of the shape that this connector writes.
    static let version: Int64 = 1

    /// The variant that was listed: what another one does not list is not gone.
    var endpoint: String
    /// Rows changed up to here (Unix ms) have been delivered.
    var updated: Int64
    /// Ids of the rows that the listing had, nil when there were too many.
    var ids: [String]?
    /// Ids of rows that a walk met for the first time and may not have delivered, because it was interrupted.
    var pending: [String]?

    /// A state after a walk over `endpoint`, or in the midst of one that has met `pending`.
    init(endpoint: String, updated: Int64, ids: [String]?, pending: [String]? = nil) {
        self.endpoint = endpoint
        self.updated = updated
        self.ids = ids
        self.pending = pending
    }

    /// The shape above.
    var json: JSONValue {
        var members: [String: JSONValue] = [
            "version": .integer(Self.version), "endpoint": .string(endpoint), "updated": .integer(updated),
        ]
        members["ids"] = ids.map { .array($0.map { .string($0) }) }
        members["pending"] = pending.map { .array($0.map { .string($0) }) }
        return .object(members)
    }

    /// Reads a stored state; nil when there is nothing to go on from.
    /// - Throws: `StateError`.
    init?(_ stored: JSONValue?) throws(StateError) {
        guard let members = try StoredState.members(of: stored, version: Self.version) else { return nil }
        guard let endpoint = members["endpoint"]?.stringValue, let updated = members["updated"]?.integerValue else {
            throw .malformed
        }
        self.init(
            endpoint: endpoint, updated: updated, ids: members["ids"]?.arrayValue?.compactMap(\.stringValue),
            pending: members["pending"]?.arrayValue?.compactMap(\.stringValue))
    }
}
