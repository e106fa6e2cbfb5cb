import RocketChatAPI

/// The omnichannel address book, from 7.0 (rocket-chat-api.md §4.9).
package let livechatContactsStream = StreamDefinition(
    name: "livechat_contacts",
    summary: "A person of the omnichannel address book, unknown ones included.",
    cursor: "_updatedAt",
    fields: [
        .string("_id", "Id of the contact"),
        .string("name"),
        .objects("emails", "address"),
        .objects("phones", "phoneNumber"),
        // The manager's id up to 7.1, an object with _id, username and name afterwards.
        .list(
            "contactManager", items: ["null", "object", "string"],
            "Who looks after the contact: one id or one object, by version, in an array"),
        .boolean("unknown", "Not yet saved by an agent"),
        .boolean("enabled"),
        .boolean("preRegistration"),
        .objects("channels", "Ways by which the contact wrote, each with its visitor"),
        .objects("conflictingFields"),
        .boolean("hasConflict"),
        .object("customFields"),
        .strings("importIds"),
        .strings("activity", "Months with conversations, YYYY-MM"),
        .object("lastChat", "_id and ts of the last conversation"),
        .timestamp("createdAt"),
        .timestamp("_updatedAt", "Last change of the contact"),
    ],
    needs: .permission("view-livechat-contact"),
    since: ServerVersion(7, 0),
    reading: .listing(
        // Without the parameter the server lists known contacts only, with it the others (server source, 7.1 to 8.x). These come
        // first: a contact only ever becomes known, and one that does so between the two walks would be in neither.
        Listing(ways: [
            [
                ListEndpoint("v1/omnichannel/contacts.search", rows: ["contacts"], query: [("unknown", "true")]),
                ListEndpoint("v1/omnichannel/contacts.search", rows: ["contacts"]),
            ]
        ])))
