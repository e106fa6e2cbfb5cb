import AirbyteProtocol
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

extension Partition.Parents {
    /// The parents that the token may ask for, and the failures of listings by which there may be more.
    /// - Throws: `ReadError`.
    func list(_ context: SyncContext, stream: String) async throws(ReadError) -> ([Parent], [APIError]) {
        guard let listing else {
            let rooms = try await RoomDirectory(context: context, stream: stream).rooms()
            return (rooms.readable.map { Parent(id: $0.id, kind: $0.type, label: $0.label) }, rooms.failures)
        }
        let isUser = if case .reportedUsers = self { true } else { false }
        let word = word
        let parents = try await Self.ids(listing, key: isUser ? "userId" : "_id", context, stream)
            .map { Parent(id: $0, kind: "", label: "\(word) \($0)") }
        return (parents, [])
    }

    /// What one parent is called.
    var word: String {
        switch self {
        case .rooms: "room"
        case .teams: "team"
        case .roles: "role"
        case .reportedUsers: "user"
        }
    }

    /// The listings that the parents come from, besides those of rooms.
    var listing: Listing? {
        switch self {
        case .rooms: nil
        case .teams: if case .listing(let listing) = teamsStream.reading { listing } else { nil }
        case .roles: Self.roleListing
        case .reportedUsers: Self.reportListing
        }
    }

    private static let roleListing = Listing(ListEndpoint("v1/roles.list", rows: ["roles"], paging: .none))

    // Up to 7.x its total counts reports, not users: it cannot be paged by (server source).
    private static let reportListing = Listing(
        ListEndpoint("v1/moderation.reportsByUsers", rows: ["reports"], paging: .offset(sort: nil)))

    // The first listing that is not refused.
    private static func ids(
        _ listing: Listing, key: FieldPath, _ context: SyncContext, _ stream: String
    ) async throws(ReadError) -> [String] {
        var refusal: APIError?
        let offered = listing.endpoints.filter { context.access.offers($0) }
        for endpoint in offered.isEmpty ? listing.endpoints.suffix(1) : offered[...] {
            var ids: [String] = []
            let reader = ListingReader(
                context, endpoint, shape: RecordShape(types: [:], probing: [key]), stream: stream)
            do {
                let outcome = try await reader.read { page, rows throws(ReadError) in
                    ids += rows.compactMap { page.string(0, record: $0, list: 0) }
                }
                if let sentence = outcome.shortage { context.report.doubt("Stream '\(stream)': \(sentence)") }
                return ids.sorted()
            } catch .api(let error) where error.concernsRequest {
                refusal = refusal ?? error
            }
        }
        throw .api(refusal ?? APIError(.unavailable, "No endpoint of stream '\(stream)' could be asked."))
    }
}
