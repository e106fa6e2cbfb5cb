/// Files, sent as forms (6.13 and 8.6.1, `api/server/v1/rooms.ts`, `sendFileMessage.ts`).
enum UploadWrites {
    /// The family. `rooms.upload` sends at once and went with 8.0; `rooms.media` keeps the file for a day until it is confirmed;
    /// it is in 6.13 and not in 6.5.
    static let all: [Route] = [
        .post("rooms.upload/:rid", removed: Version(8, 0), handler: upload),
        .post("rooms.media/:rid", since: Version(6, 13), handler: media),
        .post("rooms.mediaConfirm/:rid/:fileId", since: Version(6, 13), handler: confirm),
    ]

    private static func room(_ workspace: Workspace, _ call: Call) throws(Refusal) -> RoomIndex {
        guard let room = workspace.room(call.path["rid"] ?? ""), workspace.canAccess(room, call.user) else {
            throw .forbidden
        }
        return room
    }

    /// Stores the form's `file`; returns the upload's id.
    private static func store(in room: RoomIndex, _ workspace: inout Workspace, _ call: Call) throws(Refusal) -> String
    {
        if call.body.files.count > 1 { throw .error("Just 1 file is allowed") }
        guard let file = call.body.files.first, file.field == "file" else {
            throw call.version < Version(8, 0)
                ? .thrown("invalid-field") : .thrown("error-no-file-uploaded", "No file was uploaded")
        }
        let id = workspace.newIdentifier()
        var upload = Workspace.upload(
            id: id, name: file.name, room: workspace.rooms[room].id, user: workspace.users[call.user], at: call.now)
        upload["size"] = .int(Int64(file.size))
        upload["type"] = .string(file.type)
        upload["typeGroup"] = .string(String(file.type.prefix { $0 != "/" }))
        upload["extension"] = .string(String(file.name.split(separator: ".").last ?? ""))
        workspace.files.rows.append(upload)
        return id
    }

    /// Posts the message of an upload; returns the answer.
    private static func post(
        _ id: String, in room: RoomIndex, _ workspace: inout Workspace, _ call: Call
    ) throws(Refusal) -> [UInt8] {
        try workspace.checkSending(to: room, by: call.user)
        guard let index = workspace.files.index(id) else { throw .thrown("invalid-file") }
        var draft = Draft(call.body.filled("msg") ?? "")
        draft.extra = Workspace.attachment(of: workspace.files.rows[index])
        draft.extra["groupable"] = false
        if let thread = call.body.filled("tmid").flatMap({ workspace.message($0) }), thread.room == room {
            draft.parent = workspace.rooms[room].messages.rows[thread.row].serial
        }
        let serial = workspace.post(in: room, by: call.user, draft, at: call.now)
        return JSONBuffer.success(["message": workspace.answer(serial, for: call.user)])
    }

    private static func upload(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let room = try room(workspace, call)
        return try post(try store(in: room, &workspace, call), in: room, &workspace, call)
    }

    private static func media(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let room = try room(workspace, call)
        let id = try store(in: room, &workspace, call)
        workspace.files.update(id, at: call.now) { $0["expiresAt"] = .date(call.now + 86_400_000) }
        let path = workspace.files.index(id).flatMap { workspace.files.rows[$0]["path"] } ?? .null
        return JSONBuffer.success(["file": ["_id": .string(id), "url": path]])
    }

    private static func confirm(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let room = try room(workspace, call)
        let id = call.path["fileId"] ?? ""
        let isOwn = workspace.files.index(id).map { index in
            let upload = workspace.files.rows[index]
            return upload["userId"]?.text == workspace.users[call.user].id
                && upload["rid"]?.text == workspace.rooms[room].id
        }
        guard isOwn == true else { throw .thrown("invalid-file") }
        if (call.body.filled("description")?.utf16.count ?? 0) > MessageWrites.longest {
            throw .thrown("error-message-size-exceeded")
        }
        workspace.files.update(id, at: call.now) { upload in
            upload["expiresAt"] = nil
            if let name = call.body.filled("fileName") { upload["name"] = .string(name) }
            if let text = call.body.filled("description") { upload["description"] = .string(text) }
        }
        return try post(id, in: room, &workspace, call)
    }
}
