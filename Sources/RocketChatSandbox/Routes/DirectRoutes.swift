/// Direct messages, under both their names, `im.*` and `dm.*`.
enum DirectRoutes {
    /// The family.
    static let all: [Route] = ["im", "dm"].flatMap { prefix -> [Route] in
        [
            Route("\(prefix).list", parameters: .list(), handler: list),
            Route(
                "\(prefix).list.everyone", permissions: ["view-room-administration"], parameters: .list(),
                handler: everyone),
            Route(
                "\(prefix).messages", parameters: .list("roomId", "username", "mentionIds", "starredIds", "pinned"),
                handler: messages),
            Route("\(prefix).messages.others", parameters: .list("roomId"), handler: others),
            Route(
                "\(prefix).history",
                parameters: .only(
                    "roomId", "username", "latest", "oldest", "inclusive", "offset", "count", "unreads",
                    "showThreadMessages"), handler: history),
            Route(
                "\(prefix).members", parameters: .list("roomId", "username", "status", "filter"), handler: members),
            Route(
                "\(prefix).files", parameters: .list("roomId", "username", "name", "typeGroup", "onlyConfirmed"),
                handler: files),
        ]
    }

    private static func list(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        try workspace.rooms("ims", workspace.joined(.direct, call.user), call)
    }

    private static func everyone(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let directs = workspace.rooms.indices.filter {
            workspace.rooms[$0].type == .direct && !workspace.rooms[$0].isRemoved
        }
        return try workspace.rooms("ims", directs, call)
    }

    private static func own(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> Int {
        let room = try workspace.direct(call)
        guard workspace.isMember(call.user, of: room) else { throw .forbidden }
        return room
    }

    private static func messages(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let room = try own(&workspace, call)
        return try workspace.messages(of: room, call)
    }

    private static func others(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard workspace.settings.directMessageHistory else {
            throw .thrown(
                "error-endpoint-disabled", "This endpoint is disabled",
                details: ["route": "/api/v1/im.messages.others"])
        }
        guard workspace.has("view-room-administration", call.user) else { throw .forbidden }
        guard let id = call.query.filled("roomId"), let room = workspace.room(id), workspace.rooms[room].type == .direct
        else { throw .thrown("error-room-not-found", "No direct message room found by the id") }
        return try workspace.messages(of: room, call, showsHidden: true)
    }

    private static func history(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let room = try own(&workspace, call)
        return try workspace.history(of: room, call, includesThreads: call.version < Version(5, 0), capsCount: true)
    }

    private static func members(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let room = try own(&workspace, call)
        return try workspace.directMembers(of: room, call)
    }

    private static func files(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let room = try own(&workspace, call)
        return try workspace.files(of: room, call)
    }
}
