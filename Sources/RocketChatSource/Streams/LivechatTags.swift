import RocketChatAPI

/// Tags that conversations are closed with, of the Enterprise Edition (rocket-chat-api.md §4.9).
///
/// Whoever may manage them sees them all with `viewAll` (`livechat-enterprise/server/api/lib/tags.ts`, 6.5 and later; before that
/// everybody did); that permission exists on servers that have had a licence only (`livechat-enterprise/server/permissions.ts`).
package let livechatTagsStream = StreamDefinition(
    name: "livechat_tags",
    summary: "A tag that omnichannel conversations are closed with (Enterprise Edition).",
    cursor: "_updatedAt",
    fields: [
        .string("_id", "Id of the tag"),
        .string("name", "What conversations have in `tags`"),
        .string("description"),
        .integer("numDepartments"),
        .strings("departments", "Ids of the departments that use it; empty for all"),
        .timestamp("_updatedAt", "Last change of the tag"),
    ],
    needs: .permission("manage-livechat-tags"),
    reading: .listing(
        Listing(
            // It bears this name since 5.0; up to 4.8 it is `tags.list`.
            ListEndpoint(
                "v1/livechat/tags", rows: ["tags"], query: [("viewAll", "true")], since: ServerVersion(5, 0)),
            ListEndpoint("v1/livechat/tags.list", rows: ["tags"]))))
