/// Owners, moderators and leaders of rooms (rocket-chat-api.md §4.4). Ordinary members are in `room_members` only.
package let roomRolesStream = StreamDefinition(
    name: "room_roles",
    summary: "The special roles that one user holds in one room.",
    primaryKey: ["room_id", "user_id"],
    fields: [
        .string("room_id", "Id of the room"),
        .string("user_id", "Id of the user"),
        .string("_id", "Id of the subscription; some versions only"),
        .string("rid", "Id of the room, as the server has it"),
        .object("u", "_id, username, name"),
        .strings("roles", "owner, moderator, leader or a role of the workspace's own"),
    ],
    dropped: SubscriptionSecrets.dropped,
    reading: .partitioned(
        Partition(
            of: .rooms, as: "room_id", lift: .init("u._id", as: "user_id"),
            .init(
                ListEndpoint("v1/channels.roles", rows: ["roles"], paging: .none), parameter: "roomId", kinds: ["c"]),
            .init(
                ListEndpoint("v1/groups.roles", rows: ["roles"], paging: .none), parameter: "roomId", kinds: ["p"]),
            .init(
                // Of archived rooms, too, which the others refuse.
                ListEndpoint("v1/rooms.roles", rows: ["roles"], paging: .none, since: "7.10"), parameter: "rid",
                kinds: ["c", "p"]))))
