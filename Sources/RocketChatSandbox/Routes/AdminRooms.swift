/// Rooms as administrators and the directory list them.
enum AdminRooms {
    private static let fields: Set<String> = [
        "_id", "prid", "fname", "name", "t", "cl", "u", "usernames", "ts", "usersCount", "muted", "unmuted", "ro",
        "reactWhenReadOnly", "default", "favorite", "featured", "topic", "msgs", "archived", "teamId", "teamMain",
        "announcement", "description", "broadcast", "uids", "avatarETag", "federated", "abacAttributes",
    ]

    /// `rooms.adminRooms`. Discussions and main rooms of teams are left out unless `discussions` and `teams` are asked for
    /// by name, whatever other types are asked for, and without any type as well.
    static func list(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard workspace.has("view-room-administration", call.user) else { throw .failure("error-not-authorized") }
        let types = Set(call.query.list("types"))
        let text = call.query.filled("filter")?.lowercased()
        let rooms = workspace.rooms.indices.filter { index in
            let room = workspace.rooms[index]
            guard !room.isRemoved, text.map({ matches(room, $0) }) ?? true else { return false }
            let isTeam = room.fields["teamMain"] != nil
            if room.parent != nil, !types.contains("discussions") { return false }
            if isTeam, !types.contains("teams") { return false }
            return types.isEmpty || types.contains(room.type.rawValue) || room.parent != nil || isTeam
        }
        let shown = call.version >= Version(8, 7) ? fields.union(["customFields"]) : fields
        let snapshot = workspace
        var order = SortOrder("default", descending: true)
        order.keys.append(("name", true))
        return try workspace.list(
            "rooms", rooms, call, order: order, id: { snapshot.rooms[$0].id },
            document: { snapshot.rooms[$0].document.filter { shown.contains($0.key) } })
    }

    private static func matches(_ room: Room, _ text: String) -> Bool {
        let names = [room.name, room.fields["fname"]?.text]
        let users = room.type == .direct ? room.fields["usernames"]?.elements?.map(\.text) ?? [] : []
        return (names + users).contains { $0?.lowercased().contains(text) == true }
    }

    /// `rooms.adminRooms.privateRooms`: private groups and main rooms of private teams, without discussions.
    static func privateRooms(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let snapshot = workspace
        let text = call.query.filled("filter")?.lowercased()
        let rooms = workspace.rooms.indices.filter { index in
            let room = snapshot.rooms[index]
            guard room.type == .group, !room.isRemoved, room.parent == nil else { return false }
            return text.map { matches(room, $0) } ?? true
        }
        return try workspace.list(
            "rooms", rooms, call, order: SortOrder("name"), id: { snapshot.rooms[$0].id },
            document: { snapshot.rooms[$0].document.filter { fields.contains($0.key) } })
    }
}
