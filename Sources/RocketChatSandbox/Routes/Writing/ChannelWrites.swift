/// Public channels, written (8.6.1, `api/server/v1/channels.ts`).
enum ChannelWrites {
    private static let one = BodyRules.requiringOne(of: "roomId", "roomName").legacy()

    /// The family.
    static let all: [Route] = [
        .post("channels.create", handler: create),
        .post("channels.invite") { workspace, call throws(Refusal) in
            let room = try named(workspace, call)
            let others = try workspace.people(call)
            guard !others.isEmpty else {
                throw .failure("invalid-user-invite-list", type: "Cannot invite if no users are provided")
            }
            try workspace.invite(others, to: room, call)
            return answer(room, workspace)
        },
        .post("channels.kick", body: one.allowing(.text, "userId", "username", "user")) {
            workspace, call throws(Refusal) in
            let room = try named(workspace, call)
            try workspace.kick(try workspace.person(call), from: room, call)
            return answer(room, workspace)
        },
        .post("channels.leave", body: one) { workspace, call throws(Refusal) in
            let room = try named(workspace, call)
            try workspace.leave(room, call)
            return answer(room, workspace)
        },
        .post("channels.archive", body: one) { workspace, call throws(Refusal) in
            try workspace.archive(try named(workspace, call), true, call)
            return JSONBuffer.success([:])
        },
        .post("channels.unarchive", body: one) { workspace, call throws(Refusal) in
            let room = try workspace.channel(call.byBody)
            guard workspace.rooms[room].isArchived else {
                throw .failure("The channel, \(workspace.rooms[room].name ?? ""), is not archived")
            }
            try workspace.archive(room, false, call)
            return JSONBuffer.success([:])
        },
        .post("channels.delete", body: one) { workspace, call throws(Refusal) in
            try workspace.erase(try workspace.channel(call.byBody), by: call.user, at: call.now)
            return JSONBuffer.success([:])
        },
        .post("channels.rename") { workspace, call throws(Refusal) in
            let room = try named(workspace, call)
            try workspace.rename(room, call, kind: "channel")
            return answer(room, workspace)
        },
        .post("channels.setTopic") { workspace, call throws(Refusal) in
            try workspace.setTopic(try named(workspace, call), call, kind: "channel")
        },
    ]

    /// The channel that a body names, unless it is archived.
    private static func named(_ workspace: Workspace, _ call: Call) throws(Refusal) -> RoomIndex {
        let room = try workspace.channel(call.byBody)
        guard !workspace.rooms[room].isArchived else {
            throw .thrown("error-room-archived", "The channel, \(workspace.rooms[room].name ?? ""), is archived")
        }
        return room
    }

    private static func answer(_ room: RoomIndex, _ workspace: Workspace) -> [UInt8] {
        let document = workspace.rooms[room].document.filter { !ChannelRoutes.excluded.contains($0.key) }
        return JSONBuffer.success(["channel": .object(document)])
    }

    private static func create(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let isInTeam = call.body["extraData"]?.object?["teamId"] != nil
        guard isInTeam || workspace.has("create-c", call.user) else { throw .forbidden }
        guard call.body.filled("name") != nil else { throw .failure("Param \"name\" is required") }
        if let members = call.body["members"], members.elements == nil {
            throw .failure("Param \"members\" must be an array if provided")
        }
        return answer(try workspace.found(.channel, call), workspace)
    }
}
