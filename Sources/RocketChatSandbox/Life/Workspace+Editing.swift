extension Workspace {
    /// Changes a message in a way that stamps it; when it is its room's last message the room's copy follows (§5.8).
    mutating func change(_ serial: UInt32, at now: Int64, _ change: (inout MessageStore, Int) -> Void) {
        guard let (room, row) = message(serial) else { return }
        change(&rooms[room].messages, row)
        rooms[room].messages.touch(row, at: now)
        guard rooms[room].lastMessageSerial == serial else { return }
        setLastMessage(of: room, to: row)
        touchRoom(room, at: max(now, rooms[room].updatedAt))
    }

    /// Edits a text. With `Message_KeepHistory` the old version stays as a hidden copy.
    mutating func edit(_ serial: UInt32, by user: UserIndex, text: String, at now: Int64) {
        guard let (room, row) = message(serial) else { return }
        if settings.keepHistory { keepCopy(of: row, in: room, by: user, at: now) }
        let stamp = settings.defects.contains(.editsLeaveStamps) ? rooms[room].messages.rows[row].updatedAt : now
        let mentions = Draft.mentions(in: text) { [users] name in users.first { $0.username == name } }
        change(serial, at: stamp) { store, row in
            store.rewrite(row, at: stamp) { body in
                body["msg"] = .string(text)
                body["mentions"] = .array(mentions)
                body["urls"] = .array(Draft.urls(in: text))
                if body["md"] != nil {
                    body["md"] = [["type": "PARAGRAPH", "value": [["type": "PLAIN_TEXT", "value": .string(text)]]]]
                }
            }
            store.edits[serial] = Edit(at: now, by: user)
            store.alter(row) { message in
                if mentions.isEmpty { message.flags.remove(.mentions) } else { message.flags.insert(.mentions) }
            }
        }
    }

    /// Adds a user's reaction, or takes it back.
    mutating func react(_ serial: UInt32, by user: UserIndex, _ emoji: String, at now: Int64) {
        let username = settings.defects.contains(.reactionsOfAnother) ? "rocket.cat" : users[user].username
        change(serial, at: now) { store, row in
            store.rewrite(row, at: now) { body in
                var reactions = body["reactions"]?.object ?? JSONObject()
                var names = reactions[emoji]?.object?["usernames"]?.elements ?? []
                if let index = names.firstIndex(of: .string(username)) {
                    names.remove(at: index)
                } else {
                    names.append(.string(username))
                }
                reactions[emoji] = names.isEmpty ? nil : ["usernames": .array(names)]
                body["reactions"] = reactions.members.isEmpty ? nil : .object(reactions)
            }
        }
    }

    /// Pins a message or takes the pin back.
    mutating func pin(_ serial: UInt32, by user: UserIndex, _ isPinned: Bool, at now: Int64) {
        let reference = users[user].reference()
        change(serial, at: now) { store, row in
            store.alter(row) { message in
                if isPinned { message.flags.insert(.pinned) } else { message.flags.remove(.pinned) }
            }
            store.rewrite(row, at: now) { body in
                body["pinned"] = .bool(isPinned)
                body["pinnedAt"] = .date(now)
                body["pinnedBy"] = reference
            }
        }
    }

    /// Stars a message for a user or takes the star back.
    mutating func star(_ serial: UInt32, by user: UserIndex, _ isStarred: Bool, at now: Int64) {
        change(serial, at: now) { store, _ in
            var stars = store.stars[serial] ?? []
            stars.removeAll { $0 == user }
            if isStarred { stars.append(user) }
            store.stars[serial] = stars
        }
    }

    /// Fills in what a link's page says of itself, as the server does some time after the message was sent.
    mutating func preview(_ serial: UInt32, title: String, at now: Int64) {
        change(serial, at: now) { store, row in
            store.rewrite(row, at: now) { body in
                guard var urls = body["urls"]?.elements, var first = urls.first?.object else { return }
                first["meta"] = ["pageTitle": .string(title), "ogTitle": .string(title), "oembedThumbnailWidth": 480]
                first["headers"] = ["contentType": "text/html; charset=utf-8", "contentLength": "10240"]
                urls[0] = .object(first)
                body["urls"] = .array(urls)
            }
        }
    }

    /// Makes a user follow a thread, which stamps the parent.
    mutating func follow(_ serial: UInt32, by user: UserIndex, at now: Int64) {
        change(serial, at: now) { store, _ in
            guard var thread = store.threads[serial], !thread.users.contains(user) else { return }
            thread.users.append(user)
            store.threads[serial] = thread
        }
    }

    /// Adds the hidden copy that `Message_KeepHistory` and deleted thread parents leave behind.
    mutating func keepCopy(of row: Int, in room: RoomIndex, by user: UserIndex, at now: Int64) {
        let original = rooms[room].messages.rows[row]
        var body = rooms[room].messages.body(row)
        body["_hidden"] = true
        body["parent"] = .string(messageIDs.text(original.serial))
        var buffer = JSONBuffer()
        buffer.members(body)
        let serial = nextSerial(room: room)
        rooms[room].messages.append(
            serial: serial, author: original.author, ts: original.ts, updatedAt: now, parent: original.parent,
            flags: original.flags.union(.hidden), body: buffer.bytes)
        rooms[room].messages.edits[serial] = Edit(at: now, by: user)
    }
}
