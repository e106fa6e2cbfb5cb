import RocketChatAPI

extension ReadPlan {
    /// Routes that the stream's rows come from.
    var routes: Set<String> {
        switch self {
        case .listing(let listing): Set(listing.endpoints.map(\.path))
        case .updates(let updates): [updates.path]
        case .messages: ["v1/chat.syncMessages"]
        case .partitioned(let partition): Set(partition.variants.map(\.endpoint.path))
        case .growing(let endpoint): [endpoint.path]
        case .livechatRooms: ["v1/livechat/rooms"]
        case .workspace: [ServerInfo.request.path]
        }
    }

    /// Every path that reading the stream may call: its routes, the way to its rooms or other parents, and the stand-ins
    /// for servers that lack a route.
    var paths: Set<String> {
        switch self {
        case .messages(.conversations): routes.union(RoomDirectory.paths).union(MessageRequests.paths)
        case .messages(.livechat): routes.union(["v1/livechat/rooms"]).union(MessageRequests.paths)
        case .partitioned(let partition):
            routes.union(partition.parents.listing?.endpoints.map(\.path) ?? Array(RoomDirectory.paths))
        default: routes
        }
    }
}

extension Catalogue {
    /// Every path below `/api/` that this connector may call, always with GET. None of them writes, joins or creates anything,
    /// or leaves an entry in the server's audit log; `statistics` is never asked to refresh itself.
    package static var paths: Set<String> {
        all.reduce(into: Access.paths) { $0.formUnion($1.reading.paths) }
    }
}
