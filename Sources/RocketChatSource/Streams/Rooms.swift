/// Rooms that the token's user is in, of every kind (rocket-chat-api.md §4.2, `rooms.get`).
package let roomsStream = StreamDefinition(
    name: "rooms",
    summary: "A room of any kind that the token's user is in.",
    cursor: "_updatedAt",
    fields: RoomFields.all + [
        .boolean("open", "Livechat: the conversation is open"),
        .object("v", "Livechat: the visitor"),
        .object("source", "Livechat: where the conversation came from"),
        .object("servedBy", "Livechat: the agent"),
        .string("departmentId", "Livechat: the department"),
        .strings("tags", "Livechat"),
        .timestamp("closedAt", "Livechat"),
        .object("closedBy", "Livechat"),
        .object("livechatData", "Livechat: custom fields"),
        .boolean("onHold", "Livechat"),
        .string("priorityId", "Livechat"),
        .string("slaId", "Livechat"),
        .boolean("waitingResponse", "Livechat"),
        .object("responseBy", "Livechat"),
        .object("metrics", "Livechat: durations in seconds"),
    ],
    dropped: ["v.token"],
    reading: .updates(Updates("v1/rooms.get", updated: ["update"], removed: ["remove"])))
