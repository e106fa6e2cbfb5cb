/// Rooms of every type.
enum RoomRoutes {
    /// The family.
    static let all: [Route] = [
        Route("rooms.get", handler: get),
        Route("rooms.info", parameters: .only("roomId", "roomName", "fields").since(8, 3), handler: info),
        Route(
            "rooms.adminRooms", since: Version(2, 4),
            parameters: .list("filter").with(.some(["c", "d", "p", "l", "discussions", "teams"]), "types").since(8, 3),
            handler: AdminRooms.list),
        Route(
            "rooms.adminRooms.privateRooms", since: Version(8, 0), permissions: ["view-room-administration"],
            parameters: .list("filter"), handler: AdminRooms.privateRooms),
        Route(
            "rooms.getDiscussions", since: Version(1, 0), parameters: .list("roomId", "roomName").since(8, 3),
            handler: discussions),
        Route(
            "rooms.membersOrderedByRole", since: Version(7, 3),
            parameters: .list("filter").with(.list, "status").requiringOne(of: "roomId", "roomName"),
            handler: membersByRole),
        // First seen in 7.10; it is not in 7.2.
        Route("rooms.roles", since: Version(7, 10), parameters: .only().requiring("rid").typed(7, 10), handler: roles),
        Route(
            "rooms.images", since: Version(6, 8), parameters: .only("roomId", "startingFromId", "count", "offset"),
            handler: images),
        Route(
            "rooms.isMember", since: Version(6, 12), parameters: .only("roomId", "userId", "username"),
            handler: isMember),
    ]

    /// What `rooms.get` shows of a room (facts: the server's `roomFields`).
    static let fields: Set<String> = [
        "_id", "name", "fname", "t", "cl", "u", "lm", "teamId", "teamMain", "topic", "announcement",
        "announcementDetails", "muted", "unmuted", "_updatedAt", "archived", "description", "default", "customFields",
        "lastMessage", "retention", "prid", "avatarETag", "usersCount", "msgs", "tags", "sms", "code",
        "joinCodeRequired", "open", "label", "ro", "reactWhenReadOnly", "sysMes", "sentiment", "broadcast", "encrypted",
        "e2eKeyId", "livechatData", "priorityId", "priorityWeight", "slaId", "estimatedWaitingTimeQueue", "v",
        "contactId", "verified", "departmentId", "servedBy", "source", "transcriptRequest", "onHold", "metrics", "ts",
        "waitingResponse", "queuedAt", "federated", "federation", "usernames", "uids", "usersWaitingForE2EKeys",
        "abacAttributes",
    ]

    private static func get(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let since = try call.date(
            "updatedSince",
            else: .thrown(
                "error-updatedSince-param-invalid", "The \"updatedSince\" query parameter must be a valid date."))
        let rooms = workspace.memberships(of: call.user).map(\.room).filter {
            workspace.rooms[$0].updatedAt > since ?? .min
        }
        var buffer = JSONBuffer(capacity: rooms.count * 512)
        buffer.append("{\"update\":[")
        for (index, room) in rooms.enumerated() {
            if index > 0 { buffer.append(",") }
            buffer.object(workspace.rooms[room].document.filter { fields.contains($0.key) })
        }
        buffer.append("],\"remove\":")
        var removed: [JSON] = []
        if let since {
            // The whole workspace's removals, not only those of the caller's rooms.
            let horizon = max(since, call.now - Workspace.trashLifetime)
            removed = workspace.roomTrash.filter { $0.deletedAt > horizon }
                .map { ["_id": .string($0.id), "_deletedAt": .date($0.deletedAt)] }
        }
        buffer.value(.array(removed))
        buffer.append(",\"success\":true}")
        return buffer.bytes
    }

    private static func info(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let room =
            call.query.filled("roomId").flatMap { workspace.room($0) }
            ?? call.query.filled("roomName").flatMap { workspace.room(named: $0) }
        guard let room, workspace.canAccess(room, call.user) else {
            throw .failure("not-allowed", type: "Not Allowed")
        }
        var body: JSONObject = ["room": .object(workspace.rooms[room].document)]
        if call.version >= Version(6, 13) {
            if let team = workspace.rooms[room].team.flatMap({ workspace.team($0) }) {
                body["team"] = .object(TeamRoutes.document(team, workspace))
            }
            if let parent = workspace.rooms[room].parent.flatMap({ workspace.room($0) }) {
                body["parent"] = .object(workspace.rooms[parent].document)
            }
        }
        return JSONBuffer.success(body)
    }

    private static func discussions(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard let id = call.query.filled("roomId"), let parent = workspace.room(id),
            workspace.canAccess(parent, call.user)
        else { throw .failure("not-allowed", type: "Not Allowed") }
        let snapshot = workspace
        let rooms = workspace.rooms.indices.filter {
            snapshot.rooms[$0].parent == id && !snapshot.rooms[$0].isRemoved
        }
        return try workspace.list(
            "discussions", rooms, call, order: SortOrder("fname"), id: { snapshot.rooms[$0].id },
            document: { snapshot.rooms[$0].document })
    }

    private static func membersByRole(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let room =
            call.query.filled("roomId").flatMap { workspace.room($0) }
            ?? call.query.filled("roomName").flatMap { workspace.room(named: $0) }
        guard let room else {
            throw .thrown(
                "error-room-not-found",
                "The required \"roomId\" or \"roomName\" param provided does not match any channel")
        }
        guard workspace.canAccess(room, call.user) else {
            throw Refusal(
                404,
                [
                    "success": false,
                    "error": "The required \"roomId\" or \"roomName\" param provided does not match any room",
                ])
        }
        guard [.channel, .group].contains(workspace.rooms[room].type) else {
            throw .failure("error-room-type-not-supported")
        }
        if workspace.rooms[room].isBroadcast, !workspace.has("view-broadcast-member-list", call.user, in: room) {
            throw Refusal(401, ["success": false, "error": "unauthorized"])
        }
        return try workspace.membersByRole(of: room, call)
    }

    private static func roles(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard let id = call.query.filled("rid"), let room = workspace.room(id) else {
            throw .thrown("error-invalid-room", "Invalid room", details: ["method": "getRoomRoles"])
        }
        return try workspace.roomRoles(of: room, call)
    }

    private static func images(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard let id = call.query.filled("roomId"), let room = workspace.room(id),
            workspace.canAccess(room, call.user)
        else { throw .forbidden }
        return try workspace.images(of: room, call)
    }

    private static func isMember(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard let id = call.query.filled("roomId"), let room = workspace.room(id),
            workspace.canAccess(room, call.user)
        else { throw .forbidden }
        let user =
            call.query.filled("userId").flatMap { workspace.user($0) }
            ?? call.query.filled("username").flatMap { workspace.user(named: $0) }
        guard let user else { throw Refusal(404, ["success": false, "error": "error-user-not-found"]) }
        return JSONBuffer.success(["isMember": .bool(workspace.isMember(user, of: room))])
    }
}
