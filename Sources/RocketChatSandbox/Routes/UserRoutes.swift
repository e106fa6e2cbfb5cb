/// Users.
enum UserRoutes {
    /// The family.
    static let all: [Route] = [
        Route(
            "users.list", permissions: ["view-d-room"], handlerRefusal: .forbidden,
            parameters: .list("fields").with(.filled, "email").since(8, 3), handler: list),
        Route(
            "users.listByStatus", since: Version(6, 8), permissions: ["view-d-room"],
            parameters: .list("fields", "status", "hasLoggedIn", "type", "roles", "searchTerm", "inactiveReason"),
            handler: listByStatus),
        Route("users.info", parameters: .only("userId", "username", "includeUserRooms", "fields"), handler: info),
        Route("users.presence", parameters: .only("from", "ids"), handler: presence),
    ]

    /// A record of `users.list` as a caller sees it.
    static func record(_ index: UserIndex, _ workspace: Workspace, _ caller: UserIndex) -> JSONObject {
        let user = workspace.users[index]
        var record: JSONObject = [
            "_id": .string(user.id), "username": .string(user.username), "type": .string(user.kind.rawValue),
            "status": .string(user.status), "active": .bool(user.active),
        ]
        if let name = user.name { record["name"] = .string(name) }
        if let tag = user.avatarETag { record["avatarETag"] = .string(tag) }
        record["nameInsensitive"] = .string((user.name ?? "").lowercased())
        guard workspace.has("view-full-other-user-info", caller) else { return record }
        if let email = user.email { record["emails"] = [["address": .string(email), "verified": true]] }
        record["roles"] = .strings(user.roles)
        if let login = user.lastLogin, workspace.version >= Version(4, 3) { record["lastLogin"] = .date(login) }
        return record
    }

    /// The users lists show: neither deleted ones nor visitors.
    static func listed(_ workspace: Workspace) -> [UserIndex] {
        workspace.users.indices.filter { !workspace.users[$0].isRemoved && workspace.users[$0].kind != .visitor }
    }

    private static func list(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        if workspace.settings.outsideRoomOnUsersList, !workspace.has("view-outside-room", call.user) {
            throw .forbidden
        }
        var users = listed(workspace)
        if let email = call.query.filled("email")?.lowercased(), call.version >= Version(8, 4) {
            guard workspace.has("view-full-other-user-info", call.user) else { throw .forbidden }
            users.removeAll { workspace.users[$0].email?.lowercased() != email }
        }
        let snapshot = workspace
        return try workspace.list(
            "users", users, call, order: SortOrder("username"), id: { snapshot.users[$0].id },
            document: { record($0, snapshot, call.user) })
    }

    private static func listByStatus(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let snapshot = workspace
        let users = listed(workspace).filter { index in
            switch call.query["status"] {
            case "active": snapshot.users[index].active
            case "deactivated": !snapshot.users[index].active
            default: true
            }
        }
        return try workspace.list(
            "users", users, call, order: SortOrder("username"), id: { snapshot.users[$0].id },
            document: { record($0, snapshot, call.user).merging(["federated": false]) })
    }

    private static func info(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let index = call.query.filled("userId").flatMap { workspace.user($0) }
        guard let index = index ?? call.query.filled("username").flatMap({ workspace.user(named: $0) }) else {
            throw .failure("User not found.")
        }
        let user = workspace.users[index]
        var record = record(index, workspace, call.user)
        record["nameInsensitive"] = nil
        record["utcOffset"] = .int(user.utcOffset)
        if let bio = user.bio { record["bio"] = .string(bio) }
        if let nickname = user.nickname { record["nickname"] = .string(nickname) }
        if workspace.has("view-full-other-user-info", call.user) {
            record["createdAt"] = .date(user.createdAt)
            record["_updatedAt"] = .date(user.updatedAt)
        }
        return JSONBuffer.success(["user": .object(record)])
    }

    private static func presence(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let users = listed(workspace).filter { workspace.users[$0].status != "offline" }.map { index -> JSON in
            let user = workspace.users[index]
            return [
                "_id": .string(user.id), "username": .string(user.username), "status": .string(user.status),
                "utcOffset": .int(user.utcOffset),
            ]
        }
        return JSONBuffer.success(["users": .array(users), "full": true])
    }
}
