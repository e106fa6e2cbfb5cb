/// Who holds which role (rocket-chat-api.md §4.6). A role of rooms lists everybody who holds it in some room.
package let roleUsersStream = StreamDefinition(
    name: "role_users",
    summary: "One user who holds one role; a role of rooms lists whoever holds it in some room.",
    primaryKey: ["role_id", "_id"],
    cursor: StreamDefinition.syncInstant,
    fields: [
        .string("role_id", "Id of the role"),
        .string("_id", "Id of the user"),
        .string("username"),
        .string("name"),
        .objects("emails", "Addresses with their verified flag"),
        .string("type", "user, bot, app or unknown; some versions only"),
        .string("status", "Presence; some versions only"),
        .boolean("active", "False when the account is deactivated; some versions only"),
        .string("avatarETag"),
        .timestamp("createdAt", "When the account was made"),
        .timestamp("_updatedAt", "Last change of the account"),
    ],
    dropped: UserSecrets.dropped,
    needs: .permission("access-permissions"),
    reading: .partitioned(
        Partition(
            of: .roles, as: "role_id",
            .init(
                ListEndpoint("v1/roles.getUsersInRole", rows: ["users"], paging: .offset(sort: nil)),
                parameter: "role"))))
