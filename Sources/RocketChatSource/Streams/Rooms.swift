/// Rooms that the token's user is in, of every kind (rocket-chat-api.md §4.2, `rooms.get`).
package let roomsStream = StreamDefinition(
    name: "rooms",
    summary: "A room of any kind that the token's user is in.",
    cursor: "_updatedAt",
    fields: RoomFields.all + LivechatFields.room,
    dropped: RoomFields.dropped,
    reading: .updates(Updates("v1/rooms.get", updated: ["update"], removed: ["remove"])))
