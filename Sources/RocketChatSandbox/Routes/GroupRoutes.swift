/// Private groups.
enum GroupRoutes {
    /// The family.
    static let all: [Route] = [
        Route("groups.list", parameters: .list(), handler: list),
        Route("groups.listAll", permissions: ["view-room-administration"], parameters: .list(), handler: listAll),
        Route("groups.info", parameters: .only("roomId", "roomName"), handler: info),
        Route(
            "groups.messages", parameters: .list("roomId", "roomName", "mentionIds", "starredIds", "pinned"),
            handler: messages),
        Route(
            "groups.history",
            parameters: .only(
                "roomId", "roomName", "latest", "oldest", "inclusive", "offset", "count", "unreads",
                "showThreadMessages"), handler: history),
        Route("groups.members", parameters: .list("roomId", "roomName", "status", "filter"), handler: members),
        Route("groups.roles", parameters: .only("roomId", "roomName"), handler: roles),
        Route(
            "groups.files", parameters: .list("roomId", "roomName", "name", "typeGroup", "onlyConfirmed"),
            handler: files),
    ]

    private static func list(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        try workspace.rooms("groups", workspace.joined(.group, call.user), call)
    }

    private static func listAll(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let groups = workspace.rooms.indices.filter {
            workspace.rooms[$0].type == .group && !workspace.rooms[$0].isRemoved
        }
        return try workspace.rooms("groups", groups, call)
    }

    private static func info(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let room = try workspace.group(call, allowingArchived: true)
        return JSONBuffer.success(["group": .object(workspace.rooms[room].document)])
    }

    private static func messages(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        try workspace.messages(of: try workspace.group(call), call)
    }

    private static func history(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let room = try workspace.group(call, allowingArchived: true)
        return try workspace.history(of: room, call, includesThreads: true, capsCount: false)
    }

    private static func members(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        try workspace.members(of: try workspace.group(call), call)
    }

    private static func roles(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        workspace.roomRoles(of: try workspace.group(call))
    }

    private static func files(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        try workspace.files(of: try workspace.group(call, allowingArchived: true), call)
    }
}
