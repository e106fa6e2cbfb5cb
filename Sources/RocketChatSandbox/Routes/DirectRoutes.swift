/// Direct messages, under both their names, `im.*` and `dm.*`.
enum DirectRoutes {
    /// The family.
    static let all: [Route] = ["im", "dm"].flatMap { prefix -> [Route] in
        [
            Route("\(prefix).list", handler: list),
            Route(
                "\(prefix).list.everyone", permissions: ["view-room-administration"], handlerRefusal: .forbidden,
                handler: everyone),
            Route(
                "\(prefix).messages",
                parameters: .list("mentionIds", "starredIds", "pinned", "fields")
                    .requiringOne(of: "roomId", "username"), handler: messages),
            Route("\(prefix).messages.others", parameters: .list("roomId"), handler: others),
            Route(
                "\(prefix).history",
                parameters: .only(
                    "roomId", "username", "latest", "oldest", "inclusive", "offset", "count", "unreads",
                    "showThreadMessages"), handler: history),
            Route(
                "\(prefix).members",
                parameters: .list("filter").with(.list, "status").requiringOne(of: "roomId", "username"),
                handler: members),
            Route(
                "\(prefix).files",
                parameters: .list("name", "typeGroup").with(.flag, "onlyConfirmed")
                    .requiringOne(of: "roomId", "username"), handler: files),
        ]
    }

    private static func list(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        // Two series of releases answered with nothing (issue 26438 of the server).
        let isBroken = [Version(4, 8)..<Version(4, 8, 3), Version(5, 0)..<Version(5, 0, 2)].contains {
            $0.contains(call.version)
        }
        return try workspace.rooms("ims", isBroken ? [] : workspace.joined(.direct, call.user), call)
    }

    private static func everyone(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let directs = workspace.rooms.indices.filter {
            workspace.rooms[$0].type == .direct && !workspace.rooms[$0].isRemoved
        }
        return try workspace.rooms("ims", directs, call)
    }

    private static func own(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> RoomIndex {
        let room = try workspace.direct(call)
        guard workspace.canAccess(room, call.user) else { throw .forbidden }
        return room
    }

    private static func messages(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let room = try own(&workspace, call)
        // Orders other than by `ts` are passed over from 4.8 to 7.3 (issue 35260 of the server).
        return try workspace.messages(
            of: room, call, sortsByTimeOnly: (Version(4, 8)..<Version(7, 4)).contains(call.version))
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
