/// Fields that every kind of room shares (rocket-chat-api.md §4.2).
enum RoomFields {
    /// Members that hold a message, copied as it was saved.
    private static let messages = ["lastMessage", "closingMessage"]

    /// The word that lets people in, the credential of a livechat's visitor, and whatever a message loses.
    static let dropped =
        ["joinCode", "v.token"] + messages.flatMap { MessageSecrets.inside($0, MessageSecrets.dropped) }
    /// What is kept of documents in copies of messages.
    static let kept = messages.flatMap { MessageSecrets.inside($0, MessageSecrets.kept) }
    /// What shows that a copy of a message may hold tokens.
    static let masking = messages.flatMap { MessageSecrets.inside($0, MessageSecrets.masking) }

    /// Fields of a room of any kind.
    static let all: [Field] = [
        .string("_id", "Id of the room"),
        .string("t", "Kind: c channel, p private group, d direct message, l livechat, v voice call"),
        .string("name", "Name in addresses; direct messages have none"),
        .string("fname", "Display name"),
        .string("topic"),
        .string("description"),
        .string("announcement"),
        .object("announcementDetails"),
        .integer("msgs", "The server's message counter; it drifts and is no row count"),
        .integer("usersCount", "The server's member counter, deactivated users included"),
        .object("u", "Creator: _id, username, name"),
        .timestamp("ts", "Creation"),
        .timestamp("lm", "Last message of the main conversation"),
        .timestamp("_updatedAt", "Last change of the room"),
        .boolean("default", "New users join by themselves"),
        .boolean("featured"),
        .boolean("ro", "Read only"),
        .boolean("broadcast"),
        .boolean("encrypted"),
        .boolean("federated"),
        .object("federation"),
        .boolean("archived"),
        .boolean("reactWhenReadOnly"),
        .boolean("joinCodeRequired"),
        .boolean("favorite"),
        .list(
            "sysMes", items: ["null", "string", "boolean"],
            "Hidden kinds of system messages; servers that send a bare true or false give a one-element array"),
        .object("lastMessage", "Copy of the newest message"),
        .object("customFields"),
        .string("prid", "Parent room, on discussions"),
        .string("teamId", "Team that the room belongs to"),
        .boolean("teamMain", "The room is the team's main room"),
        .boolean("teamDefault", "Team members join by themselves"),
        .strings("muted", "Usernames that may not write"),
        .strings("unmuted", "Usernames that may write although the room is read only"),
        .strings("uids", "User ids of a direct message"),
        .strings("usernames", "Usernames of a direct message"),
        .integer("usersWaitingForE2EKeysCount"),
        .objects("usersWaitingForE2EKeys", "Members who wait for the room's key: userId, ts"),
        .object("retention", "Retention policy of the room"),
        .objects("abacAttributes"),
        .boolean("abacAttributesRedacted"),
        .list(
            "rolePrioritiesCreated", items: ["null", "integer", "boolean"],
            "Mark of the server's own upkeep: a number, true or false by version; in an array"),
        .object("sidepanel", "What a team shows beside its room"),
        .timestamp("jitsiTimeout", "Until when a video call by Jitsi runs"),
        .object("tokenpass", "Cryptocurrency that members must hold, on old servers"),
        .string("sentiment"),
        .string("avatarETag"),
        .string("e2eKeyId"),
        .object("streamingOptions"),
        .boolean("createdOTR"),
        .boolean("autoTranslate"),
        .string("autoTranslateLanguage"),
    ]
}
