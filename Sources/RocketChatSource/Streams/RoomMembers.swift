import RocketChatAPI

/// Who is in which room (rocket-chat-api.md §4.4). Deactivated users are left out by the server, so a room's `usersCount` is larger.
package let roomMembersStream = StreamDefinition(
    name: "room_members",
    summary: "Membership of one user in one room; deactivated users are left out by the server.",
    primaryKey: ["room_id", "_id"],
    cursor: StreamDefinition.syncInstant,
    fields: [
        .string("room_id", "Id of the room"),
        .string("_id", "Id of the user"),
        .string("username"),
        .string("name"),
        .string("nickname"),
        .string("status", "Presence: online, away, busy or offline"),
        .string("statusText"),
        .number("utcOffset", "Hours east of UTC"),
        .string("avatarETag"),
        .strings("roles", "Roles in the room: owner, moderator, leader; from 7.3"),
        .object("subscription", "_id, ts (joined), roles, status; from 7.3, in direct messages from 8.x"),
        .boolean("federated"),
        .string("freeSwitchExtension"),
        .timestamp("_updatedAt", "Last change of the user's account"),
    ],
    dropped: UserSecrets.dropped,
    // From 8.x on the server may hand out the member's whole subscription, with drafts and wrapped room keys
    // (rooms.membersOrderedByRole, im.members).
    kept: ["_id", "ts", "roles", "status"].map { "subscription.\($0)" },
    reading: .partitioned(
        Partition(
            of: .rooms, as: "room_id",
            // Presence changes reorder all of these listings (rocket-chat-api.md §3.2).
            .init(
                ListEndpoint(
                    "v1/rooms.membersOrderedByRole", rows: ["members"], paging: .offset(sort: nil),
                    since: ServerVersion(7, 3)),
                parameter: "roomId", kinds: ["c", "p"]),
            .init(
                ListEndpoint("v1/channels.members", rows: ["members"], paging: .offset(sort: nil)),
                parameter: "roomId", kinds: ["c"]),
            .init(
                ListEndpoint("v1/groups.members", rows: ["members"], paging: .offset(sort: nil)),
                parameter: "roomId", kinds: ["p"]),
            .init(
                ListEndpoint("v1/im.members", rows: ["members"], paging: .offset(sort: nil)),
                parameter: "roomId", kinds: ["d"]))))
