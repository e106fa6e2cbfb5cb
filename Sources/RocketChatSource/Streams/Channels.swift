/// Public channels. The server leaves out channels of teams that the token's user is not in (rocket-chat-api.md §4.2).
package let channelsStream = StreamDefinition(
    name: "channels",
    summary: "A public channel that the token may see, public discussions included.",
    cursor: "_updatedAt",
    fields: RoomFields.all,
    dropped: RoomFields.dropped,
    needs: .any(["view-c-room", "view-joined-room"]),
    reading: .listing(Listing(ListEndpoint("v1/channels.list", rows: ["channels"]))))
