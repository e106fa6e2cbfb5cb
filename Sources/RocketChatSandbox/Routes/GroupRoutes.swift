/// Private groups.
enum GroupRoutes {
    /// The family.
    static let all: [Route] = [
        Route("groups.list", handler: list),
        Route(
            "groups.listAll", permissions: ["view-room-administration"], handlerRefusal: .forbidden, handler: listAll),
        Route("groups.info", handler: info),
        Route(
            "groups.messages",
            parameters: .list("mentionIds", "starredIds", "pinned").requiringOne(of: "roomId", "roomName").since(7, 0)
                .legacy(), handler: messages),
        Route("groups.history", handler: history),
        Route("groups.members", handler: members),
        Route("groups.roles", handler: roles),
        Route(
            "groups.files",
            parameters: .list("name", "typeGroup").with(.flag, "onlyConfirmed")
                .requiringOne(of: "roomId", "roomName").allowingOthers().since(7, 10).legacy(), handler: files),
    ]

    private static func list(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let groups = workspace.joined(.group, call.user)
        // From 5.0 to 6.1 to have no group was a 404 (issues 25991 and 27587 of the server).
        if groups.isEmpty, (Version(5, 0)..<Version(6, 2)).contains(call.version) {
            throw Refusal(404, ["success": false, "error": "Resource not found"])
        }
        return try workspace.rooms("groups", groups, call)
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
        try workspace.roomRoles(of: try workspace.group(call), call)
    }

    private static func files(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        try workspace.files(of: try workspace.group(call, allowingArchived: true), call)
    }
}
