/// Discovery: `/api/info`, `me`, permissions.
enum AccountRoutes {
    /// The family.
    static let all: [Route] = [
        Route("me", handler: me),
        Route("permissions.listAll", parameters: .only("updatedSince").since(7, 10).typed(7, 10), handler: permissions),
    ]

    /// `/api/info` in the shape of the release (rocket-chat-api.md §1.6); `user` is nil for strangers.
    static func info(_ workspace: Workspace, user: UserIndex?) -> [UInt8] {
        let version = workspace.version
        let short = "\(version.major).\(version.minor)"
        let build: JSON = [
            "version": .string(version.text), "build": ["nodeVersion": "v22.16.0", "arch": "x64", "platform": "linux"],
            "commit": ["hash": "0000000000000000000000000000000000000000"], "marketplaceApiVersion": "1.60.0",
        ]
        func holds(_ permission: String) -> Bool { user.map { workspace.has(permission, $0) } ?? false }
        if version < Version(4, 0) {
            let isAdmin = user.map { workspace.users[$0].roles.contains("admin") } ?? false
            return JSONBuffer.success(isAdmin ? ["info": build] : ["version": .string(version.text)])
        }
        if version < Version(6, 5) {
            return JSONBuffer.success(holds("get-server-info") ? ["info": build] : ["version": .string(short)])
        }
        var body: JSONObject = [
            "version": .string(holds("view-statistics") ? version.text : short),
            "minimumClientVersions": ["desktop": "3.9.6", "mobile": "4.39.0"],
            "supportedVersions": ["signed": "eyJhbGciOiJub25lIn0.e30."], "cloudWorkspaceId": "sandbox",
        ]
        if holds("view-statistics") { body["info"] = build }
        if version >= Version(8, 0) {
            body["workspaceUrl"] = "https://chat.example.com/"
            body["hashedWorkspaceUrl"] = "3f5b"
        }
        return JSONBuffer.success(body)
    }

    private static func me(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let user = workspace.users[call.user]
        var body: JSONObject = [
            "_id": .string(user.id), "username": .string(user.username), "status": .string(user.status),
            "active": .bool(user.active), "roles": .strings(user.roles), "utcOffset": .int(user.utcOffset),
            "services": ["password": ["exists": true]], "settings": ["preferences": ["language": "en"]],
            "avatarUrl": .string("https://chat.example.com/avatar/\(user.username)"),
        ]
        if let name = user.name { body["name"] = .string(name) }
        if let text = user.statusText { body["statusText"] = .string(text) }
        if let email = user.email { body["emails"] = [["address": .string(email), "verified": true]] }
        return JSONBuffer.success(body)
    }

    private static func permissions(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let since = try call.date(
            "updatedSince",
            else: .thrown(
                "error-roomId-param-invalid", "The \"updatedSince\" query parameter must be a valid date."))
        return JSONBuffer.success(workspace.permissions.changes(since: since, now: call.now))
    }
}

extension Catalogue {
    /// `update` and `remove` since a time (strictly later); without one, everything and nothing.
    func changes(since: Int64?, now: Int64) -> JSONObject {
        guard let since else { return ["update": .array(rows.map { .object($0) }), "remove": []] }
        let updated = rows.filter { ($0["_updatedAt"]?.milliseconds ?? 0) > since }
        let removed = trash.filter { $0.deletedAt > since && $0.deletedAt > now - Workspace.trashLifetime }
        return ["update": .array(updated.map { .object($0) }), "remove": .array(removed.map { .object($0.document) })]
    }

    /// The same with the trash's own members on what was removed, as `roles.sync` and `emoji-custom.list` leak them.
    func changes(since: Int64?, now: Int64, collection: String) -> JSONObject {
        var marked = self
        for index in marked.trash.indices {
            marked.trash[index].document["_deletedAt"] = .date(trash[index].deletedAt)
            marked.trash[index].document["__collection__"] = .string(collection)
        }
        return marked.changes(since: since, now: now)
    }
}
