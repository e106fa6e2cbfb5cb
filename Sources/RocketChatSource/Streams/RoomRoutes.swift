/// Listings of rooms that several streams and the way to their rooms share.
enum RoomRoutes {
    /// Paths of all listings that rooms are found by.
    static let paths: Set<String> = [
        "v1/rooms.get", "v1/rooms.adminRooms", "v1/channels.list", "v1/directory", "v1/teams.list",
        "v1/teams.listRooms",
    ]

    /// Every channel and private group, for administrators, with fewer fields than elsewhere and without `_updatedAt`.
    ///
    /// Discussions and main rooms of teams are left out by the server unless they are asked for by name (rocket-chat-api.md §4.2).
    static let everyRoom = ListEndpoint(
        "v1/rooms.adminRooms", rows: ["rooms"],
        query: ["c", "p", "discussions", "teams"].map { ("types[]", $0) },
        needs: .permission("view-room-administration")
    ).with {
        $0.isThin = true
        $0.isEverything = true
    }

    /// Public channels by name, with few fields; without discussions and main rooms of teams, and with the user's own rooms of
    /// every kind. It can be sorted by a few fields only; any other is refused (server source).
    static let directory = ListEndpoint(
        "v1/directory", rows: ["result"], paging: .offset(sort: #"{"name":1}"#), query: [("type", "channels")]
    ).with { $0.isThin = true }
}
