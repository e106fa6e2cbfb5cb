/// What the roles of the workspace may do (rocket-chat-api.md §4.6).
package let permissionsStream = StreamDefinition(
    name: "permissions",
    summary: "A permission with the roles that hold it.",
    cursor: "_updatedAt",
    fields: [
        .string("_id", "Name of the permission; those of single settings begin with change-setting-"),
        .strings("roles", "Ids of the roles that hold it"),
        .string("level", "settings for permissions of single settings"),
        .string("settingId"),
        .string("group"),
        .string("section"),
        .string("groupPermissionId"),
        .string("sectionPermissionId"),
        .integer("sorter"),
        .timestamp("_updatedAt", "Last change of the permission"),
    ],
    reading: .updates(Updates("v1/permissions.listAll", updated: ["update"], removed: ["remove"], isNeverEmpty: true)))
