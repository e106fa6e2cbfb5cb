/// Omnichannel conversations with visitors (rocket-chat-api.md §4.9).
package let livechatRoomsStream = StreamDefinition(
    name: "livechat_rooms",
    summary: "An omnichannel conversation with a visitor.",
    cursor: "_updatedAt",
    fields: RoomFields.all + LivechatFields.room,
    dropped: RoomFields.dropped, kept: RoomFields.kept, masking: RoomFields.masking,
    needs: .any(["view-livechat-rooms", "view-l-room"]),
    reading: .livechatRooms)
