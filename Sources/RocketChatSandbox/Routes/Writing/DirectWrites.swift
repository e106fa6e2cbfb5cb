/// Direct messages, written, under both their names (8.6.1, `api/server/v1/im.ts`, `createDirectMessage.ts`).
enum DirectWrites {
    /// The family.
    static let all: [Route] = ["im", "dm"].flatMap { prefix -> [Route] in
        [
            .post(
                "\(prefix).create",
                body: .requiringOne(of: "username", "usernames").allowing(.flag, "excludeSelf").since(4, 8),
                handler: create),
            .post("\(prefix).delete", body: .requiringOne(of: "roomId", "username").since(4, 8), handler: delete),
        ]
    }

    private static func create(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard workspace.has("create-d", call.user) else { throw .notAllowed("createDirectMessage") }
        let names = call.body.filled("username") ?? call.body.filled("usernames") ?? ""
        var members: Set<UserIndex> = call.body["excludeSelf"]?.flag == true ? [] : [call.user]
        for name in names.split(separator: ",") {
            guard let user = workspace.user(named: String(name.filter { $0 != " " })) else {
                throw .thrown("error-invalid-user", "Invalid user", details: ["method": "createDirectMessage"])
            }
            members.insert(user)
        }
        // The maker comes first where it is in the room.
        let sorted = members.sorted { ($0 == call.user ? 0 : 1, $0) < ($1 == call.user ? 0 : 1, $1) }
        let room = workspace.createDirect(sorted, at: call.now)
        return JSONBuffer.success([
            "room": .object(workspace.rooms[room].document.merging(["rid": .string(workspace.rooms[room].id)]))
        ])
    }

    private static func delete(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let room = try workspace.direct(call.byBody)
        guard workspace.canAccess(room, call.user) || workspace.has("view-room-administration", call.user) else {
            throw .thrown("error-not-allowed", "Not allowed")
        }
        try workspace.erase(room, by: call.user, at: call.now)
        return JSONBuffer.success([:])
    }
}
