/// Messages of omnichannel conversations, read like those of other rooms (rocket-chat-api.md §5).
package let livechatMessagesStream = StreamDefinition(
    name: "livechat_messages",
    summary: "A message of an omnichannel conversation; edits arrive as new versions, removals as tombstones.",
    cursor: "_updatedAt",
    fields: MessageFields.all,
    dropped: MessageSecrets.dropped, kept: MessageSecrets.kept, masking: MessageSecrets.masking,
    needs: .any(["view-livechat-rooms", "view-l-room"]),
    reading: .messages(.livechat))
