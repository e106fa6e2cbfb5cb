/// Rooms that the token's user is in, of every kind (rocket-chat-api.md §4.2, `rooms.get`).
package let roomsStream = StreamDefinition(
    name: "rooms",
    summary: "A room of any kind that the token's user is in.",
    cursor: "_updatedAt",
    fields: RoomFields.all + LivechatFields.room,
    dropped: RoomFields.dropped, kept: RoomFields.kept, masking: RoomFields.masking,
    // Asked for whole, not with `updatedSince`: a room that the user left is in no list of removals.
    reading: .listing(
        Listing(ListEndpoint("v1/rooms.get", rows: ["update"], paging: .none).with { $0.isOwn = true })))
