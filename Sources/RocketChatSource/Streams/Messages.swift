/// Messages of every channel, private group and direct message that the token may read (rocket-chat-api.md §5).
package let messagesStream = StreamDefinition(
    name: "messages",
    summary:
        "A message of a channel, private group or direct message; edits arrive as new versions, removals as tombstones.",
    cursor: "_updatedAt",
    fields: MessageFields.all,
    dropped: MessageSecrets.dropped, kept: MessageSecrets.kept, masking: MessageSecrets.masking,
    reading: .messages(.conversations))
