/// Omnichannel conversations with visitors (rocket-chat-api.md §4.9).
package let livechatRoomsStream = StreamDefinition(
    name: "livechat_rooms",
    summary:
        "An omnichannel conversation; tags and custom fields edited after its end show in a full refresh only.",
    cursor: "_updatedAt",
    fields: RoomFields.all + LivechatFields.room,
    dropped: RoomFields.dropped,
    needs: .any(["view-livechat-rooms", "view-l-room"]),
    reading: .livechatRooms)
