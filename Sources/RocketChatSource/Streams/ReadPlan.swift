import RocketChatAPI

/// How the rows of a stream are read from the server.
package enum ReadPlan: Sendable {
    /// Pages of one list endpoint, or a list in one answer.
    case listing(Listing)
    /// An endpoint that answers `updatedSince` with what changed and what was removed.
    case updates(Updates)
    /// The messages of every readable room (rocket-chat-api.md §5).
    case messages(MessageScope)
    /// A list endpoint asked for each of its parents: rooms, teams, roles, reported users or departments.
    case partitioned(Partition)
    /// Pages of an endpoint whose rows never change once they are there, newest first.
    case growing(ListEndpoint)
    /// Omnichannel conversations, by last change (rocket-chat-api.md §4.9).
    case livechatRooms
    /// The workspace itself: one row from `/api/info`.
    case workspace
}

extension ReadPlan {
    /// What the rest of the house asks of a plan. A new kind of reading is a case with its traits here and a reader in `StreamTask`.
    package struct Traits: Sendable {
        /// Paths of the endpoints that rows come from, in the order in which they are tried.
        package let paths: [String]
        /// Members that lead to the rows of an answer; empty for a bare array or a single object.
        package let rows: [String]
        /// Other paths that reading may call: the way to its rooms or other parents, and the stand-ins for servers that lack a route.
        var otherPaths: Set<String> = []
        /// Whether incremental reads deliver tombstones for rows that are gone.
        package var tellsRemovals = false
        /// How the endpoints are read, for docs/streams.md, as it goes on from their names.
        package let manner: String

        /// Every path that reading the stream may call.
        var allPaths: Set<String> { otherPaths.union(paths) }
    }

    /// The traits of each kind of plan.
    package var traits: Traits {
        switch self {
        case .listing(let listing):
            let paths = listing.endpoints.map(\.path)
            return Traits(
                paths: paths, rows: listing.endpoints[0].rows, tellsRemovals: true,
                manner: Set(paths).count > 1 ? " (the first that the token and the server allow)" : "")
        case .updates(let updates):
            return Traits(
                paths: [updates.path], rows: updates.updated, tellsRemovals: true,
                manner: ", with what changed and what was removed")
        case .messages(let scope):
            return Traits(
                paths: [MessageRoutes.sync], rows: ["result", "updated"],
                otherPaths: MessageRoutes.all.union(scope.paths), tellsRemovals: true, manner: scope.manner)
        case .partitioned(let partition):
            let word = partition.parents.word
            return Traits(
                paths: partition.variants.map(\.endpoint.path), rows: partition.variants[0].endpoint.rows,
                otherPaths: Set(partition.parents.listing?.endpoints.map(\.path) ?? Array(RoomRoutes.paths)),
                tellsRemovals: partition.isReadWhole, manner: ", \(word) by \(word)")
        case .growing(let endpoint):
            return Traits(paths: [endpoint.path], rows: endpoint.rows, manner: ", newest first until a known row")
        case .livechatRooms:
            return Traits(
                paths: ["v1/livechat/rooms"], rows: ["rooms"], manner: ", newest change first until a known one")
        case .workspace:
            return Traits(paths: [ServerInfo.request.path], rows: [], manner: "")
        }
    }
}

extension MessageScope {
    /// Paths of the listings that the rooms come from.
    fileprivate var paths: Set<String> {
        switch self {
        case .conversations: RoomRoutes.paths
        case .livechat: ["v1/livechat/rooms"]
        }
    }

    /// How its messages are read.
    fileprivate var manner: String {
        switch self {
        case .conversations: ", room by room"
        case .livechat: ", conversation by conversation"
        }
    }
}

/// Which rooms a message stream reads.
package enum MessageScope: Sendable {
    /// Channels, private groups and direct messages.
    case conversations
    /// Omnichannel conversations with visitors.
    case livechat
}

/// The rows of a stream, as one or several list endpoints give them together.
package struct Listing: Sendable {
    /// Ways to read all rows that the token may see, the widest first (an administrator's before the user's own); the first that
    /// the token and the server allow is gone. Each is one endpoint, or several of which a later one adds what those before it
    /// leave out; the fuller rows come first.
    package let ways: [[ListEndpoint]]
    /// Whether `_updatedAt` follows every change of a row; otherwise all rows are delivered every time.
    package let isStamped: Bool

    /// A listing whose ways are one endpoint each.
    package init(_ endpoints: ListEndpoint..., isStamped: Bool = true) {
        self.init(ways: endpoints.map { [$0] }, isStamped: isStamped)
    }

    package init(ways: [[ListEndpoint]], isStamped: Bool = true) {
        self.ways = ways
        self.isStamped = isStamped
    }

    /// All endpoints, the fuller ones first.
    package var endpoints: [ListEndpoint] { ways.flatMap { $0 } }
}

/// An endpoint with `updatedSince`: strict `>` on `_updatedAt`, unpaged, removals from the 30-day trash (rocket-chat-api.md §3.4).
package struct Updates: Sendable {
    /// Path below `/api/`.
    package let path: String
    /// Where the changed rows sit.
    package let updated: [String]
    /// Where the removed rows sit; each has `_id` and, mostly, `_deletedAt`.
    package let removed: [String]
    /// Endpoint for a full read where it differs, because `updatedSince` is mandatory or rows are thinner otherwise.
    package let needsSince: Bool
    /// Whether every workspace has some of it; a full answer without any is none.
    package let isNeverEmpty: Bool

    /// An update feed; `needsSince` where old servers refuse a call without `updatedSince`.
    package init(
        _ path: String, updated: [String], removed: [String], needsSince: Bool = false, isNeverEmpty: Bool = false
    ) {
        self.isNeverEmpty = isNeverEmpty
        self.path = path
        self.updated = updated
        self.removed = removed
        self.needsSince = needsSince
    }
}
