/// Public channels. The server leaves out channels of teams that the token's user is not in (rocket-chat-api.md §4.2).
package let channelsStream = StreamDefinition(
    name: "channels",
    summary: "A public channel that the token may see, public discussions included.",
    cursor: "_updatedAt",
    fields: RoomFields.all,
    dropped: RoomFields.dropped, kept: RoomFields.kept, masking: RoomFields.masking,
    needs: .any(["view-c-room", "view-joined-room"]),
    reading: .listing(
        Listing(
            ListEndpoint("v1/channels.list", rows: ["channels"]),
            // 7.0.0 to 7.3.2 refuse to page channels.list (#35187). The stand-ins tell fewer fields and no _updatedAt, so that
            // each read delivers every row.
            ListEndpoint(
                "v1/rooms.adminRooms", rows: ["rooms"], query: [("types[]", "c")],
                needs: .permission("view-room-administration")),
            ListEndpoint("v1/directory", rows: ["result"], paging: directoryOrder, query: [("type", "channels")]))))

/// The directory can be sorted by a few fields only; any other is refused (server source).
let directoryOrder = ListEndpoint.Paging.offset(sort: #"{"name":1}"#)
