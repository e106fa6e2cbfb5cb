/// Incoming and outgoing webhooks, without their tokens and scripts (rocket-chat-api.md §4.8).
package let integrationsStream = StreamDefinition(
    name: "integrations",
    summary: "An incoming or outgoing webhook; with a manage-own permission only those of the token's user.",
    cursor: "_updatedAt",
    fields: [
        .string("_id", "Id of the integration"),
        .string("type", "webhook-incoming or webhook-outgoing"),
        .string("name"),
        .boolean("enabled"),
        .string("username", "Posts under this name"),
        .string("userId"),
        .strings("channel", "Where it posts or listens"),
        .string("event", "What sets off an outgoing one"),
        .string("targetRoom"),
        .strings("triggerWords"),
        .boolean("triggerWordAnywhere"),
        .boolean("runOnEdits"),
        .boolean("retryFailedCalls"),
        .integer("retryCount"),
        .string("retryDelay"),
        .boolean("impersonateUser"),
        .boolean("overrideDestinationChannelEnabled"),
        .string("scriptEngine"),
        .boolean("scriptEnabled"),
        .boolean("skipTranspile"),
        .string("alias"),
        .string("avatar"),
        .string("avatarUrl"),
        .string("emoji"),
        .timestamp("_createdAt"),
        .object("_createdBy", "_id, username"),
        .object("_updatedBy", "_id, username"),
        .timestamp("_updatedAt", "Last change of the integration"),
    ],
    // Whoever has the token may post; scripts and the addresses of outgoing webhooks hold keys of other services.
    dropped: ["token", "urls", "script", "scriptCompiled", "scriptError"],
    needs: .any([
        "manage-incoming-integrations", "manage-outgoing-integrations", "manage-own-incoming-integrations",
        "manage-own-outgoing-integrations",
    ]),
    reading: .listing(
        Listing(
            ListEndpoint("v1/integrations.list", rows: ["integrations"]).with {
                $0.widening = ["manage-incoming-integrations", "manage-outgoing-integrations"]
                $0.isOwn = true
            })))
