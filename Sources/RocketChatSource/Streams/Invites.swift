/// Invitation links: the answer is a bare array (rocket-chat-api.md §4.8).
package let invitesStream = StreamDefinition(
    name: "invites",
    summary: "A link that lets people join the workspace or a room.",
    cursor: StreamDefinition.syncInstant,
    fields: [
        .string("_id", "Id of the invitation; on servers that have no token besides, whoever knows it may join"),
        .string("rid", "Id of the room that the link leads to"),
        .string("userId", "Who made it"),
        .integer("days", "Days of validity; 0 for ever"),
        .integer("maxUses", "0 for any number"),
        .integer("uses"),
        .timestamp("createdAt"),
        .timestamp("expires", "Null for never"),
        .timestamp("_updatedAt"),
    ],
    // The link itself.
    dropped: ["url", "inviteToken"],
    needs: .permission("create-invite-links"),
    reading: .listing(Listing(ListEndpoint("v1/listInvites", rows: [], paging: .none, hasEnvelope: false))))
