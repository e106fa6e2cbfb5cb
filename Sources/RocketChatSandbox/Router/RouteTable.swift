/// The routes of one release.
struct RouteTable: Sendable {
    private var fixed: [String: Route] = [:]
    private var patterns: [(parts: [Substring], route: Route)] = []

    /// The routes that exist in a release.
    init(_ version: Version) {
        for route in Self.all where route.since <= version && version < route.removed {
            if route.path.contains(":") {
                patterns.append((route.path.split(separator: "/"), route))
            } else {
                fixed[route.path] = route
            }
        }
    }

    /// The route for a path below `/api/v1/`, and the values of its pattern.
    func match(_ path: String) -> (Route, [String: String])? {
        if let route = fixed[path] { return (route, [:]) }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        for (pattern, route) in patterns where pattern.count == parts.count {
            var values: [String: String] = [:]
            let isMatch = zip(pattern, parts).allSatisfy { expected, part in
                guard expected.first == ":" else { return expected == part }
                values[String(expected.dropFirst())] = QueryParameters.decode(part)
                return !part.isEmpty
            }
            if isMatch { return (route, values) }
        }
        return nil
    }

    /// Every route of every release, one family after the other.
    static let all: [Route] =
        AccountRoutes.all + UserRoutes.all + ChannelRoutes.all + GroupRoutes.all + DirectRoutes.all + RoomRoutes.all
        + SubscriptionRoutes.all + RoleRoutes.all + TeamRoutes.all + SyncRoutes.all + ChatRoutes.all
        + ThreadRoutes.all + CatalogueRoutes.all + OmnichannelRoutes.all + LivechatTags.all + ModerationRoutes.all
}
