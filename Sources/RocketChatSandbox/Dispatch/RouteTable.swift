/// The routes of one release.
struct RouteTable: Sendable {
    private var fixed: [String: [Route]] = [:]
    private var patterns: [(parts: [Substring], route: Route)] = []

    /// The routes that exist in a release.
    init(_ version: Version) {
        for route in Self.all where route.since <= version && version < route.removed {
            if route.path.contains(":") {
                patterns.append((route.path.split(separator: "/"), route))
            } else {
                fixed[route.path, default: []].append(route)
            }
        }
    }

    /// The route for a path below `/api/v1/` and a method, with the values of its pattern. A path that has other methods only
    /// matches a route of another method: the release says what that means.
    func match(_ path: String, _ method: Method?) -> (Route, [String: String])? {
        let found = fixed[path].map { routes in routes.map { ($0, [:]) } } ?? matches(path)
        return found.first { $0.0.method == method } ?? found.first
    }

    private func matches(_ path: String) -> [(Route, [String: String])] {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return patterns.compactMap { pattern, route in
            guard pattern.count == parts.count else { return nil }
            var values: [String: String] = [:]
            let isMatch = zip(pattern, parts).allSatisfy { expected, part in
                guard expected.first == ":" else { return expected == part }
                values[String(expected.dropFirst())] = QueryParameters.decode(part)
                return !part.isEmpty
            }
            return isMatch ? (route, values) : nil
        }
    }

    /// Every route of every release, one family after the other.
    static let all: [Route] =
        AccountRoutes.all + UserRoutes.all + ChannelRoutes.all + GroupRoutes.all + DirectRoutes.all + RoomRoutes.all
        + SubscriptionRoutes.all + RoleRoutes.all + TeamRoutes.all + SyncRoutes.all + ChatRoutes.all
        + ThreadRoutes.all + CatalogueRoutes.all + OmnichannelRoutes.all + LivechatTags.all + ModerationRoutes.all
        + writing

    private static let writing: [Route] =
        LoginRoutes.all + UserWrites.all + MessageWrites.all + MessageMarks.all + ChannelWrites.all + GroupWrites.all
        + DirectWrites.all + RoomWrites.all + UploadWrites.all + TeamWrites.all + LivechatWrites.all
}
