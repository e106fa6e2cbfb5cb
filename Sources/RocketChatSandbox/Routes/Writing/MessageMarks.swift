/// Reactions, pins and stars (8.6.1, `api/server/v1/chat.ts`).
enum MessageMarks {
    /// The family.
    static let all: [Route] = [
        .post(
            "chat.react",
            body: .requiring(.filled, "messageId").allowing(.text, "emoji", "reaction")
                .allowing(.flag, "shouldReact").since(8, 3), handler: react),
        .post("chat.pinMessage", body: .requiring(.filled, "messageId").since(7, 10).typed(7, 10), handler: pin),
        .post("chat.unPinMessage", body: .requiring(.filled, "messageId").since(8, 3), handler: unpin),
        .post("chat.starMessage", body: .requiring(.filled, "messageId").since(8, 3)) {
            workspace, call throws(Refusal) in
            try star(&workspace, call, true)
        },
        .post("chat.unStarMessage", body: .requiring(.filled, "messageId").since(8, 3)) {
            workspace, call throws(Refusal) in
            try star(&workspace, call, false)
        },
    ]

    private static func named(_ workspace: Workspace, _ call: Call) throws(Refusal) -> (room: RoomIndex, serial: UInt32)
    {
        guard let id = call.body.filled("messageId") else {
            throw .thrown("error-messageid-param-not-provided", "The required \"messageId\" param is missing.")
        }
        guard let (room, row) = workspace.message(id) else {
            throw .thrown(
                "error-message-not-found", "The provided \"messageId\" does not match any existing message.")
        }
        return (room, workspace.rooms[room].messages.rows[row].serial)
    }

    /// 8.6.1, `setReaction.ts`. Without `shouldReact` the reaction turns; a word of letters counts as an emoji's name, since
    /// the stand-in has no table of them.
    private static func react(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let (room, serial) = try named(workspace, call)
        guard let emoji = call.body.filled("emoji") ?? call.body.filled("reaction") else {
            throw .thrown("error-emoji-param-not-provided", "The required \"emoji\" param is missing.")
        }
        let name = emoji.filter { $0 != ":" }
        guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || "_-+".contains($0) }) else {
            throw .thrown("error-not-allowed", "Invalid emoji provided.", details: ["method": "setReaction"])
        }
        guard workspace.canAccess(room, call.user) else {
            throw .thrown("not-authorized", "Not Authorized", details: ["method": "setReaction"])
        }
        let has = workspace.hasReacted(call.user, to: serial, with: ":\(name):")
        if (call.body["shouldReact"]?.flag ?? !has) != has {
            workspace.react(serial, by: call.user, ":\(name):", at: call.now)
        }
        return JSONBuffer.success([:])
    }

    /// 8.6.1, `pinMessage.ts`: answers with the system message that tells of the pin, or with the message when it is pinned.
    private static func pin(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let (room, serial) = try named(workspace, call)
        try checkPinning(in: room, workspace, call, "pinMessage")
        guard let (_, row) = workspace.message(serial) else { throw .notAllowed("pinMessage") }
        let store = workspace.rooms[room].messages
        if store.rows[row].flags.contains(.pinned) {
            return JSONBuffer.success(["message": workspace.answer(serial, for: call.user)])
        }
        let body = store.body(row)
        let author = workspace.users[workspace.authors[Int(store.rows[row].author)].user].username
        workspace.pin(serial, by: call.user, true, at: call.now)
        var notice = Draft("")
        notice.type = "message_pinned"
        notice.extra["attachments"] = [
            [
                "text": body["msg"] ?? "", "author_name": .string(author), "author_icon": .string("/avatar/\(author)"),
                "ts": .date(store.rows[row].ts), "attachments": body["attachments"] ?? [],
            ]
        ]
        let written = workspace.post(in: room, by: call.user, notice, at: call.now)
        return JSONBuffer.success(["message": workspace.answer(written, for: call.user)])
    }

    private static func unpin(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let (room, serial) = try named(workspace, call)
        guard workspace.isMember(call.user, of: room) else {
            throw .thrown(
                "error-invalid-message", "Message you are unpinning was not found",
                details: ["method": "unpinMessage", "action": "Message_pinning"])
        }
        try checkPinning(in: room, workspace, call, "unpinMessage")
        workspace.pin(serial, by: call.user, false, at: call.now)
        return JSONBuffer.success([:])
    }

    private static func checkPinning(
        in room: RoomIndex, _ workspace: Workspace, _ call: Call, _ method: String
    ) throws(Refusal) {
        guard workspace.has("pin-message", call.user, in: room), workspace.canAccess(room, call.user) else {
            throw .thrown("not-authorized", "Not Authorized", details: ["method": .string(method)])
        }
    }

    /// 8.6.1, `starMessage.ts`: without effect and without a word for who is no member.
    private static func star(_ workspace: inout Workspace, _ call: Call, _ isStarred: Bool) throws(Refusal) -> [UInt8] {
        let (room, serial) = try named(workspace, call)
        if workspace.isMember(call.user, of: room) {
            guard workspace.canAccess(room, call.user) else {
                throw .thrown("not-authorized", "Not Authorized", details: ["method": "starMessage"])
            }
            workspace.star(serial, by: call.user, isStarred, at: call.now)
        }
        return JSONBuffer.success([:])
    }
}

extension Workspace {
    /// Whether a user's reaction is among those of a message.
    func hasReacted(_ user: UserIndex, to serial: UInt32, with emoji: String) -> Bool {
        guard let (room, row) = message(serial) else { return false }
        let names = rooms[room].messages.body(row)["reactions"]?.object?[emoji]?.object?["usernames"]?.elements
        return names?.contains(.string(users[user].username)) == true
    }
}
