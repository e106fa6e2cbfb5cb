/// What one route has cost so far.
package struct RouteStatistics: Sendable, Equatable {
    /// Requests sent, retries included, redirects not.
    package var requests = 0
    /// Requests repeated after a failure.
    package var retries = 0
    /// 429 answers.
    package var rateLimited = 0
    /// Time during which at least one call waited for the route's limit, in ms.
    package var waitedMilliseconds: Int64 = 0
    /// Bytes of bodies received, after decompression.
    package var bytes = 0
    /// The route's calls per window as the server tells it; `nil` when unlimited or not yet known.
    package var limit: Int?
    /// Length of the route's window in ms, about; `nil` when unlimited or not yet known.
    package var interval: Int64?

    /// A route that has not been called.
    package init() {}
}

/// What a client has done so far, by route.
package struct ClientStatistics: Sendable, Equatable {
    /// Statistics of every route called.
    package var routes: [String: RouteStatistics]

    /// Creates statistics from those of the routes.
    package init(routes: [String: RouteStatistics] = [:]) {
        self.routes = routes
    }

    /// Requests over all routes.
    package var requests: Int { routes.values.reduce(0) { $0 + $1.requests } }
    /// 429 answers over all routes.
    package var rateLimited: Int { routes.values.reduce(0) { $0 + $1.rateLimited } }
}
