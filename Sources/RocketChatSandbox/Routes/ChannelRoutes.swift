/// Public channels.
enum ChannelRoutes {
    /// The family.
    static let all: [Route] = [
        Route(
            "channels.list", permissions: ["view-c-room", "view-joined-room"], handlerRefusal: .forbidden,
            parameters: .list("_id").since(7, 0).legacy(), handler: list),
        Route("channels.list.joined", handler: joined),
        Route("channels.info", handler: info),
        Route(
            "channels.messages", permissions: ["view-c-room"], handlerRefusal: .forbidden,
            parameters: .list("mentionIds", "starredIds", "pinned").requiring("roomId").legacy(), handler: messages),
        Route(
            "channels.history",
            parameters: .only(
                "roomId", "roomName", "latest", "oldest", "inclusive", "offset", "count", "unreads",
                "showThreadMessages", "sort"
            ).legacy(), handler: history),
        Route("channels.members", handler: members),
        Route(
            "channels.roles", parameters: .only().requiringOne(of: "roomId", "roomName").legacy(), handler: roles),
        Route(
            "channels.files",
            parameters: .list("name", "typeGroup").with(.flag, "onlyConfirmed")
                .requiringOne(of: "roomId", "roomName").since(7, 0).legacy(), handler: files),
    ]

    /// First release that asks for access to a channel before it tells its members and messages; found between 7.2 and
    /// 7.10 of the server's tests (`channels.ts`).
    private static let visibility = Version(7, 8)
    /// Members no caller gets to see.
    static let excluded: Set<String> = ["joinCode", "members", "importIds", "e2e"]

    private static func list(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        // 7.0.0 to 7.3.2 take no paging parameters here (issue 35187 of the server).
        if (Version(7, 0)..<Version(7, 3, 3)).contains(call.version),
            !call.query.names.isDisjoint(with: ["count", "offset", "sort"])
        {
            throw .thrown("invalid-params", "must NOT have additional properties")
        }
        let snapshot = workspace
        var rooms = workspace.rooms.indices.filter { snapshot.isListedChannel($0, call.user) }
        if let id = call.query.filled("_id") { rooms.removeAll { snapshot.rooms[$0].id != id } }
        return try workspace.rooms("channels", rooms, call)
    }

    private static func joined(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        try workspace.rooms("channels", workspace.joined(.channel, call.user), call)
    }

    private static func info(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let room = try workspace.channel(call)
        guard workspace.canAccess(room, call.user) else { throw .forbidden }
        return JSONBuffer.success(["channel": .object(workspace.rooms[room].document)])
    }

    private static func messages(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let room = try workspace.channel(call)
        // Before the visibility checks, the permission alone opened channels of private teams, too.
        guard call.version < visibility || workspace.canAccess(room, call.user) else { throw .forbidden }
        if workspace.has("view-joined-room", call.user), !workspace.isMember(call.user, of: room) { throw .forbidden }
        return try workspace.messages(of: room, call)
    }

    private static func history(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let room = try workspace.channel(call)
        guard workspace.canRead(room, call.user) else { throw .forbidden }
        return try workspace.history(of: room, call, includesThreads: call.version < Version(4, 8), capsCount: true)
    }

    private static func members(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let room = try workspace.channel(call)
        guard call.version < visibility || workspace.canAccess(room, call.user) else { throw .forbidden }
        return try workspace.members(of: room, call)
    }

    private static func roles(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let room = try workspace.channel(call)
        if workspace.rooms[room].isArchived {
            throw .thrown("error-room-archived", "The channel, \(workspace.rooms[room].name ?? ""), is archived")
        }
        return try workspace.roomRoles(of: room, call)
    }

    private static func files(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let room = try workspace.channel(call)
        guard workspace.canAccess(room, call.user) else { throw .forbidden }
        return try workspace.files(of: room, call)
    }
}

extension Workspace {
    /// Indices of the rooms of a type a user is a member of.
    func joined(_ type: RoomType, _ user: UserIndex) -> [RoomIndex] {
        memberships(of: user).map(\.room).filter { rooms[$0].type == type && !rooms[$0].isRemoved }
    }

    /// Answers a paged list of whole room documents, ordered by name unless told otherwise.
    func rooms(_ key: String, _ indices: [RoomIndex], _ call: Call) throws(Refusal) -> [UInt8] {
        try list(
            key, indices, call, order: SortOrder("name"), id: { rooms[$0].id },
            document: { rooms[$0].document.filter { !ChannelRoutes.excluded.contains($0.key) } })
    }
}
