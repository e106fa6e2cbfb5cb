/// Emojis, statuses, webhooks, invites, statistics, public settings, the directory.
enum CatalogueRoutes {
    /// The family.
    static let all: [Route] = [
        Route(
            "emoji-custom.list", parameters: .only("updatedSince", "_updatedAt", "_id", "query").since(7, 0),
            handler: emojis),
        Route("emoji-custom.all", since: Version(6, 0), handler: allEmojis),
        Route(
            "custom-user-status.list", since: Version(2, 4), parameters: .list("name", "_id").since(7, 0),
            handler: statuses),
        Route("integrations.list", parameters: .list("name", "type").since(7, 0), handler: integrations),
        Route("listInvites", since: Version(2, 4), handler: invites),
        Route("statistics", handler: statistics),
        Route("statistics.list", handler: statisticsList),
        Route("settings.public", parameters: .list("_id"), handler: settings),
        Directory.route,
        Route(
            "video-conference.list", since: Version(5, 0),
            parameters: .only().with(.number, "count", "offset").requiring("roomId"),
            limit: RateLimit(calls: 3, interval: 1000), handler: conferences),
    ]

    private static func emojis(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let since = try call.date(
            "updatedSince",
            else: .thrown(
                "error-roomId-param-invalid", "The \"updatedSince\" query parameter must be a valid date."))
        var emojis = workspace.collections.emojis
        if let id = call.query.filled("_id") { emojis.rows.removeAll { $0["_id"]?.text != id } }
        let invalid = Refusal.thrown(
            "error-roomId-param-invalid", "The \"_updatedAt\" query parameter must be a valid date.")
        if let changed = try call.date("_updatedAt", else: invalid), since == nil, call.version >= Version(7, 0) {
            emojis.rows.removeAll { ($0["_updatedAt"]?.milliseconds ?? 0) <= changed }
        }
        let filter = try QueryFilter(call, workspace.settings)
        if !filter.passesAll { emojis.rows.removeAll { !filter.passes($0) } }
        let changes = emojis.changes(since: since, now: call.now, collection: "rocketchat_custom_emoji")
        return JSONBuffer.success(["emojis": .object(changes)])
    }

    private static func allEmojis(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        try list("emojis", workspace.collections.emojis, SortOrder("name"), workspace, call)
    }

    private static func statuses(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        try list("statuses", workspace.collections.statuses, SortOrder("name"), workspace, call)
    }

    private static func integrations(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let all = ["manage-incoming-integrations", "manage-outgoing-integrations"]
        let own = ["manage-own-incoming-integrations", "manage-own-outgoing-integrations"]
        guard (all + own).contains(where: { workspace.has($0, call.user) }) else {
            throw call.version < Version(7, 0) ? .forbidden : .permission
        }
        var integrations = workspace.collections.integrations
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
        return JSONBuffer.encode(.array(workspace.collections.invites.rows.map { .object($0) }))
    }

    private static func statistics(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard workspace.has("view-statistics", call.user), var latest = workspace.collections.statistics.rows.last
        else {
            throw .failure("error-not-allowed")
        }
        if call.query["refresh"] == "true" {
            latest["_id"] = .string(workspace.newIdentifier())
            latest["createdAt"] = .date(call.now)
            latest["_updatedAt"] = .date(call.now)
            workspace.collections.statistics.rows.append(latest)
        }
        return JSONBuffer.success(latest)
    }

    private static func statisticsList(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard workspace.has("view-statistics", call.user) else { throw .failure("error-not-allowed") }
        // The default order is by a member that no document has.
        return try list("statistics", workspace.collections.statistics, SortOrder("name"), workspace, call)
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

    private static func conferences(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard let id = call.query.filled("roomId"), let room = workspace.room(id),
            workspace.canAccess(room, call.user)
        else { throw .failure("invalid-params") }
        let conferences = workspace.collections.conferences.rows.filter { $0["rid"]?.text == id }
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
