import JSONBytes
import RocketChatAPI

/// One room, team, role or user that a partitioned stream is asked for.
struct Parent: Sendable, Equatable {
    /// Id, as a listing of the server gave it. Nothing else is ever sent to the `im.*` routes, which would make a room out of
    /// a user's id (rocket-chat-api.md §1.4).
    let id: String
    /// Kind of room: c, p or d; empty for anything that is not a room.
    let kind: String
    /// How to call it in the report.
    let label: String
}

/// The parents of a partitioned stream.
struct ParentListing: Sendable {
    /// Those that the token may ask for.
    let parents: [Parent]
    /// Ids of those that are there to be asked for, whether or not the configuration wants them.
    let alive: Set<String>
    /// Passing failures of listings, by which there may be more.
    let failures: [APIError]
    /// Whether no listing fell short or was refused: then there are no more.
    let isWhole: Bool
    /// Whether a listing had no rows at all.
    let isEmpty: Bool
    /// What the token sees of the parents; nil if it may see less than there is without being told.
    let view: PartView?
}

extension Partition.Parents {
    /// The parents that the token may ask for; `known` are ids of those that had rows before.
    /// - Throws: `ReadError`; failures of listings of rooms are part of the answer.
    func list(
        _ context: SyncContext, stream: String, known: Set<String> = []
    ) async throws(ReadError) -> ParentListing {
        guard let listing else {
            let rooms = try await RoomDirectory(context: context, stream: stream).rooms()
            // A private room that the user is not in any more is gone from what it sees, whether or not a listing of an administrator has
            // it: a full refresh has nothing of it either.
            let selection = context.configuration.rooms
            let unwanted = rooms.all.values.filter { !selection.admits(type: $0.type, names: $0.names + [$0.id]) }
            return ParentListing(
                parents: rooms.readable.map { Parent(id: $0.id, kind: $0.type, label: $0.label) },
                alive: Set(rooms.readable.map(\.id)).union(unwanted.map(\.id)), failures: rooms.failures,
                isWhole: rooms.isWhole,
                isEmpty: rooms.hasEmptyListings, view: PartView(roomsOf: context))
        }
        let word = word
        let (ids, isWhole, endpoint) = try await Self.ids(
            listing, key: FieldPath(idField), known, context, stream)
        let proves = Viewer(context.access).mayConclude(endpoint.conclusion, isEmpty: ids.isEmpty)
        return ParentListing(
            parents: ids.map { Parent(id: $0, kind: "", label: "\(word) \($0)") }, alive: Set(ids), failures: [],
            isWhole: isWhole, isEmpty: ids.isEmpty, view: proves ? PartView(endpoint, access: context.access) : nil)
    }

    // By the first listing that is not refused; whether it is the widest one that the token is offered, and whole.
    private static func ids(
        _ listing: Listing, key: FieldPath, _ known: Set<String>, _ context: SyncContext, _ stream: String
    ) async throws(ReadError) -> (ids: [String], isWhole: Bool, endpoint: ListEndpoint) {
        var refusal: (route: String, error: APIError)?
        let offered = listing.endpoints.filter { context.access.offers($0) }
        for endpoint in offered.isEmpty ? listing.endpoints.suffix(1) : offered[...] {
            var ids: [String] = []
            let listed = ListedRows(key: key)
            let reader = ListingReader(context, endpoint, rows: listed, stream: stream)
            do {
                let outcome = try await reader.read(isRowMissing: { !known.isSubset(of: ids) }) {
                    page, rows throws(ReadError) in
                    ids += rows.compactMap { page.string(listed.key, at: $0) }
                }
                context.report.doubt(outcome.shortage, of: stream)
                if let refusal { context.report.skip(refusal.route, of: stream, because: refusal.error.message) }
                return (ids.sorted(), outcome.isComplete && refusal == nil, endpoint)
            } catch .api(let error) where error.concernsRequest {
                refusal = refusal ?? (endpoint.route, error)
            }
        }
        throw .api(refusal?.error ?? APIError(.unavailable, "No endpoint of stream '\(stream)' could be asked."))
    }
}
