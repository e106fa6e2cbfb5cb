/// Workspace and room roles. `roles.sync` carries `_updatedAt`, which `roles.list` projects away (rocket-chat-api.md §4.6).
package let rolesStream = StreamDefinition(
    name: "roles",
    summary: "A role of the workspace or of rooms.",
    cursor: "_updatedAt",
    fields: [
        .string("_id", "Id of the role; built-in roles have readable ids"),
        .string("name"),
        .string("scope", "Users for workspace roles, Subscriptions for room roles"),
        .string("description"),
        .boolean("protected", "Built in; cannot be deleted"),
        .boolean("mandatory2fa"),
        .timestamp("_updatedAt", "Last change of the role"),
    ],
    reading: .updates(
        Updates(
            "v1/roles.sync", updated: ["roles", "update"], removed: ["roles", "remove"], needsSince: true,
            isNeverEmpty: true)))
