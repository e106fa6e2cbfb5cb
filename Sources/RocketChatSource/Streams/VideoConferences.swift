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
        .object("providerData"),
        .object("capabilities"),
        .object("createdBy", "_id, username, name"),
        .timestamp("createdAt"),
        .object("endedBy", "_id, username, name"),
        .timestamp("endedAt"),
        .string("discussionRid", "Discussion made for the call"),
        .timestamp("_updatedAt", "Last change of the call: the cursor"),
    ],
    since: "5.0",
    reading: .partitioned(
        Partition(
            of: .rooms, as: "room_id", growth: .changed(by: "_updatedAt"),
            .init(
                ListEndpoint("v1/video-conference.list", rows: ["data"], paging: .offset(sort: nil)),
                parameter: "roomId"))))
