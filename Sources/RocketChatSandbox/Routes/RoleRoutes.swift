/// Roles.
enum RoleRoutes {
    /// The family.
    static let all: [Route] = [
        Route("roles.list", handler: list),
        Route("roles.sync", since: Version(3, 1), parameters: .only("updatedSince").since(8, 3), handler: sync),
        Route(
            "roles.getUsersInRole", permissions: ["access-permissions"],
            handlerRefusal: .thrown("error-not-allowed", "Not allowed"),
            parameters: .list("roomId").requiring("role").since(8, 3), handler: users),
    ]

    private static func list(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        // `_updatedAt` is projected away in current releases.
        let roles = workspace.roles.rows.map { role -> JSON in
            call.version < Version(5, 0) ? .object(role) : .object(role.filter { $0.key != "_updatedAt" })
        }
        return JSONBuffer.success(["roles": .array(roles)])
    }

    private static func sync(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let isOptional = call.version >= Version(8, 3)
        let invalid = Refusal.thrown("error-invalid-param", "updatedSince must be a valid date string")
        let unmatched = Refusal.failure("Match error: Failed Match.Where validation in field updatedSince")
        let since = try call.date("updatedSince", else: isOptional ? invalid : unmatched)
        // The typed route reads from the beginning; before it, the route's own check insists on the date.
        guard let since = since ?? (isOptional ? 0 : nil) else {
            throw .failure("Match error: Missing key 'updatedSince'")
        }
        let changes = workspace.roles.changes(since: since, now: call.now, collection: "rocketchat_roles")
        return JSONBuffer.success(["roles": .object(changes)])
    }

    private static func users(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard let asked = call.query.filled("role") else {
            throw .thrown("error-param-not-provided", "Query param \"role\" is required")
        }
        guard let role = workspace.role(asked, call.version) else { throw .thrown("error-invalid-roleId") }
        let paging = try Paging(call, workspace.settings)
        var users = UserRoutes.listed(workspace)
        if let id = call.query.filled("roomId") {
            guard workspace.has("view-other-user-channels", call.user), let room = workspace.room(id) else {
                throw .thrown("error-not-allowed", "Not allowed")
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

extension Workspace {
    /// The id of the role that is asked for by id or, before 8.0, by name.
    fileprivate func role(_ asked: String, _ version: Version) -> String? {
        if roles.index(asked) != nil { return asked }
        guard version < Version(8, 0) else { return nil }
        return roles.rows.first { $0["name"]?.text == asked }?["_id"]?.text
    }
}
