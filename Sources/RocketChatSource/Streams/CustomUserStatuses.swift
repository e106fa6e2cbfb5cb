/// Status texts that the workspace offers (rocket-chat-api.md §4.8).
package let customUserStatusesStream = StreamDefinition(
    name: "custom_user_statuses",
    summary: "A status that the workspace offers besides the built-in ones.",
    cursor: StreamDefinition.syncInstant,
    fields: [
        .string("_id", "Id of the status"),
        .string("name"),
        .string("statusType", "online, away, busy or offline"),
        // Not in every version, so it is not the cursor.
        .timestamp("_updatedAt"),
    ],
    reading: .listing(Listing(ListEndpoint("v1/custom-user-status.list", rows: ["statuses"]))))
