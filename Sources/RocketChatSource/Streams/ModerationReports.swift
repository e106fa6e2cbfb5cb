import RocketChatAPI

/// Messages that users reported to the moderators, from 6.2 (rocket-chat-api.md §4.10).
///
/// The console lists reports by the author of the message; the messages of one author are a listing of their own. A message
/// reported again shows up anew. Reports that were dismissed vanish, which only a full refresh can see.
package let moderationReportsStream = StreamDefinition(
    name: "moderation_reports",
    summary: "A message that was reported to the moderators, with its newest report.",
    primaryKey: ["message_id"],
    cursor: "ts",
    fields: [
        .string("user_id", "Id of the message's author"),
        .string("message_id", "Id of the message"),
        .string("_id", "Id of the newest report"),
        .object("message", "The message as it was when reported"),
        .object("room", "_id, t, name, fname, federated, prid"),
        .timestamp("ts", "When it was last reported: the cursor"),
        .string("description", "What the reporter wrote, where the server tells"),
        .object("reportedBy", "The reporter, where the server tells"),
        .timestamp("_updatedAt", "Last change of the report, where the server tells"),
    ],
    dropped: MessageSecrets.inside("message", MessageSecrets.dropped),
    kept: MessageSecrets.inside("message", MessageSecrets.kept),
    masking: MessageSecrets.inside("message", MessageSecrets.masking),
    needs: .permission("view-moderation-console"),
    since: ServerVersion(6, 2),
    reading: .partitioned(
        Partition(
            of: .reportedUsers, as: "user_id", lift: .init("message._id", as: "message_id"),
            growth: .newestFirst(by: "ts"),
            .init(
                ListEndpoint(
                    "v1/moderation.user.reportedMessages", rows: ["messages"],
                    paging: .units(sort: #"{"ts":-1}"#)),
                parameter: "userId"))))
