/// Private groups, written (8.6.1, `api/server/v1/groups.ts`).
enum GroupWrites {
    /// The family.
    static let all: [Route] = [
        .post("groups.create", handler: create),
        .post("groups.invite", handler: invite),
        .post("groups.kick") { workspace, call throws(Refusal) in
            // Found whether or not the caller is in it; what it may do is looked at next (7.10, `groups.ts`).
            try workspace.kick(try workspace.person(call), from: try anyone(workspace, call), call)
            return JSONBuffer.success([:])
        },
        .post("groups.leave") { workspace, call throws(Refusal) in
            try workspace.leave(try workspace.group(call.byBody), call)
            return JSONBuffer.success([:])
        },
        .post("groups.archive") { workspace, call throws(Refusal) in
            try workspace.archive(try workspace.group(call.byBody), true, call)
            return JSONBuffer.success([:])
        },
        .post("groups.unarchive") { workspace, call throws(Refusal) in
            try workspace.archive(try workspace.group(call.byBody, allowingArchived: true), false, call)
            return JSONBuffer.success([:])
        },
        .post("groups.delete") { workspace, call throws(Refusal) in
            let room = try workspace.group(call.byBody, allowingArchived: true)
            try workspace.erase(room, by: call.user, at: call.now)
            return JSONBuffer.success([:])
        },
        .post("groups.rename") { workspace, call throws(Refusal) in
            let room = try workspace.group(call.byBody)
            try workspace.rename(room, call, kind: "group")
            return answer(room, workspace)
        },
        .post("groups.setTopic") { workspace, call throws(Refusal) in
            try workspace.setTopic(try workspace.group(call.byBody), call, kind: "group")
        },
    ]

    private static func answer(_ room: RoomIndex, _ workspace: Workspace) -> [UInt8] {
        let document = workspace.rooms[room].document.filter { !ChannelRoutes.excluded.contains($0.key) }
        return JSONBuffer.success(["group": .object(document)])
    }

    private static func create(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard call.body.filled("name") != nil else { throw .failure("Body param \"name\" is required") }
        if let members = call.body["members"], members.elements == nil {
            throw .failure("Body param \"members\" must be an array if provided")
        }
        let isInTeam = call.body["extraData"]?.object?["teamId"] != nil
        guard isInTeam || workspace.has("create-p", call.user) else { throw .notAllowed("createPrivateGroup") }
        return answer(try workspace.found(.group, call), workspace)
    }

    private static func invite(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let room = try anyone(workspace, call)
        let others = try workspace.people(call)
        guard !others.isEmpty else {
            throw .thrown("error-empty-invite-list", "Cannot invite if no valid users are provided")
        }
        try workspace.invite(others, to: room, call)
        return answer(room, workspace)
    }

    /// A group that a body names, whether or not the caller is in it.
    private static func anyone(_ workspace: Workspace, _ call: Call) throws(Refusal) -> RoomIndex {
        guard let name = call.body.filled("roomId") ?? call.body.filled("roomName") else {
            throw .thrown("error-room-param-not-provided", "The parameter \"roomId\" or \"roomName\" is required")
        }
        guard let room = workspace.room(name) ?? workspace.room(named: name), workspace.rooms[room].type == .group
        else {
            throw .thrown(
                "error-room-not-found",
                "The required \"roomId\" or \"roomName\" param provided does not match any group")
        }
        return room
    }
}
