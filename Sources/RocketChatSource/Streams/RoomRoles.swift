import RocketChatAPI

/// Owners, moderators and leaders of rooms (rocket-chat-api.md §4.4). Ordinary members are in `room_members` only.
package let roomRolesStream = StreamDefinition(
    name: "room_roles",
    summary: "The special roles that one user holds in one room.",
    primaryKey: ["room_id", "user_id"],
    cursor: StreamDefinition.syncInstant,
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
            .init(listed("v1/channels.roles"), parameter: "roomId", kinds: ["c"]),
            .init(listed("v1/groups.roles"), parameter: "roomId", kinds: ["p"]),
            // Of archived rooms, too, which the others refuse.
            .init(listed("v1/rooms.roles", since: ServerVersion(7, 10)), parameter: "rid", kinds: ["c", "p"]))))

private func listed(_ path: String, since: ServerVersion? = nil) -> ListEndpoint {
    ListEndpoint(path, rows: ["roles"], paging: .none, since: since).with { $0.bearsRoom = true }
}
