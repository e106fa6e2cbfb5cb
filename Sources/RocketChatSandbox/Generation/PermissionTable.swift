/// The default roles and the grants that matter to a reader (facts: the server's permission constants).
enum PermissionTable {
    /// Built-in roles: id, scope, description.
    static let roles: [(id: String, scope: String, description: String)] = [
        ("admin", "Users", "Admin"), ("moderator", "Subscriptions", "Moderator"),
        ("leader", "Subscriptions", "Leader"), ("owner", "Subscriptions", "Owner"), ("user", "Users", ""),
        ("bot", "Users", ""), ("app", "Users", ""), ("guest", "Users", ""), ("anonymous", "Users", ""),
        ("federated-external", "Users", ""), ("livechat-agent", "Users", "Livechat Agent"),
        ("livechat-manager", "Users", "Livechat Manager"), ("livechat-monitor", "Users", "Livechat Monitor"),
    ]

    /// Roles by permission.
    static let grants: [(String, [String])] = [
        ("api-bypass-rate-limit", ["admin", "bot", "app"]),
        ("view-c-room", ["admin", "user", "federated-external", "bot", "app", "anonymous"]),
        ("preview-c-room", ["admin", "user", "federated-external", "anonymous"]),
        ("view-p-room", ["admin", "user", "federated-external", "anonymous", "guest"]),
        ("view-d-room", ["admin", "user", "federated-external", "bot", "app", "guest"]),
        ("view-joined-room", ["guest", "bot", "app", "anonymous"]),
        ("view-outside-room", ["admin", "owner", "moderator", "user", "federated-external"]),
        ("view-full-other-user-info", ["admin"]), ("view-other-user-channels", ["admin"]),
        ("view-room-administration", ["admin"]), ("view-all-teams", ["admin"]),
        ("view-all-team-channels", ["admin", "owner"]), ("access-permissions", ["admin"]),
        ("view-statistics", ["admin"]), ("view-privileged-setting", ["admin"]), ("get-server-info", ["admin"]),
        ("view-broadcast-member-list", ["admin", "owner", "moderator"]),
        ("manage-incoming-integrations", ["admin"]), ("manage-outgoing-integrations", ["admin"]),
        ("manage-own-incoming-integrations", ["admin"]), ("manage-own-outgoing-integrations", ["admin"]),
        ("manage-oauth-apps", ["admin"]), ("manage-email-inbox", ["admin"]), ("view-import-operations", ["admin"]),
        ("view-moderation-console", ["admin"]), ("create-invite-links", ["admin", "owner", "moderator"]),
        ("create-personal-access-tokens", ["admin", "user"]),
        ("view-livechat-rooms", ["livechat-manager", "livechat-monitor", "admin"]),
        ("view-livechat-manager", ["livechat-manager", "livechat-monitor", "admin"]),
        ("view-livechat-departments", ["livechat-manager", "livechat-monitor", "admin"]),
        ("view-l-room", ["livechat-manager", "livechat-monitor", "livechat-agent", "admin"]),
        ("view-livechat-contact", ["livechat-manager", "livechat-monitor", "livechat-agent", "admin"]),
        ("transfer-livechat-guest", ["livechat-manager", "livechat-monitor", "livechat-agent", "admin"]),
        ("edit-omnichannel-contact", ["livechat-manager", "livechat-monitor", "livechat-agent", "admin"]),
        ("manage-livechat-tags", ["livechat-manager", "admin"]),
        ("edit-message", ["admin", "owner", "moderator"]), ("delete-message", ["admin", "owner", "moderator"]),
    ]

    /// What writing takes (8.6.1, `authorization/server/constant/permissions.ts`).
    static let writing: [(String, [String])] = [
        ("create-c", ["admin", "user", "federated-external", "bot", "app"]),
        ("create-p", ["admin", "user", "federated-external", "bot", "app"]),
        ("create-d", ["admin", "user", "federated-external", "bot", "app"]), ("create-user", ["admin"]),
        ("delete-user", ["admin"]), ("logout-other-user", ["admin"]), ("create-team", ["admin", "user"]),
        ("delete-team", ["admin", "owner"]), ("add-team-member", ["admin", "owner", "moderator"]),
        ("edit-team-member", ["admin", "owner", "moderator"]), ("move-room-to-team", ["admin", "owner", "moderator"]),
        ("create-team-channel", ["admin", "owner", "moderator"]),
        ("create-team-group", ["admin", "owner", "moderator"]),
        ("delete-team-channel", ["admin", "owner", "moderator"]),
        ("delete-team-group", ["admin", "owner", "moderator"]), ("delete-c", ["admin", "owner"]),
        ("delete-p", ["admin", "owner"]), ("delete-d", ["admin"]), ("archive-room", ["admin", "owner"]),
        ("unarchive-room", ["admin"]), ("edit-room", ["admin", "owner", "moderator"]),
        ("leave-c", ["admin", "user", "federated-external", "bot", "anonymous", "app"]),
        ("leave-p", ["admin", "user", "federated-external", "bot", "anonymous", "app"]),
        ("remove-user", ["admin", "owner", "moderator"]), ("kick-user-from-any-c-room", ["admin"]),
        ("kick-user-from-any-p-room", []),
        ("add-user-to-joined-room", ["admin", "owner", "moderator"]), ("add-user-to-any-c-room", ["admin"]),
        ("add-user-to-any-p-room", []), ("start-discussion", ["admin", "user", "federated-external", "guest", "app"]),
        ("start-discussion-other-user", ["admin", "user", "federated-external", "owner", "app"]),
        ("pin-message", ["owner", "moderator", "admin"]),
        ("delete-own-message", ["admin", "user", "federated-external"]), ("force-delete-message", ["admin", "owner"]),
        ("post-readonly", ["admin", "owner", "moderator"]),
        ("manage-livechat-agents", ["livechat-manager", "livechat-monitor", "admin"]),
    ]

    /// Fills a workspace with them.
    static func install(in workspace: inout Workspace, at time: Int64) {
        workspace.roles.rows = roles.map { role in
            [
                "_id": .string(role.id), "name": .string(role.id), "scope": .string(role.scope),
                "description": .string(role.description), "protected": true, "mandatory2fa": false,
                "_updatedAt": .date(time),
            ]
        }
        workspace.permissions.rows = (grants + writing).map { permission, roles in
            ["_id": .string(permission), "roles": .strings(roles), "_updatedAt": .date(time)]
        }
        workspace.permissions.rows.append([
            "_id": "change-setting-Site_Name", "roles": ["admin"], "level": "settings", "settingId": "Site_Name",
            "group": "General", "section": .null, "groupPermissionId": "change-setting-General", "sorter": 3,
            "_updatedAt": .date(time),
        ])
        workspace.reloadGrants()
    }
}

extension Workspace {
    /// Rebuilds the lookup of grants from the permission documents.
    mutating func reloadGrants() {
        grants = [:]
        for row in permissions.rows {
            guard let id = row["_id"]?.text else { continue }
            grants[id] = Set((row["roles"]?.elements ?? []).compactMap(\.text))
        }
    }
}
