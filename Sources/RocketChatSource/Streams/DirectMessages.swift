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
            // 4.8.0 to 4.8.2, 5.0.0 and 5.0.1 list none at all (#26438).
            ListEndpoint("v1/im.list", rows: ["ims"]).with {
                $0.isOwn = true
                $0.conclusion = .goneUnlessEmpty
            })))
