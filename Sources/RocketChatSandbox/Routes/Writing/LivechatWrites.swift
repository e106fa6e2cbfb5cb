/// The omnichannel as visitors and managers write to it (8.6.1, `livechat/server/api/v1`, `livechat/imports/server/rest`).
enum LivechatWrites {
    private static let visits = RateLimit(calls: 5, interval: 60_000)

    /// The family; visitors have a token of their own and no credentials.
    static let all: [Route] = [
        Route("livechat/config", handler: config).forStrangers(),
        Route.post("livechat/visitor", limit: visits, handler: register).forStrangers(),
        Route("livechat/visitor/:token", handler: removeVisitor).answering(to: .delete).forStrangers(),
        Route("livechat/room", limit: visits, handler: open).forStrangers(),
        Route.post(
            "livechat/message",
            body: .requiring(.text, "token", "rid", "msg").allowing(.text, "_id").allowing(.object, "agent").since(4, 8)
                .legacy(), handler: write
        ).forStrangers(),
        Route.post("livechat/room.close", body: .requiring(.text, "token", "rid").since(4, 8).legacy(), handler: close)
            .forStrangers(),
        .post(
            "livechat/users/agent", permissions: ["view-livechat-manager"],
            body: .requiring(.text, "username").since(4, 8).legacy(), handler: addAgent),
        Route("livechat/users/agent/:_id", permissions: ["view-livechat-manager"], handler: removeAgent)
            .answering(to: .delete),
        .post(
            "livechat/agent.status", permissions: ["view-l-room"],
            body: .requiring().allowing(.text, "status", "agentId").since(4, 8).legacy(), handler: setStatus),
    ]

    private static func config(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let isOnline = !workspace.availableAgents.isEmpty
        return JSONBuffer.success([
            "config": [
                "enabled": .bool(workspace.settings.livechatEnabled), "online": .bool(isOnline),
                "settings": .object(JSONObject()),
            ]
        ])
    }

    private static func visitor(_ workspace: Workspace, _ token: String?) throws(Refusal) -> UserIndex {
        let row = workspace.collections.visitors.rows.first { $0["token"]?.text == token }
        guard let index = row?["_id"]?.text.flatMap({ workspace.user($0) }) else { throw .error("invalid-token") }
        return index
    }

    /// The room that a visitor's call names.
    private static func room(_ workspace: Workspace, _ call: Call) throws(Refusal) -> (
        visitor: UserIndex, room: RoomIndex
    ) {
        let visitor = try visitor(workspace, call.body.filled("token"))
        guard let room = workspace.room(call.body.filled("rid") ?? ""),
            workspace.rooms[room].fields.value(at: "v._id")?.text == workspace.users[visitor].id
        else { throw .error("invalid-room") }
        guard workspace.rooms[room].fields["open"]?.flag == true else { throw .error("room-closed") }
        return (visitor, room)
    }

    private static func register(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let given = call.body["visitor"]?.object ?? JSONObject()
        guard let token = given["token"]?.text, !token.isEmpty else {
            throw .thrown("error-invalid-token", "Token cannot be empty", details: ["method": "livechat/visitor"])
        }
        if (try? visitor(workspace, token)) == nil {
            workspace.addVisitor(given["name"]?.text ?? "guest", token: token, at: call.now)
        }
        let id = workspace.users[try visitor(workspace, token)].id
        workspace.collections.visitors.update(id, at: call.now) { visitor in
            if let name = given["name"] { visitor["name"] = name }
            if let email = given["email"] { visitor["visitorEmails"] = [["address": email]] }
        }
        let row =
            workspace.collections.visitors.index(id).map { workspace.collections.visitors.rows[$0] } ?? JSONObject()
        return JSONBuffer.success(["visitor": .object(row)])
    }

    /// Removes a visitor with its rooms; its contacts stay, disabled.
    private static func removeVisitor(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let token = call.path["token"]
        guard let visitor = try? visitor(workspace, token) else { throw .thrown("invalid-token") }
        let id = workspace.users[visitor].id
        let rooms = workspace.rooms.indices.filter { index in
            !workspace.rooms[index].isRemoved && workspace.rooms[index].fields.value(at: "v._id")?.text == id
        }
        if rooms.contains(where: { workspace.rooms[$0].fields["open"]?.flag == true }) {
            throw .thrown("visitor-has-open-rooms", "Cannot remove visitors with opened rooms")
        }
        for room in rooms { workspace.deleteRoom(room, at: call.now) }
        workspace.collections.visitors.remove(id, at: call.now)
        for index in workspace.collections.contacts.rows.indices {
            let channels = workspace.collections.contacts.rows[index]["channels"]?.elements ?? []
            guard channels.contains(where: { $0.object?.value(at: "visitor.visitorId")?.text == id }) else { continue }
            workspace.collections.contacts.rows[index]["enabled"] = false
            workspace.collections.contacts.rows[index]["_updatedAt"] = .date(call.now)
        }
        workspace.users[visitor].isRemoved = true
        return JSONBuffer.success(["visitor": ["_id": .string(id), "ts": .date(call.now)]])
    }

    /// The visitor's open chat, or a new one with the wanted agent or the first that is available.
    private static func open(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let visitor = try visitor(workspace, call.query.filled("token"))
        let id = workspace.users[visitor].id
        let known = workspace.rooms.firstIndex { room in
            !room.isRemoved && room.fields.value(at: "v._id")?.text == id && room.fields["open"]?.flag == true
        }
        if let known {
            return JSONBuffer.success(["room": .object(workspace.rooms[known].document), "newRoom": false])
        }
        guard workspace.settings.livechatEnabled else { throw .thrown("error-omnichannel-is-disabled") }
        let wanted = call.query.filled("agentId").flatMap { workspace.user($0) }
        guard let agent = wanted ?? workspace.availableAgents.first else {
            throw .thrown("no-agent-online", "Sorry, no online agents")
        }
        let room = workspace.openChat(of: visitor, department: nil, at: call.now)
        workspace.rooms[room].fields["source"] = ["type": "api"]
        workspace.take(chat: room, agent: agent, at: call.now)
        return JSONBuffer.success(["room": .object(workspace.rooms[room].document), "newRoom": true])
    }

    private static func write(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let (visitor, room) = try room(workspace, call)
        var draft = Draft(call.body.filled("msg") ?? "")
        draft.id = call.body.filled("_id")
        draft.extra["token"] = call.body["token"]
        let serial = workspace.post(in: room, by: visitor, draft, at: call.now)
        return JSONBuffer.success(["message": workspace.answer(serial, for: visitor)])
    }

    private static func close(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let (visitor, room) = try room(workspace, call)
        workspace.close(chat: room, by: visitor, at: call.now)
        return JSONBuffer.success(["rid": .string(workspace.rooms[room].id), "comment": "Closed by visitor"])
    }

    private static func addAgent(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard let user = workspace.user(named: call.body.filled("username") ?? "") else {
            throw .thrown("error-invalid-user", "Invalid user", details: ["method": "livechat:addAgent"])
        }
        workspace.change(user: user, at: call.now) { agent in
            if !agent.roles.contains("livechat-agent") { agent.roles.append("livechat-agent") }
            agent.takesChats = true
        }
        return JSONBuffer.success([
            "user": ["_id": .string(workspace.users[user].id), "username": .string(workspace.users[user].username)]
        ])
    }

    private static func removeAgent(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard let user = workspace.user(call.path["_id"] ?? "") else {
            throw .thrown("error-invalid-user", "Invalid user", details: ["method": "livechat:removeAgent"])
        }
        workspace.change(user: user, at: call.now) { agent in
            agent.roles.removeAll { $0 == "livechat-agent" }
            agent.takesChats = nil
        }
        return JSONBuffer.success([:])
    }

    private static func setStatus(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let agent = call.body.filled("agentId").map { workspace.user($0) } ?? call.user
        guard let agent, workspace.users[agent].roles.contains("livechat-agent") else {
            throw Refusal(404, ["success": false, "error": "Agent not found"])
        }
        if agent != call.user, !workspace.has("manage-livechat-agents", call.user) { throw .forbidden }
        let takes =
            call.body.filled("status").map { $0 == "available" } ?? !(workspace.users[agent].takesChats ?? false)
        workspace.change(user: agent, at: call.now) { $0.takesChats = takes }
        return JSONBuffer.success(["status": takes ? "available" : "not-available"])
    }
}

extension Workspace {
    /// Indices of the agents that take chats now.
    fileprivate var availableAgents: [UserIndex] {
        users.indices.filter { index in
            let user = users[index]
            return user.roles.contains("livechat-agent") && user.active && !user.isRemoved && user.status != "offline"
                && user.takesChats != false
        }
    }
}
