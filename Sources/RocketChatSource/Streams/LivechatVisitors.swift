import RocketChatAPI

/// People who wrote from outside (rocket-chat-api.md §4.9); visitors whose data was erased are left out by the server.
package let livechatVisitorsStream = StreamDefinition(
    name: "livechat_visitors",
    summary: "Somebody who wrote to the workspace from outside.",
    cursor: StreamDefinition.syncInstant,
    fields: [
        .string("_id", "Id of the visitor"),
        .string("username", "Generated, guest-1 and so on"),
        .string("name"),
        .objects("visitorEmails", "address"),
        .objects("phone", "phoneNumber"),
        .object("livechatData", "Custom fields"),
        .object("lastChat", "_id and ts of the last conversation"),
        .string("status"),
        .string("department"),
        .object("lastAgent", "agentId, username, ts; returned by some versions only"),
        .list(
            "contactManager", items: ["null", "object", "string"],
            "Who looks after the visitor; returned by some versions only, in an array"),
        .objects("externalIds", "Ids at other services; returned by some versions only"),
        .strings("activity", "Months with conversations, YYYY-MM; returned by some versions only"),
        .boolean("disabled", "Returned by some versions only"),
        .timestamp("ts", "First contact"),
        .timestamp("_updatedAt", "Returned by some versions only"),
    ],
    // Whoever has the token is the visitor.
    dropped: ["token"],
    needs: .permission("view-l-room"),
    since: ServerVersion(3, 6),
    reading: .listing(
        // The term is mandatory; an empty one matches everybody.
        Listing(ListEndpoint("v1/livechat/visitors.search", rows: ["visitors"], query: [("term", "")]))))
