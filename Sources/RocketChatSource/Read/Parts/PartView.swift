/// How much a token sees of something: what another one saw more of is unknown to it and not gone.
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

    /// What `endpoints` show together.
    init(_ endpoints: [ListEndpoint], access: Access) {
        let views = endpoints.map { PartView($0, access: access) }.filter { $0.scope != [Self.all] }
        scope = views.isEmpty ? [Self.all] : views.reduce(into: []) { $0.formUnion($1.scope) }
    }

    /// Whether all that `other` shows is shown here, too.
    func includes(_ other: PartView) -> Bool { scope.contains(Self.all) || scope.isSuperset(of: other.scope) }

    /// The one of both that shows more; this one unless the other includes all of it.
    func wider(_ other: PartView) -> PartView { other.includes(self) && !includes(other) ? other : self }
}

/// How a row of a partitioned stream was seen: its parent by listings of those, itself by an endpoint.
struct PartViews: Sendable, Hashable {
    /// What the token sees of the parents.
    var parents: PartView
    /// What it sees of the rows of a parent that it is told.
    var rows: PartView
}
