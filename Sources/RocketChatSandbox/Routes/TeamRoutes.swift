/// Teams.
enum TeamRoutes {
    private static let first = Version(3, 13)

    /// The family.
    static let all: [Route] = [
        Route("teams.list", since: first, handler: list),
        Route(
            "teams.listAll", since: first, permissions: ["view-all-teams"], handlerRefusal: .forbidden,
            handler: listAll),
        Route(
            "teams.members", since: first,
            parameters: .list("username", "name").with(.list, "status").requiringOne(of: "teamId", "teamName")
                .since(8, 3), handler: members),
        Route(
            "teams.listRooms", since: first,
            parameters: .list("filter", "type").requiringOne(of: "teamId", "teamName").since(8, 3), handler: rooms),
        Route("teams.info", since: first, parameters: .only("teamId", "teamName"), handler: info),
        Route(
            "teams.listChildren", since: Version(6, 13),
            parameters: .list("teamId", "teamName", "roomId", "filter", "type"), handler: children),
    ]

    /// A team as a caller sees it.
    static func document(_ index: Int, _ workspace: Workspace) -> JSONObject {
        let team = workspace.teams[index]
        let rooms = workspace.rooms.count { !$0.isRemoved && $0.team == team.id && $0.fields["teamMain"] == nil }
        return [
            "_id": .string(team.id), "name": .string(team.name), "type": team.isPrivate ? 1 : 0,
            "roomId": .string(workspace.rooms[team.room].id),
            "createdBy": workspace.users[team.createdBy].reference(), "createdAt": .date(team.createdAt),
            "_updatedAt": .date(team.updatedAt), "rooms": .int(Int64(rooms)),
            "numberOfUsers": .int(Int64(team.members.count)),
        ]
    }

    private static func named(_ workspace: Workspace, _ call: Call) throws(Refusal) -> Int {
        let byID = call.query.filled("teamId").flatMap { workspace.team($0) }
        let name = call.query.filled("teamName")
        guard let index = byID ?? workspace.teams.firstIndex(where: { $0.name == name && !$0.isRemoved }) else {
            throw .failure("team-does-not-exist")
        }
        return index
    }

    private static func list(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let snapshot = workspace
        let teams = workspace.teams.indices.filter {
            !snapshot.teams[$0].isRemoved && snapshot.teams[$0].has(call.user)
        }
        return try workspace.list(
            "teams", teams, call, order: nil, id: { snapshot.teams[$0].id },
            document: { document($0, snapshot) })
    }

    private static func listAll(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let snapshot = workspace
        let teams = workspace.teams.indices.filter { !snapshot.teams[$0].isRemoved }
        return try workspace.list(
            "teams", teams, call, order: nil, honoursSort: false, id: { snapshot.teams[$0].id },
            document: { document($0, snapshot) })
    }

    private static func members(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let team = try named(workspace, call)
        let snapshot = workspace
        let statuses = call.query.list("status")
        var members = workspace.teams[team].members.filter { member in
            let user = snapshot.users[member.user]
            // The deactivated are left out since 5.0 (issue 25016 of the server).
            guard user.active || call.version < Version(5, 0), statuses.isEmpty || statuses.contains(user.status) else {
                return false
            }
            let name = call.query.filled("name")?.lowercased()
            if let name, user.name?.lowercased().contains(name) != true { return false }
            return call.query.filled("username").map { user.username.lowercased().contains($0.lowercased()) } ?? true
        }
        let main = workspace.teams[team].room
        // Strangers get an empty list instead of a refusal.
        if !workspace.teams[team].has(call.user), !workspace.has("view-all-teams", call.user, in: main) { members = [] }
        return try workspace.list(
            "members", members, call, order: nil, honoursSort: false, id: { snapshot.users[$0.user].id },
            document: { member in
                let user = snapshot.users[member.user]
                var shown: JSONObject = [
                    "_id": .string(user.id), "username": .string(user.username), "status": .string(user.status),
                ]
                if let name = user.name { shown["name"] = .string(name) }
                return [
                    "user": .object(shown), "roles": member.roles.map { .strings($0) } ?? .null,
                    "createdBy": snapshot.users[member.addedBy].reference(), "createdAt": .date(member.createdAt),
                ]
            })
    }

    private static func rooms(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let team = try named(workspace, call)
        let record = workspace.teams[team]
        if record.isPrivate, !record.has(call.user), !workspace.has("view-all-teams", call.user, in: record.room) {
            throw .failure("user-not-on-private-team")
        }
        let snapshot = workspace
        let seesAll = workspace.has("view-all-team-channels", call.user, in: record.room)
        let text = call.query.filled("filter")?.lowercased()
        let isDefaultOnly = call.query["type"] == "autoJoin"
        let rooms = workspace.rooms.indices.filter { index in
            let room = snapshot.rooms[index]
            guard !room.isRemoved, room.team == record.id, room.fields["teamMain"] == nil else { return false }
            if let text, room.name?.lowercased().contains(text) != true { return false }
            if isDefaultOnly, room.fields["teamDefault"]?.flag != true { return false }
            return seesAll || room.type == .channel || snapshot.isMember(call.user, of: index)
        }
        return try workspace.list(
            "rooms", rooms, call, order: nil, honoursSort: false, id: { snapshot.rooms[$0].id },
            document: { snapshot.rooms[$0].document })
    }

    private static func info(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let team = try named(workspace, call)
        guard workspace.canAccess(workspace.teams[team].room, call.user) else { throw .forbidden }
        return JSONBuffer.success(["teamInfo": .object(document(team, workspace))])
    }

    private static func children(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let team = try named(workspace, call)
        let snapshot = workspace
        guard workspace.canAccess(workspace.teams[team].room, call.user) else { throw .forbidden }
        let main = workspace.rooms[workspace.teams[team].room].id
        let rooms = workspace.rooms.indices.filter { index in
            let room = snapshot.rooms[index]
            guard !room.isRemoved, snapshot.canAccess(index, call.user) else { return false }
            return room.team == snapshot.teams[team].id || room.parent == main
        }
        return try workspace.list(
            "data", rooms, call, order: SortOrder("name"), id: { snapshot.rooms[$0].id },
            document: { snapshot.rooms[$0].document })
    }
}
