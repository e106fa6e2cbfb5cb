/// Rooms of any type, written (8.6.1, `api/server/v1/rooms.ts`).
enum RoomWrites {
    /// The family.
    static let all: [Route] = [
        .post("rooms.delete", body: .requiring(.text, "roomId").since(8, 3), handler: delete),
        .post("rooms.leave", body: .requiringOne(of: "roomId", "roomName").since(8, 3), handler: leave),
        .post(
            "rooms.createDiscussion", since: Version(1, 0),
            body: .requiring(.text, "prid", "t_name").allowing(.text, "pmid", "reply", "topic")
                .allowing(.list, "users").allowing(.flag, "encrypted").since(8, 3), handler: discuss),
    ]

    private static func delete(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard let id = call.body.filled("roomId") else { throw .failure("The 'roomId' param is required") }
        guard let room = workspace.room(id) else {
            throw .thrown("error-invalid-room", "Invalid room", details: ["method": "eraseRoom"])
        }
        if workspace.rooms[room].fields["teamMain"] != nil, call.version >= Version(7, 10) {
            throw .thrown(
                "error-cannot-delete-team-channel", "Cannot delete a team channel", details: ["method": "eraseRoom"])
        }
        try workspace.erase(room, by: call.user, at: call.now)
        return JSONBuffer.success([:])
    }

    private static func leave(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let name = call.body.filled("roomId") ?? call.body.filled("roomName")
        guard let name else {
            throw .thrown(
                "error-roomid-param-not-provided",
                "The required \"roomId\" or \"roomName\" param provided does not match any channel")
        }
        guard let room = workspace.room(name) ?? workspace.room(named: name) else {
            throw .thrown(
                "error-room-not-found",
                "The required \"roomId\" or \"roomName\" param provided does not match any channel")
        }
        try workspace.leave(room, call)
        return JSONBuffer.success([:])
    }

    /// 8.6.1, `createDiscussion.ts`: under a room, about one of its messages or not, never under a discussion.
    private static func discuss(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard let id = call.body.filled("prid") else { throw .failure("Body parameter \"prid\" is required.") }
        guard let title = call.body.filled("t_name") else { throw .failure("Body parameter \"t_name\" is required.") }
        if let users = call.body["users"], users.elements == nil {
            throw .failure("Body parameter \"users\" must be an array.")
        }
        let parent = workspace.room(id)
        let mayStart = ["start-discussion", "start-discussion-other-user"].contains { permission in
            parent.map { workspace.has(permission, call.user, in: $0) } ?? workspace.has(permission, call.user)
        }
        guard mayStart else {
            throw .thrown("error-action-not-allowed", "You are not allowed to create a discussion")
        }
        let origin = try call.body.filled("pmid").map { id throws(Refusal) in try message(id, workspace) }
        guard let parent else { throw .thrown("error-invalid-room") }
        if let origin, origin.room != parent {
            throw .thrown("error-invalid-arguments", "Root message room ID does not match parent room ID ")
        }
        do throws(Refusal) {
            try workspace.checkSending(to: parent, by: call.user)
        } catch {
            // The handler throws the text of what it caught as a code.
            let text = JSONParser.parse(error.body)?.object?["error"]?.text ?? ""
            throw .thrown(text)
        }
        if workspace.rooms[parent].parent != nil {
            throw .thrown("error-nested-discussion", "Cannot create nested discussions")
        }
        let room = workspace.createDiscussion(in: parent, title: title, by: call.user, at: call.now)
        var members = call.body.texts("users").compactMap { workspace.user(named: $0) }
        if let origin { members.insert(origin.author, at: 0) }
        for member in members { workspace.subscribe(member, to: room, at: call.now) }
        if let topic = call.body.filled("topic") ?? workspace.rooms[parent].name {
            workspace.rooms[room].fields["topic"] = .string(topic)
        }
        if let reply = call.body.filled("reply") {
            workspace.post(in: room, by: call.user, Draft(reply), at: call.now)
        }
        let document = workspace.rooms[room].document.merging(["rid": .string(workspace.rooms[room].id)])
        return JSONBuffer.success(["discussion": .object(document)])
    }

    private static func message(_ id: String, _ workspace: Workspace) throws(Refusal) -> (
        room: RoomIndex, author: UserIndex
    ) {
        guard let (room, row) = workspace.message(id) else {
            throw .thrown("error-invalid-message", "Invalid message", details: ["method": "DiscussionCreation"])
        }
        return (room, workspace.authors[Int(workspace.rooms[room].messages.rows[row].author)].user)
    }
}
