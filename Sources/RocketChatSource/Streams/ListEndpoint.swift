package import RocketChatAPI

/// One list endpoint: where the rows sit, how it pages, what it takes to call it and what its rows prove.
package struct ListEndpoint: Sendable {
    /// How the endpoint hands out its rows.
    package enum Pagination: Sendable, Equatable {
        /// `offset` and `count`; `sort` is the order asked for, nil where the endpoint has none to offer.
        case offset(sort: String?)
        /// `offset` and `count`, of something else than rows: the envelope's `count` says how far a page went, and `total` is no
        /// number of rows.
        case units(sort: String?)
        /// All rows in one answer.
        case none
    }

    /// Whether a row is gone when the whole listing lacks it.
    package enum Conclusion: Sendable, Equatable {
        /// Yes: whoever may call it sees everything that it is said to list.
        case gone
        /// Yes, unless it lists nothing at all: these versions (major.minor) do that to everybody.
        case goneUnlessEmpty(on: Set<ServerVersion>)
        /// Yes, unless it lists nothing at all to somebody without this permission: it does so instead of refusing.
        case goneUnlessEmptyWithout(permission: String)
        /// Only for users who hold one of these roles: the server hides rows from others without a word.
        case goneFor(roles: Set<String>)
    }

    /// Path below `/api/`, for example `v1/users.list`; a segment `:name` is the place of a parameter.
    package let path: String
    /// Members that lead from the root of the page to the rows; empty for a bare array or a single object.
    package let rows: [String]
    /// Pagination rule.
    package private(set) var paging: Pagination
    /// Parameters sent with every request.
    package let query: [(String, String)]
    /// Permissions that this variant needs; `.nothing` for the last resort.
    package let needs: Requirement
    /// First server version that has this variant (major.minor), nil for all supported ones.
    package let since: ServerVersion?
    /// Whether the envelope carries `success: true` (listInvites does not).
    package let hasEnvelope: Bool

    /// Permissions that show more rows, or more of each row.
    package var widening: [String] = []
    /// Whether it lists what belongs to the token's user.
    package var isOwn = false
    /// The one kind of room (`t`) that is wanted of those it lists.
    package var kind: String?
    /// Whether its rows have fewer fields than those of other listings.
    package var isThin = false
    /// Whether it lists all rows of the stream that there are: what it lacks is gone, wherever it came from.
    package var isEverything = false
    /// Whether it is asked only where a listing before it falls short or cannot be asked.
    package var isStandIn = false
    /// Whether it is asked for each team of the token's user, as `teamId`.
    package var isPerTeam = false
    /// Whether its rows bear the room that was asked for as `rid`, so that rows of another one show.
    package var bearsRoom = false
    /// Whether it can be empty at all; an empty answer of one that cannot is none.
    package var isNeverEmpty = false
    /// What a missing row means.
    package var conclusion = Conclusion.gone

    package init(
        _ path: String, rows: [String], paging: Pagination = .offset(sort: #"{"_id":1}"#),
        query: [(String, String)] = [], needs: Requirement = .nothing, since: ServerVersion? = nil,
        hasEnvelope: Bool = true
    ) {
        self.path = path
        self.rows = rows
        self.paging = paging
        self.query = query
        self.needs = needs
        self.since = since
        self.hasEnvelope = hasEnvelope
    }

    /// The endpoint with some of its traits changed.
    package func with(_ change: (inout ListEndpoint) -> Void) -> ListEndpoint {
        var changed = self
        change(&changed)
        return changed
    }

    /// The same, asked for everything in one answer.
    package var unpaged: ListEndpoint { with { $0.paging = .none } }

    /// The request with these parameters. One that has a place in the path stands there, and the server's limiter counts all such
    /// requests as calls of one route.
    func request(_ parameters: [(String, String)]) throws(APIError) -> APIRequest {
        var segments = path.split(separator: "/").map(String.init)
        var rest: [(String, String)] = []
        for (name, value) in parameters {
            guard let place = segments.firstIndex(of: ":" + name) else {
                rest.append((name, value))
                continue
            }
            guard !["", ".", ".."].contains(value), !value.contains("/") else {
                throw APIError(.refused, "The id '\(value)' cannot stand in the path of \(path).")
            }
            segments[place] = value
        }
        return APIRequest(
            segments.joined(separator: "/"), query: rest, route: path, requiresSuccess: hasEnvelope)
    }

    /// Path and parameters: what tells this listing from another one.
    package var route: String {
        query.isEmpty ? path : path + "?" + query.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
    }
}
