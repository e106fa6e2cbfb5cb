/// How much a token sees of a partitioned stream: what another one saw more of is unknown to it and not gone.
struct PartView: Sendable, Hashable {
    /// What widens it: routes that show everything, permissions that the token holds, the user whose own parents are listed, kinds of
    /// room that are read.
    var scope: Set<String>

    private static let all = "all"

    init(scope: Set<String>) { self.scope = scope }

    /// What `endpoint` shows.
    init(_ endpoint: ListEndpoint, access: Access) {
        let permissions = endpoint.widening.filter { access.permissions.contains($0) }
        let isWhole = permissions.count == endpoint.widening.count && !(endpoint.isOwn && permissions.isEmpty)
        scope = isWhole ? [Self.all] : ListingSource(endpoint, access: access).scope ?? []
    }

    /// What the listings of rooms show (`RoomDirectory`). Nobody sees other people's direct messages.
    init(roomsOf context: SyncContext) {
        let wide = ["view-room-administration", "view-c-room", "view-joined-room"]
        scope = Set(wide.filter { context.access.permissions.contains($0) })
        scope.insert("user=\(context.access.userID)")
        scope.formUnion(context.configuration.rooms.types.map { "type=\($0)" })
    }

    /// What is seen of the rows of parents that are seen like this, by `endpoint`.
    func narrowed(by endpoint: ListEndpoint, access: Access) -> PartView {
        let rows = PartView(endpoint, access: access)
        if rows.scope == [Self.all] { return self }
        if scope == [Self.all] { return PartView(scope: rows.scope.union([endpoint.route])) }
        return PartView(scope: scope.union(rows.scope))
    }

    /// Whether all that `other` shows is shown here, too.
    func includes(_ other: PartView) -> Bool { scope.contains(Self.all) || scope.isSuperset(of: other.scope) }
}
