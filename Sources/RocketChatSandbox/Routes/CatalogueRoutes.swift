/// Emojis, statuses, webhooks, invites, statistics, public settings, the directory.
enum CatalogueRoutes {
    /// The family.
    static let all: [Route] = [
        Route("emoji-custom.list", parameters: .only("updatedSince", "_id", "query"), handler: emojis),
        Route("emoji-custom.all", since: Version(6, 0), parameters: .list("name"), handler: allEmojis),
        Route(
            "custom-user-status.list", since: Version(2, 4), parameters: .list("name", "_id"), handler: statuses),
        Route("integrations.list", parameters: .list("name", "type"), handler: integrations),
        Route("listInvites", since: Version(2, 4), parameters: .only(), handler: invites),
        Route("statistics", parameters: .only("refresh"), handler: statistics),
        Route("statistics.list", parameters: .list(), handler: statisticsList),
        Route("settings.public", parameters: .list("_id"), handler: settings),
        Route("directory", parameters: .list("text", "type", "workspace"), handler: directory),
        Route(
            "video-conference.list", since: Version(5, 0),
            parameters: .only("roomId", "count", "offset").requiring("roomId"),
            limit: RateLimit(calls: 3, interval: 1000), handler: conferences),
    ]

    private static func emojis(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let since = try call.date(
            "updatedSince",
            else: .thrown(
                "error-roomId-param-invalid", "The \"updatedSince\" query parameter must be a valid date."))
        var emojis = workspace.small.emojis
        if let id = call.query.filled("_id") { emojis.rows.removeAll { $0["_id"]?.text != id } }
        let changes = emojis.changes(since: since, now: call.now, collection: "rocketchat_custom_emoji")
        return JSONBuffer.success(["emojis": .object(changes)])
    }

    private static func allEmojis(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        try list("emojis", workspace.small.emojis, SortOrder("name"), workspace, call)
    }

    private static func statuses(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        try list("statuses", workspace.small.statuses, SortOrder("name"), workspace, call)
    }

    private static func integrations(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let all = ["manage-incoming-integrations", "manage-outgoing-integrations"]
        let own = ["manage-own-incoming-integrations", "manage-own-outgoing-integrations"]
        guard (all + own).contains(where: { workspace.has($0, call.user) }) else { throw .permission }
        var integrations = workspace.small.integrations
        if !all.contains(where: { workspace.has($0, call.user) }) {
            let id = workspace.users[call.user].id
            integrations.rows.removeAll { $0.value(at: "_createdBy._id")?.text != id }
        }
        let snapshot = workspace
        // `items` duplicates `count`; the data has no `ts` to be ordered by.
        return try snapshot.list(
            "integrations", integrations.rows, call, order: nil, extra: { ["items": .int(Int64($0))] },
            id: { $0["_id"]?.text ?? "" }, document: { $0 })
    }

    private static func invites(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let holdsSomewhere = workspace.memberships(of: call.user).contains {
            workspace.has("create-invite-links", call.user, in: $0.room)
        }
        guard holdsSomewhere || workspace.has("create-invite-links", call.user) else {
            throw .thrown("not_authorized", "Not authorized")
        }
        // A bare array: no envelope, no `success`.
        return JSONBuffer.encode(.array(workspace.small.invites.rows.map { .object($0) }))
    }

    private static func statistics(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard workspace.has("view-statistics", call.user), var latest = workspace.small.statistics.rows.last else {
            throw .failure("error-not-allowed")
        }
        if call.query["refresh"] == "true" {
            latest["_id"] = .string(workspace.random.identifier())
            latest["createdAt"] = .date(call.now)
            latest["_updatedAt"] = .date(call.now)
            workspace.small.statistics.rows.append(latest)
        }
        return JSONBuffer.success(latest)
    }

    private static func statisticsList(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard workspace.has("view-statistics", call.user) else { throw .failure("error-not-allowed") }
        // The default order is by a member that no document has.
        return try list("statistics", workspace.small.statistics, SortOrder("name"), workspace, call)
    }

    private static func settings(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let visible: [JSONObject] = [
            ["_id": "Site_Name", "value": "Sandbox", "enterprise": false],
            ["_id": "Site_Url", "value": "https://chat.example.com", "enterprise": false],
            ["_id": "Threads_enabled", "value": .bool(workspace.settings.threadsEnabled), "enterprise": false],
        ]
        let wanted = call.query.filled("_id")?.split(separator: ",").map(String.init)
        let shown = visible.filter { setting in wanted?.contains(setting["_id"]?.text ?? "") ?? true }
        return try workspace.list(
            "settings", shown, call, order: SortOrder("_id"), id: { $0["_id"]?.text ?? "" }, document: { $0 })
    }

    private static func directory(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let snapshot = workspace
        if call.query["type"] == "users" {
            guard workspace.has("view-outside-room", call.user) else { throw .forbidden }
            let users = UserRoutes.listed(workspace).filter { snapshot.users[$0].active }
            return try workspace.list(
                "result", users, call, order: SortOrder("username"), id: { snapshot.users[$0].id },
                document: { index in
                    var record = UserRoutes.record(index, snapshot, -1)
                    record["createdAt"] = .date(snapshot.users[index].createdAt)
                    return record
                })
        }
        let rooms = workspace.rooms.indices.filter { snapshot.isListedChannel($0, call.user) }
        let shown: Set<String> = [
            "_id", "name", "fname", "description", "topic", "ts", "usersCount", "lastMessage", "t",
        ]
        return try workspace.list(
            "result", rooms, call, order: SortOrder("name"), id: { snapshot.rooms[$0].id },
            document: { snapshot.rooms[$0].document.filter { shown.contains($0.key) } })
    }

    private static func conferences(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard let id = call.query.filled("roomId"), let room = workspace.room(id),
            workspace.canAccess(room, call.user)
        else { throw .failure("invalid-params") }
        let conferences = workspace.small.conferences.rows.filter { $0["rid"]?.text == id }
        return try workspace.list(
            "data", conferences, call, order: SortOrder("createdAt", descending: true), honoursSort: false,
            id: { $0["_id"]?.text ?? "" }, document: { $0 })
    }

    private static func list(
        _ key: String, _ catalogue: Catalogue, _ order: SortOrder, _ workspace: Workspace, _ call: Call
    ) throws(Refusal) -> [UInt8] {
        var rows = catalogue.rows
        for name in ["name", "_id"] {
            if let value = call.query.filled(name) { rows.removeAll { $0[name]?.text != value } }
        }
        return try workspace.list(
            key, rows, call, order: order, id: { $0["_id"]?.text ?? "" }, document: { $0 })
    }
}
