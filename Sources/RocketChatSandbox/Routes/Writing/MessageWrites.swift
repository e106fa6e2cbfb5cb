/// Posting, editing and deleting (8.6.1, `api/server/v1/chat.ts`).
enum MessageWrites {
    /// The family.
    static let all: [Route] = [
        .post(
            "chat.postMessage", body: .requiringOne(of: "channel", "roomId").allowingOthers().since(8, 3),
            handler: post),
        .post("chat.sendMessage", body: .requiring(.object, "message").allowingOthers().since(8, 3), handler: send),
        .post(
            "chat.update",
            body: .requiring(.text, "roomId", "msgId", "text").allowing(.object, "customFields")
                .allowing(.list, "previewUrls"), handler: update),
        .post(
            "chat.delete",
            body: .requiring(.text, "msgId", "roomId").allowing(.flag, "asUser").allowing(.text, "fileId"),
            handler: delete),
    ]

    /// Setting `Message_MaxAllowedSize`.
    static let longest = 5000

    /// Texts of any number of rooms in the real route; here one (8.6.1, `processWebhookMessage.ts`).
    private static func post(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let target = call.body.filled("channel") ?? call.body.filled("roomId") ?? ""
        let text = call.body.filled("text") ?? call.body.filled("msg") ?? ""
        if text.utf16.count > longest { throw .error("error-message-size-exceeded") }
        let room = try place(target, &workspace, call)
        try workspace.checkSending(to: room, by: call.user)
        var draft = Draft(trimmed(text))
        draft.isParsed = true
        draft.extra["groupable"] = false
        if let attachments = call.body["attachments"], attachments.elements?.isEmpty == false {
            draft.extra["attachments"] = attachments
        }
        if let alias = call.body.filled("alias") { draft.extra["alias"] = .string(alias) }
        draft.parent = call.body.filled("tmid").flatMap { thread($0, workspace)?.parent } ?? 0
        let serial = workspace.post(in: room, by: call.user, draft, at: call.now)
        return JSONBuffer.success([
            "ts": .int(call.now), "channel": .string(target), "message": workspace.answer(serial, for: call.user),
        ])
    }

    /// The room that `#name`, `@name`, a name or an id means; public channels are joined on the way.
    private static func place(_ target: String, _ workspace: inout Workspace, _ call: Call) throws(Refusal) -> RoomIndex
    {
        let name = target.first == "#" || target.first == "@" ? String(target.dropFirst()) : target
        if target.first != "@", let room = workspace.room(name) ?? workspace.room(named: name) {
            if workspace.rooms[room].type == .channel, workspace.canAccess(room, call.user) {
                workspace.join(room, call.user, at: call.now)
            }
            return room
        }
        let other = target.first == "@" ? workspace.user(named: name) ?? workspace.user(name) : workspace.user(name)
        guard let other else { throw .thrown("invalid-channel") }
        return workspace.createDirect(Array(Set([call.user, other])), at: call.now)
    }

    private static func send(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard let message = call.body["message"]?.object else {
            throw .thrown("error-invalid-params", "The \"message\" parameter must be provided.")
        }
        if let type = message["t"]?.text, type != "e2e" {
            throw .error("Cannot send system messages using 'chat.sendMessage'")
        }
        if message["tshow"]?.flag == true, message["tmid"] == nil {
            throw .thrown("invalid-params", "tshow provided but missing tmid", details: ["method": "sendMessage"])
        }
        let text = message["msg"]?.text ?? ""
        if text.utf16.count > longest {
            throw .thrown("error-message-size-exceeded", "Message size exceeds Message_MaxAllowedSize")
        }
        // A reply goes to the room of its thread, and a reply to a reply to the thread's parent (8.6.1, `sendMessage.ts`).
        let parent = message["tmid"]?.text.flatMap { thread($0, workspace) }
        guard let rid = parent.map({ workspace.rooms[$0.room].id }) ?? message["rid"]?.text else {
            throw .error("The 'rid' property on the message object is missing.")
        }
        guard let room = workspace.room(rid) else { throw .error("error-invalid-room") }
        try workspace.checkSending(to: room, by: call.user)
        var draft = Draft(trimmed(text))
        draft.isParsed = true
        draft.parent = parent?.parent ?? 0
        draft.isShown = message["tshow"]?.flag == true
        draft.id = message["_id"]?.text
        if let id = draft.id, workspace.message(id) != nil {
            throw .error(
                "E11000 duplicate key error collection: rocketchat_message index: _id_ dup key: { _id: \"\(id)\" }")
        }
        let serial = workspace.post(in: room, by: call.user, draft, at: call.now)
        return JSONBuffer.success(["message": workspace.answer(serial, for: call.user)])
    }

    private static func thread(_ id: String, _ workspace: Workspace) -> (room: RoomIndex, parent: UInt32)? {
        guard let (room, row) = workspace.message(id) else { return nil }
        let message = workspace.rooms[room].messages.rows[row]
        return (room, message.parent == 0 ? message.serial : message.parent)
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    /// The message that `msgId` and `roomId` name.
    private static func named(
        _ workspace: Workspace, _ call: Call
    ) throws(Refusal) -> (room: RoomIndex, row: Int, serial: UInt32) {
        guard let id = call.body.filled("msgId"), let (room, row) = workspace.message(id) else {
            throw .failure("No message found with the id of \"\(call.body.filled("msgId") ?? "")\".")
        }
        guard call.body.filled("roomId") == workspace.rooms[room].id else {
            throw .failure("The room id provided does not match where the message is from.")
        }
        return (room, row, workspace.rooms[room].messages.rows[row].serial)
    }

    /// 8.6.1, `methods/updateMessage.ts`; with `Message_AllowEditing` and no time limit, as by default.
    private static func update(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let (room, row, serial) = try named(workspace, call)
        let text = call.body["text"]?.text ?? ""
        let store = workspace.rooms[room].messages
        if store.body(row)["msg"]?.text != text {
            let isOwn = workspace.authors[Int(store.rows[row].author)].user == call.user
            guard isOwn || workspace.has("edit-message", call.user, in: room) else {
                throw .thrown(
                    "error-action-not-allowed", "Message editing not allowed",
                    details: ["method": "updateMessage", "action": "Message_editing"])
            }
            try workspace.checkSending(to: room, by: call.user)
            workspace.edit(serial, by: call.user, text: text, at: call.now)
        }
        return JSONBuffer.success(["message": workspace.answer(serial, for: call.user)])
    }

    /// 8.6.1, `chat.ts` and `canDeleteMessage.ts`; with `Message_AllowDeleting` and no time limit, as by default.
    private static func delete(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let (room, row, serial) = try named(workspace, call)
        let author = workspace.authors[Int(workspace.rooms[room].messages.rows[row].author)].user
        let mayForce = workspace.has("force-delete-message", call.user, in: room)
        let asUser = call.body["asUser"]?.flag == true
        if asUser, author != call.user, !mayForce {
            throw .failure(
                "Unauthorized. You must have the permission \"force-delete-message\" to delete other's message as them."
            )
        }
        let user = asUser ? author : call.user
        let mayDelete =
            workspace.has("force-delete-message", user, in: room) || workspace.has("delete-message", user, in: room)
            || (author == user && workspace.has("delete-own-message", user, in: room))
        guard mayDelete, workspace.canAccess(room, user) else {
            throw .thrown("error-action-not-allowed", "Not allowed")
        }
        let id = workspace.messageIDs.text(serial)
        let reference = workspace.users[author].reference(named: true)
        workspace.delete(serial, by: user, at: call.now)
        return JSONBuffer.success([
            "_id": .string(id), "ts": .string("\(call.now)"),
            "message": ["_id": .string(id), "rid": .string(workspace.rooms[room].id), "u": reference],
        ])
    }
}
