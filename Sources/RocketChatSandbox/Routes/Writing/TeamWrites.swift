/// Teams, written (8.6.1, `api/server/v1/teams.ts`, `services/team/service.ts`, `eraseTeam.ts`).
enum TeamWrites {
    private static let first = Version(3, 13)
    private static let named = BodyRules.requiringOne(of: "teamId", "teamName").since(4, 8)

    /// The family.
    static let all: [Route] = [
        .post(
            "teams.create", since: first, permissions: ["create-team"], handlerRefusal: .forbidden, handler: create),
        .post("teams.addMembers", since: first, body: named.requiring(.list, also: "members"), handler: addMembers),
        .post(
            "teams.removeMember", since: first,
            body: named.requiring(.text, also: "userId").allowing(.filledList, "rooms"), handler: removeMember),
        .post("teams.leave", since: first, body: named.allowing(.filledList, "rooms"), handler: leave),
        .post("teams.addRooms", since: first, body: named.requiring(.list, also: "rooms"), handler: addRooms),
        .post("teams.delete", since: first, body: named.allowing(.list, "roomsToRemove"), handler: delete),
    ]

    private static func named(_ workspace: Workspace, _ call: Call) throws(Refusal) -> Int {
        let byID = call.body.filled("teamId").flatMap { workspace.team($0) }
        let name = call.body.filled("teamName")
        guard let team = byID ?? workspace.teams.firstIndex(where: { $0.name == name && !$0.isRemoved }) else {
            throw .failure("team-does-not-exist")
        }
        return team
    }

    /// A team that the caller may change by one of these permissions in its main room.
    private static func changeable(
        by permissions: [String], _ workspace: Workspace, _ call: Call, refusal: Refusal = .forbidden
    ) throws(Refusal) -> Int {
        let team = try named(workspace, call)
        let main = workspace.teams[team].room
        guard permissions.contains(where: { workspace.has($0, call.user, in: main) }) else { throw refusal }
        return team
    }

    private static func create(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard let name = call.body.filled("name"), let type = call.body["type"]?.integer, (0...1).contains(type) else {
            throw .parameters("must have required property 'name'", isTyped: call.version >= Version(8, 3))
        }
        if workspace.user(named: name) != nil || workspace.teams.contains(where: { $0.name == name && !$0.isRemoved }) {
            throw .error("team-name-already-exists")
        }
        if workspace.room(named: name) != nil { throw .error("room-name-already-exists") }
        let owner = call.body.filled("owner").flatMap { workspace.user($0) } ?? call.user
        let members = call.body.texts("members").compactMap { workspace.user($0) ?? workspace.user(named: $0) }
        let team = workspace.createTeam(
            name, isPrivate: type == 1, by: owner, members: Set(members).subtracting([owner]).sorted(), at: call.now)
        let made = TeamRoutes.document(team, workspace)
            .filter { !["rooms", "numberOfUsers"].contains($0.key) }
        return JSONBuffer.success(["team": .object(made)])
    }

    private static func addMembers(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let team = try changeable(by: ["add-team-member", "edit-team-member"], workspace, call)
        for member in (call.body["members"]?.elements ?? []).compactMap(\.object) {
            guard let user = member["userId"]?.text.flatMap({ workspace.user($0) }) else {
                throw .thrown("user-not-found")
            }
            workspace.join(workspace.teams[team].room, user, addedBy: call.user, at: call.now)
            let roles = (member["roles"]?.elements ?? []).compactMap(\.text)
            guard !roles.isEmpty, let index = workspace.teams[team].members.firstIndex(where: { $0.user == user })
            else {
                continue
            }
            workspace.teams[team].members[index].roles = roles
            for role in roles {
                workspace.setRole(
                    role, of: user, in: workspace.teams[team].room, to: true, by: call.user, at: call.now)
            }
        }
        return JSONBuffer.success([:])
    }

    /// Takes a member out of a team, its main room and the named rooms of the team.
    private static func remove(
        _ user: UserIndex, from team: Int, by other: UserIndex?, _ workspace: inout Workspace, _ call: Call
    ) throws(Refusal) {
        guard let member = workspace.teams[team].members.first(where: { $0.user == user }) else {
            throw .error("member-does-not-exist")
        }
        let owners = workspace.teams[team].members.count { $0.roles?.contains("owner") == true }
        if member.roles?.contains("owner") == true, owners == 1 { throw .error("last-owner-can-not-be-removed") }
        workspace.leave(workspace.teams[team].room, user, removedBy: other, at: call.now)
        workspace.teams[team].members.removeAll { $0.user == user }
        for room in call.body.texts("rooms").compactMap({ workspace.room($0) })
        where workspace.rooms[room].team == workspace.teams[team].id {
            workspace.leave(room, user, removedBy: other, at: call.now)
        }
    }

    private static func removeMember(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let team = try changeable(by: ["edit-team-member"], workspace, call)
        guard let user = call.body.filled("userId").flatMap({ workspace.user($0) }), workspace.users[user].active else {
            throw .failure("invalid-user")
        }
        try remove(user, from: team, by: user == call.user ? nil : call.user, &workspace, call)
        return JSONBuffer.success([:])
    }

    private static func leave(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        try remove(call.user, from: try named(workspace, call), by: nil, &workspace, call)
        return JSONBuffer.success([:])
    }

    private static func addRooms(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let refusal = Refusal(403, ["success": false, "error": "error-no-permission-team-channel"])
        let team = try changeable(by: ["move-room-to-team"], workspace, call, refusal: refusal)
        var rooms: [RoomIndex] = []
        for id in call.body.texts("rooms") {
            guard let room = workspace.room(id), workspace.canAccess(room, call.user) else {
                throw .error("invalid-room")
            }
            if workspace.rooms[room].team != nil { throw .error("room-already-on-team") }
            let membership = workspace.rooms[room].members[call.user].map { workspace.subscriptions[$0] }
            guard membership?.roles.contains("owner") == true else { throw .error("error-no-owner-channel") }
            rooms.append(room)
        }
        for room in rooms {
            workspace.rooms[room].fields["teamId"] = .string(workspace.teams[team].id)
            workspace.touchRoom(room, at: call.now)
            guard workspace.rooms[room].type == .channel else { continue }
            workspace.note(
                "user-added-room-to-team", workspace.rooms[room].name ?? "", in: workspace.teams[team].room,
                by: call.user, at: call.now)
        }
        return JSONBuffer.success(["rooms": .array(rooms.map { .object(workspace.rooms[$0].document) })])
    }

    private static func delete(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let team = try changeable(by: ["delete-team"], workspace, call)
        let (id, main) = (workspace.teams[team].id, workspace.teams[team].room)
        let doomed = Set(call.body.texts("roomsToRemove").compactMap { workspace.room($0) }).subtracting([main])
        for room in doomed.sorted() where workspace.rooms[room].team == id {
            try workspace.erase(room, by: call.user, at: call.now)
        }
        // The others go back to the workspace.
        for room in workspace.rooms.indices where workspace.rooms[room].team == id && room != main {
            workspace.rooms[room].fields["teamId"] = nil
            workspace.rooms[room].fields["teamDefault"] = nil
            if !workspace.rooms[room].isRemoved { workspace.touchRoom(room, at: call.now) }
        }
        try workspace.erase(main, by: call.user, at: call.now)
        workspace.teams[team].members = []
        workspace.teams[team].isRemoved = true
        return JSONBuffer.success([:])
    }
}
