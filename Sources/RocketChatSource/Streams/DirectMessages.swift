/// Direct-message rooms: all of them for an administrator, otherwise those of the token's user. Rooms, not their messages.
package let directMessagesStream = StreamDefinition(
    name: "direct_messages",
    summary: "A direct-message room: every one for an administrator, otherwise those of the token's user.",
    cursor: "_updatedAt",
    fields: RoomFields.all + [.strings("_USERNAMES", "Copy of usernames that some versions keep for searching")],
    dropped: RoomFields.dropped, kept: RoomFields.kept, masking: RoomFields.masking,
    reading: .listing(
        Listing(
            ListEndpoint("v1/im.list.everyone", rows: ["ims"], needs: .permission("view-room-administration")),
            ListEndpoint("v1/im.list", rows: ["ims"]))))
