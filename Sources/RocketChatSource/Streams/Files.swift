/// Files of every readable room: facts about them, not their content (rocket-chat-api.md §4.7).
///
/// The address in `url` asks for the credentials of a user unless the workspace serves files to everybody. Thumbnails and
/// unfinished uploads are left out by the server; a removed file just vanishes, which only a full refresh can see. From 6.13 on an upload
/// bears `expiresAt` until a message carries it, and changes its name and description then (`confirmTemporaryFile`); one that is
/// never confirmed goes after a day.
package let filesStream = StreamDefinition(
    name: "files",
    summary: "A file uploaded to a room; removed files vanish without a trace, which only a full refresh shows.",
    cursor: "uploadedAt",
    fields: [
        .string("room_id", "Id of the room"),
        .string("_id", "Id of the file"),
        .string("name"),
        .integer("size", "Bytes"),
        .string("type", "MIME type"),
        .string("typeGroup", "First part of the MIME type"),
        .string("extension"),
        .string("description"),
        .string("rid", "Id of the room, as the server has it"),
        .string("userId", "Id of the user who uploaded it"),
        .object("user", "_id, username, name"),
        .timestamp("uploadedAt", "When the upload ended: the cursor"),
        .timestamp("modifiedAt"),
        .timestamp("_updatedAt"),
        .timestamp("expiresAt", "Set on uploads that were not confirmed"),
        .string("url", "Address; asks for credentials unless files are public"),
        .string("path"),
        .string("store", "Where the server keeps the file"),
        .boolean("complete"),
        .boolean("uploading"),
        .number("progress", "1 when complete"),
        .string("etag"),
        .object("identify", "Format and size of a picture"),
        .object("hashes"),
        .object("federation", "Matrix"),
        .string("uid"),
        .string("aliases"),
        .object("content", "Ciphertext of an encrypted description"),
        .string("originalStore"),
        .string("originalId"),
        .string("message_id"),
        .string("instanceId"),
    ],
    // The token of the upload, the key of an encrypted file (IUpload.ts, 8.x) and places in the storage behind it.
    dropped: ["token", "encryption", "AmazonS3", "s3", "GoogleStorage", "googleCloudStorage", "Webdav"],
    reading: .partitioned(
        Partition(
            of: .rooms, as: "room_id", growth: .newestFirst(by: "uploadedAt", pending: "expiresAt"),
            .init(listed("v1/channels.files"), parameter: "roomId", kinds: ["c"]),
            .init(listed("v1/groups.files"), parameter: "roomId", kinds: ["p"]),
            .init(listed("v1/im.files"), parameter: "roomId", kinds: ["d"]))))

private func listed(_ path: String) -> ListEndpoint {
    ListEndpoint(path, rows: ["files"], paging: newestFirst).with { $0.bearsRoom = true }
}

private let newestFirst = ListEndpoint.Pagination.offset(sort: #"{"uploadedAt":-1,"_id":-1}"#)
