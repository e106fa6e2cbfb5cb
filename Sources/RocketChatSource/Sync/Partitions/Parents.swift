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
    /// The parents that the token may ask for.
    /// - Throws: `ReadError`.
    func list(_ context: SyncContext, stream: String) async throws(ReadError) -> [Parent] {
        guard let listing else {
            return try await RoomDirectory(context: context, stream: stream).rooms()
                .map { Parent(id: $0.id, kind: $0.type, label: "room \($0.id)") }
        }
        let isUser = if case .reportedUsers = self { true } else { false }
        let word = word
        return try await Self.ids(listing, key: isUser ? "userId" : "_id", context, stream)
            .map { Parent(id: $0, kind: "", label: "\(word) \($0)") }
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

    private static func ids(
        _ listing: Listing, key: FieldPath, _ context: SyncContext, _ stream: String
    ) async throws(ReadError) -> [String] {
        try await listing.firstAnswer(context, stream: stream) { endpoint throws(ReadError) in
            var ids: [String] = []
            let reader = ListingReader(context.client, endpoint, shape: RecordShape(types: [:], probing: [key]))
            _ = try await reader.read { page, rows throws(ReadError) in
                ids += rows.compactMap { page.string(0, record: $0, list: 0) }
            }
            return ids.sorted()
        }
    }
}
