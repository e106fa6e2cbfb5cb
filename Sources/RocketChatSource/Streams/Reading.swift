/// How the rows of a stream are read from the server.
package enum Reading: Sendable {
    /// Pages of one list endpoint, or a list in one answer.
    case listing(Listing)
    /// An endpoint that answers `updatedSince` with what changed and what was removed.
    case updates(Updates)
    /// The messages of every readable room (rocket-chat-api.md §5).
    case messages(MessageScope)
    /// A list endpoint asked for each room, team or role.
    case partitioned(Partition)
    /// Pages of an endpoint whose rows never change once they are there, newest first.
    case growing(ListEndpoint)
    /// Omnichannel conversations, by last change (rocket-chat-api.md §4.9).
    case livechatRooms
    /// The workspace itself: one row from `/api/info`.
    case workspace

    /// Whether incremental reads deliver tombstones for rows that are gone.
    package var tellsRemovals: Bool {
        switch self {
        case .listing, .updates, .messages: true
        case .partitioned, .growing, .livechatRooms, .workspace: false
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

/// A list endpoint, with the variants to try in order: the first whose requirement the token meets is asked.
package struct Listing: Sendable {
    /// Variants, the most complete first (an administrator's listing before the user's own).
    package let endpoints: [ListEndpoint]
    /// Whether `_updatedAt` follows every change of a row; otherwise all rows are delivered every time.
    package let isStamped: Bool

    /// A listing with its variants.
    package init(_ endpoints: ListEndpoint..., isStamped: Bool = true) {
        self.init(endpoints, isStamped: isStamped)
    }

    /// A listing with its variants, in an array.
    package init(_ endpoints: [ListEndpoint], isStamped: Bool = true) {
        self.endpoints = endpoints
        self.isStamped = isStamped
    }
}

/// One list endpoint: where the rows sit, how it pages and what it takes to call it.
package struct ListEndpoint: Sendable {
    /// How the endpoint hands out its rows.
    package enum Paging: Sendable {
        /// `offset` and `count`; `sort` is the order asked for, nil where the endpoint has none to offer.
        case offset(sort: String?)
        /// All rows in one answer.
        case none
    }

    /// Path below `/api/`, for example `v1/users.list`.
    package let path: String
    /// Members that lead from the root of the page to the rows; empty for a bare array or a single object.
    package let rows: [String]
    /// Paging rule.
    package let paging: Paging
    /// Parameters sent with every request.
    package let query: [(String, String)]
    /// Further parameters under which the endpoint lists the rest of its rows; each is a walk of its own.
    package let passes: [(String, String)]
    /// Permissions that this variant needs; `.nothing` for the last resort.
    package let needs: Requirement
    /// First server version that has this variant (major.minor), nil for all supported ones.
    package let since: String?
    /// Whether the envelope carries `success: true` (listInvites does not).
    package let hasEnvelope: Bool

    /// A list endpoint; see the properties.
    package init(
        _ path: String, rows: [String], paging: Paging = .offset(sort: #"{"_id":1}"#),
        query: [(String, String)] = [], passes: [(String, String)] = [], needs: Requirement = .nothing,
        since: String? = nil, hasEnvelope: Bool = true
    ) {
        self.path = path
        self.rows = rows
        self.paging = paging
        self.query = query
        self.passes = passes
        self.needs = needs
        self.since = since
        self.hasEnvelope = hasEnvelope
    }
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

    /// An update feed; `needsSince` where old servers refuse a call without `updatedSince`.
    package init(_ path: String, updated: [String], removed: [String], needsSince: Bool = false) {
        self.path = path
        self.updated = updated
        self.removed = removed
        self.needsSince = needsSince
    }
}
