/// Roles.
enum RoleRoutes {
    /// The family.
    static let all: [Route] = [
        Route("roles.list", handler: list),
        Route("roles.sync", since: Version(3, 1), parameters: .only("updatedSince"), handler: sync),
        Route(
            "roles.getUsersInRole", permissions: ["access-permissions"],
            parameters: .list("role", "roomId").requiring("role"), handler: users),
    ]

    private static func list(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        // `_updatedAt` is projected away in current releases.
        let roles = workspace.roles.rows.map { role -> JSON in
            call.version < Version(5, 0) ? .object(role) : .object(role.filter { $0.key != "_updatedAt" })
        }
        return JSONBuffer.success(["roles": .array(roles)])
    }

    private static func sync(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let invalid = Refusal.thrown(
            "error-invalid-param", "The \"updatedSince\" query parameter must be a valid date.")
        let since = try call.date("updatedSince", else: invalid)
        guard let since else {
            // Older releases insist on the parameter; current ones answer with two empty lists, not with everything.
            if call.version < Version(6, 0) { throw invalid }
            return JSONBuffer.success(["roles": ["update": [], "remove": []]])
        }
        let changes = workspace.roles.changes(since: since, now: call.now, collection: "rocketchat_roles")
        return JSONBuffer.success(["roles": .object(changes)])
    }

    private static func users(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard let role = call.query.filled("role"), workspace.roles.index(role) != nil else {
            throw .thrown("error-invalid-roleId", "Role not found")
        }
        let paging = try Paging(call, workspace.settings)
        var users = UserRoutes.listed(workspace)
        if let id = call.query.filled("roomId") {
            guard workspace.has("view-other-user-channels", call.user), let room = workspace.room(id) else {
                throw .notAllowed
            }
            users.removeAll { user in
                let index = workspace.rooms[room].members[user]
                return index.map { !workspace.subscriptions[$0].roles.contains(role) } ?? true
            }
        } else if workspace.roles.rows.contains(where: { $0["_id"]?.text == role && $0["scope"] == "Subscriptions" }) {
            users.removeAll { user in !workspace.memberships(of: user).contains { $0.roles.contains(role) } }
        } else {
            users.removeAll { !workspace.users[$0].roles.contains(role) }
        }
        users.sort { workspace.users[$0].username < workspace.users[$1].username }
        let records = paging.slice(users).map { index -> JSON in
            let user = workspace.users[index]
            var record: JSONObject = ["_id": .string(user.id), "username": .string(user.username)]
            if let name = user.name { record["name"] = .string(name) }
            if let email = user.email { record["emails"] = [["address": .string(email), "verified": true]] }
            if let tag = user.avatarETag { record["avatarETag"] = .string(tag) }
            record["createdAt"] = .date(user.createdAt)
            record["_updatedAt"] = .date(user.updatedAt)
            return .object(record)
        }
        // Neither count nor offset here.
        return JSONBuffer.success(["users": .array(records), "total": .int(Int64(users.count))])
    }
}
