import RocketChatAPI

/// Video calls of every readable room, from 5.0 (rocket-chat-api.md §4.10).
package let videoConferencesStream = StreamDefinition(
    name: "video_conferences",
    summary: "A video call of a room.",
    cursor: "_updatedAt",
    fields: [
        .string("room_id", "Id of the room"),
        .string("_id", "Id of the call"),
        .string("type", "direct, videoconference, livechat or voip"),
        .string("rid", "Id of the room, as the server has it"),
        .string("title"),
        .objects("users", "Who joined: _id, username, name, avatarETag, ts"),
        .integer("anonymousUsers"),
        .integer("status", "0 calling, 1 started, 2 expired, 3 ended, 4 declined"),
        .boolean("ringing"),
        .object("messages", "Ids of the messages that tell of it"),
        .string("url", "Address of the call at its provider"),
        .string("providerName"),
        .object("capabilities"),
        .object("createdBy", "_id, username, name"),
        .timestamp("createdAt"),
        .object("endedBy", "_id, username, name"),
        .timestamp("endedAt"),
        .string("discussionRid", "Discussion made for the call"),
        .string("discussionTitle"),
        .object("discussionLastMessage", "Copy of that discussion's newest message"),
        .strings("mediaCallIds", "Ids of the voice calls in it"),
        .string("externalId", "Voice calls: id at the telephone system"),
        .string("callerExtension", "Voice calls"),
        .string("calleeExtension", "Voice calls"),
        .boolean("external", "Voice calls"),
        .boolean("transferred", "Voice calls"),
        .number("duration", "Voice calls: seconds"),
        .object("events", "Voice calls"),
        .timestamp("_updatedAt", "Last change of the call: the cursor"),
    ],
    // `providerData` is the provider's own and may hold passwords of the call; no version hands it out (VideoConference.ts).
    // `sipAlias` lets anybody dial into a running call (8.x).
    dropped: ["providerData", "sipAlias"] + MessageSecrets.inside("discussionLastMessage", MessageSecrets.dropped),
    kept: MessageSecrets.inside("discussionLastMessage", MessageSecrets.kept),
    masking: MessageSecrets.inside("discussionLastMessage", MessageSecrets.masking),
    since: ServerVersion(5, 0),
    reading: .partitioned(
        Partition(
            of: .rooms, as: "room_id", growth: .changed(by: "_updatedAt"),
            .init(
                ListEndpoint("v1/video-conference.list", rows: ["data"], paging: .offset(sort: nil)).with {
                    $0.bearsRoom = true
                },
                parameter: "roomId"))))
