extension Workspace {
    /// Writes a message, with every effect of §5.8 on its room and its thread; returns its serial.
    @discardableResult
    mutating func post(in room: RoomIndex, by user: UserIndex, _ draft: Draft, at now: Int64) -> UInt32 {
        let people = { [users] (name: String) in users.first { $0.username == name && !$0.isRemoved } }
        let (body, flags) = draft.encode(people: people)
        let serial = nextSerial(room: room)
        if let id = draft.id { messageIDs.choose(id, for: serial) }
        let ts = draft.ts ?? now
        let row = rooms[room].messages.append(
            serial: serial, author: users[user].author, ts: ts, updatedAt: now, parent: draft.parent, flags: flags,
            body: body)
        if draft.parent != 0 { reply(to: draft.parent, by: user, at: ts, now: now) }
        rooms[room].messageCount += 1
        // A reply that stays in its thread, like a system message, leaves `lm` and `lastMessage` alone.
        if draft.type == nil, draft.parent == 0 || draft.isShown {
            rooms[room].lastActivity = ts
            setLastMessage(of: room, to: row)
        }
        touchRoom(room, at: now)
        if draft.type == nil { notify(room, from: user, flags: flags, text: draft.text, at: now) }
        return serial
    }

    /// Notes a reply on its thread's parent, which stamps the parent.
    private mutating func reply(to parent: UInt32, by user: UserIndex, at ts: Int64, now: Int64) {
        guard let (room, row) = message(parent) else { return }
        let starter = authors[Int(rooms[room].messages.rows[row].author)].user
        var thread = rooms[room].messages.threads[parent] ?? Thread(count: 0, last: ts, users: [starter])
        thread.count += 1
        thread.last = ts
        if !thread.users.contains(user) { thread.users.append(user) }
        rooms[room].messages.threads[parent] = thread
        rooms[room].messages.touch(row, at: now)
    }

    /// Marks the room unread for its other members, which stamps those whose state changes.
    private mutating func notify(
        _ room: RoomIndex, from user: UserIndex, flags: StoredMessage.Flags, text: String, at now: Int64
    ) {
        for (member, index) in rooms[room].members {
            if member == user {
                subscriptions[index].lastSeen = now
                subscriptions[index].hasAlert = false
                subscriptions[index].unread = 0
                subscriptions[index].updatedAt = now
                continue
            }
            let isMentioned = flags.contains(.mentions) && text.contains("@\(users[member].username)")
            guard isMentioned || !subscriptions[index].hasAlert || !subscriptions[index].isOpen else { continue }
            subscriptions[index].hasAlert = true
            subscriptions[index].isOpen = true
            if isMentioned {
                subscriptions[index].mentions += 1
                subscriptions[index].unread += 1
            }
            subscriptions[index].updatedAt = now
        }
    }

    /// Copies a message into its room's `lastMessage`; nil empties it. Does not stamp the room.
    mutating func setLastMessage(of room: RoomIndex, to row: Int?) {
        guard let row else {
            rooms[room].lastMessage = nil
            rooms[room].lastMessageSerial = 0
            return
        }
        let author = authors[Int(rooms[room].messages.rows[row].author)].user
        rooms[room].lastMessage = encoded(row, of: room, for: author)
        rooms[room].lastMessageSerial = rooms[room].messages.rows[row].serial
    }

    /// Stamps a room.
    mutating func touchRoom(_ room: RoomIndex, at now: Int64) {
        rooms[room].updatedAt = now
        roomRevision += 1
    }

    /// Writes a message with a file, and the upload it carries; returns the message's serial.
    @discardableResult
    mutating func postFile(in room: RoomIndex, by user: UserIndex, name: String, text: String, at now: Int64) -> UInt32
    {
        let upload = Self.upload(id: newIdentifier(), name: name, room: rooms[room].id, user: users[user], at: now)
        files.rows.append(upload)
        var draft = Draft(text)
        draft.extra = Self.attachment(of: upload)
        return post(in: room, by: user, draft, at: now)
    }

    /// The document of an upload.
    static func upload(id: String, name: String, room: String, user: User, at now: Int64) -> JSONObject {
        let isImage = name.hasSuffix(".png")
        let path: JSON = .string("/file-upload/\(id)/\(name)")
        return [
            "_id": .string(id), "name": .string(name), "size": .int(Int64(name.utf8.count * 1021)),
            "type": isImage ? "image/png" : "application/pdf", "typeGroup": isImage ? "image" : "application",
            "rid": .string(room), "userId": .string(user.id), "store": "GridFS:Uploads", "complete": true,
            "uploading": false, "progress": 1, "extension": isImage ? "png" : "pdf", "path": path, "url": path,
            "etag": .string(String(id.reversed())), "uploadedAt": .date(now), "_updatedAt": .date(now),
            "user": user.reference(named: true),
        ]
    }

    /// The `file`, `files` and `attachments` of the message that carries an upload.
    static func attachment(of upload: JSONObject) -> JSONObject {
        let file: JSONObject = [
            "_id": upload["_id"] ?? .null, "name": upload["name"] ?? .null, "type": upload["type"] ?? .null,
            "size": upload["size"] ?? .null,
        ]
        var attachment: JSONObject = [
            "ts": "1970-01-01T00:00:00.000Z", "title": upload["name"] ?? .null, "title_link": upload["path"] ?? .null,
            "title_link_download": true, "type": "file", "fileId": upload["_id"] ?? .null,
        ]
        if upload["typeGroup"]?.text == "image" {
            attachment["image_url"] = upload["path"]
            attachment["image_type"] = "image/png"
            attachment["image_size"] = upload["size"]
            attachment["image_dimensions"] = ["width": 320, "height": 200]
        }
        return ["file": .object(file), "files": [.object(file)], "attachments": [.object(attachment)]]
    }
}
