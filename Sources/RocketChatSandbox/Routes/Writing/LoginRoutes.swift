/// Logging in and out (8.6.1, `api/server/ApiClass.ts`, `users.ts`).
enum LoginRoutes {
    /// The family.
    static let all: [Route] = [
        Route.post("login", handler: login).forStrangers(),
        .post("logout", handler: logout),
        .post("users.logout", handler: logoutEverywhere),
    ]

    private static let refusal = Refusal(
        401, ["success": false, "status": "error", "error": "Unauthorized", "message": "Unauthorized"])

    private static func login(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let name = call.body.filled("user") ?? call.body.filled("username") ?? call.body.filled("email")
        let index = workspace.users.firstIndex { user in
            !user.isRemoved && user.active && user.kind != .visitor && (user.username == name || user.email == name)
        }
        // A token that still holds logs in, too.
        let resumed = call.body.filled("resume").flatMap { token in
            workspace.users.firstIndex {
                $0.active && !$0.isRemoved && ($0.token == token || $0.loginTokens.contains(token))
            }
        }
        guard let user = resumed ?? index,
            resumed != nil
                || (workspace.users[user].password != nil
                    && workspace.users[user].password == call.body["password"]?.text)
        else { throw refusal }
        let token = call.body.filled("resume") ?? workspace.random.identifier(43)
        workspace.users[user].loginTokens.insert(token)
        workspace.users[user].lastLogin = call.now
        let record = workspace.users[user]
        return JSONBuffer.success([
            "status": "success",
            "data": [
                "userId": .string(record.id), "authToken": .string(token),
                "me": [
                    "_id": .string(record.id), "username": .string(record.username), "roles": .strings(record.roles),
                ],
            ],
        ])
    }

    private static func logout(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        if let token = call.token {
            workspace.users[call.user].loginTokens.remove(token)
            // Personal tokens lie in the same list on the server.
            if workspace.users[call.user].token == token { workspace.users[call.user].token = nil }
        }
        return JSONBuffer.encode(["status": "success", "data": ["message": "You've been logged out!"]])
    }

    private static func logoutEverywhere(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let id = call.body.filled("userId") ?? workspace.users[call.user].id
        if id != workspace.users[call.user].id, !workspace.has("logout-other-user", call.user) { throw .forbidden }
        guard let user = workspace.user(id) else { throw .thrown("error-invalid-user-id", "Invalid user id") }
        workspace.users[user].loginTokens = []
        workspace.users[user].token = nil
        return JSONBuffer.success(["message": .string("User \(id) has been logged out!")])
    }
}
