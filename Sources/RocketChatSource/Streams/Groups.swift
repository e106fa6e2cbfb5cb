/// Private groups: all of them for an administrator, otherwise those the token's user is a member of.
package let groupsStream = StreamDefinition(
    name: "groups",
    summary: "A private group: every one for an administrator, otherwise those of the token's user.",
    cursor: "_updatedAt",
    fields: RoomFields.all,
    dropped: RoomFields.dropped, kept: RoomFields.kept, masking: RoomFields.masking,
    reading: .listing(
        Listing(
            ListEndpoint("v1/groups.listAll", rows: ["groups"], needs: .permission("view-room-administration")),
            ListEndpoint("v1/groups.list", rows: ["groups"]).with { $0.isOwn = true })))
