/// Users who serve omnichannel conversations (rocket-chat-api.md §4.9).
package let livechatAgentsStream = StreamDefinition(
    name: "livechat_agents",
    summary: "A user who serves omnichannel conversations.",
    fields: [
        .string("_id", "Id of the user"),
        .string("username"),
        .string("name"),
        .string("status", "Presence"),
        .string("statusLivechat", "available or not-available"),
        .objects("emails", "Addresses with their verified flag"),
        .object("livechat", "Settings of the agent, such as the most conversations at once"),
        .strings("departments", "Ids of departments"),
        .string("avatarETag"),
        .boolean("livechatStatusSystemModified", "The server set statusLivechat, not the agent"),
        .integer("livechatCount", "Conversations so far"),
        .strings("openBusinessHours", "Ids of the business hours that the agent is in"),
        .boolean("agentLocked"),
        .timestamp("agentLockedAt"),
        .timestamp("lastRoutingTime", "Last conversation that was handed to the agent"),
    ],
    dropped: UserSecrets.dropped,
    needs: .any(["transfer-livechat-guest", "edit-omnichannel-contact"]),
    reading: .listing(Listing(ListEndpoint("v1/livechat/users/agent", rows: ["users"]))))
