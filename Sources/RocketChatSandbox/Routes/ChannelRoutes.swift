/// Public channels.
enum ChannelRoutes {
    /// The family.
    static let all: [Route] = [
        Route("channels.list", parameters: .list("_id"), handler: list),
        Route("channels.list.joined", parameters: .list(), handler: joined),
        Route("channels.info", parameters: .only("roomId", "roomName"), handler: info),
        Route(
            "channels.messages", parameters: .list("roomId", "roomName", "mentionIds", "starredIds", "pinned"),
            handler: messages),
        Route(
            "channels.history",
            parameters: .only(
                "roomId", "roomName", "latest", "oldest", "inclusive", "offset", "count", "unreads",
                "showThreadMessages", "sort"), handler: history),
        Route(
            "channels.members", parameters: .list("roomId", "roomName", "status", "filter"), handler: members),
        Route("channels.roles", parameters: .only("roomId", "roomName"), handler: roles),
        Route(
            "channels.files", parameters: .list("roomId", "roomName", "name", "typeGroup", "onlyConfirmed"),
            handler: files),
    ]

    /// Members no caller gets to see.
    static let excluded: Set<String> = ["joinCode", "members", "importIds", "e2e"]

    private static func list(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        // 7.0.0 to 7.3.2 take no paging parameters here (issue 35187 of the server).
        if (Version(7, 0)..<Version(7, 3, 3)).contains(call.version),
            !call.query.names.isDisjoint(with: ["count", "offset", "sort"])
        {
            throw .thrown("invalid-params", "must NOT have additional properties")
        }
        guard workspace.has("view-c-room", call.user) || workspace.has("view-joined-room", call.user) else {
            throw .forbidden
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
        guard workspace.has("view-c-room", call.user), workspace.canAccess(room, call.user) else { throw .forbidden }
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
        guard workspace.canAccess(room, call.user) else { throw .forbidden }
        return try workspace.members(of: room, call)
    }

    private static func roles(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        workspace.roomRoles(of: try workspace.channel(call))
    }

    private static func files(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let room = try workspace.channel(call)
        guard workspace.canAccess(room, call.user) else { throw .forbidden }
        return try workspace.files(of: room, call)
    }
}

extension Workspace {
    /// Indices of the rooms of a type a user is a member of.
    func joined(_ type: RoomType, _ user: Int) -> [Int] {
        memberships(of: user).map(\.room).filter { rooms[$0].type == type && !rooms[$0].isRemoved }
    }

    /// Answers a paged list of whole room documents, ordered by name unless told otherwise.
    func rooms(_ key: String, _ indices: [Int], _ call: Call) throws(Refusal) -> [UInt8] {
        try list(
            key, indices, call, order: SortOrder("name"), id: { rooms[$0].id },
            document: { rooms[$0].document.filter { !ChannelRoutes.excluded.contains($0.key) } })
    }
}
