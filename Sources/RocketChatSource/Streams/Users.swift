/// Everybody in the workspace: people, bots and app users, deactivated ones too (rocket-chat-api.md §4.1).
package let usersStream = StreamDefinition(
    name: "users",
    summary: "A user account: person, bot or app, deactivated ones included.",
    fields: [
        .string("_id", "Id of the user"),
        .string("username", "Login name"),
        .string("name", "Display name"),
        .string("nameInsensitive", "Lower-case form of the name that the server sorts by"),
        .string("status", "Presence: online, away, busy or offline"),
        .string("type", "user, bot, app or unknown"),
        .boolean("active", "False when the account is deactivated"),
        .objects("emails", "Addresses with their verified flag; needs view-full-other-user-info"),
        .strings("roles", "Ids of the workspace roles; needs view-full-other-user-info"),
        .timestamp("lastLogin", "Last login; needs view-full-other-user-info"),
        .string("avatarETag", "Changes whenever the picture changes"),
        .string("nickname"),
        .string("bio"),
        .string("statusText"),
        .number("utcOffset", "Hours east of UTC"),
        .boolean("federated"),
        .timestamp("createdAt", "Returned by old servers only"),
        .timestamp("_updatedAt", "Returned by old servers only"),
    ],
    // Never returned by current list routes, but servers before 3.13 handed out nearly whole documents.
    dropped: ["services", "e2e"],
    needs: .permission("view-d-room"),
    reading: .listing(Listing(ListEndpoint("v1/users.list", rows: ["users"]).with { $0.isNeverEmpty = true })))
