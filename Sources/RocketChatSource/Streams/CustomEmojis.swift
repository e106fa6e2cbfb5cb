/// Emoji of the workspace's own (rocket-chat-api.md §4.8).
package let customEmojisStream = StreamDefinition(
    name: "custom_emojis",
    summary: "An emoji of the workspace's own.",
    cursor: "_updatedAt",
    fields: [
        .string("_id", "Id of the emoji"),
        .string("name"),
        .strings("aliases"),
        .string("extension", "Of the picture's file name"),
        .string("etag", "Changes whenever the picture changes"),
        .timestamp("_updatedAt", "Last change of the emoji"),
    ],
    reading: .updates(Updates("v1/emoji-custom.list", updated: ["emojis", "update"], removed: ["emojis", "remove"])))
