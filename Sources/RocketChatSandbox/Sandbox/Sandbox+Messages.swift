// What a test lets happen to messages. Ids that do not exist are a mistake of the test and stop it.
extension Sandbox {
    /// Posts a text and returns the message's id. `thread` is the id of a parent, `ts` a creation time other than now,
    /// `id` one of the client's choosing; `skew` stamps the write that many milliseconds off the clock, as an
    /// application server with a wrong clock does.
    @discardableResult
    package func post(
        in room: String, by user: String, text: String, thread: String? = nil, shown: Bool = false, ts: Int64? = nil,
        id: String? = nil, skew: Int64 = 0
    ) -> String {
        change { workspace, now in
            var draft = Draft(text)
            draft.parent = thread.map { workspace.existing(message: $0) } ?? 0
            draft.isShown = shown
            draft.ts = ts ?? now
            draft.id = id
            let serial = workspace.post(
                in: workspace.existing(room: room), by: workspace.existing(user: user), draft, at: now + skew)
            return workspace.messageIDs.text(serial)
        }
    }

    /// Posts a message with a file of that name and returns the message's id.
    @discardableResult
    package func postFile(in room: String, by user: String, name: String, text: String = "") -> String {
        change { workspace, now in
            let serial = workspace.postFile(
                in: workspace.existing(room: room), by: workspace.existing(user: user), name: name, text: text, at: now)
            return workspace.messageIDs.text(serial)
        }
    }

    /// Uploads a file that no message carries yet: it expires after a day unless it is confirmed. Returns the upload's id.
    @discardableResult
    package func upload(in room: String, by user: String, name: String) -> String {
        change { workspace, now in
            let id = workspace.newIdentifier()
            var upload = Workspace.upload(
                id: id, name: name, room: room, user: workspace.users[workspace.existing(user: user)], at: now)
            upload["expiresAt"] = .date(now + 86_400_000)
            workspace.files.rows.append(upload)
            return id
        }
    }

    /// Confirms an upload under a name that may be another one, with a description, and posts the message that carries it.
    /// `uploadedAt` stays, `_updatedAt` moves. Returns the message's id.
    @discardableResult
    package func confirm(upload id: String, by user: String, name: String? = nil, description: String? = nil) -> String
    {
        change { workspace, now in
            workspace.files.update(id, at: now) { upload in
                upload["expiresAt"] = nil
                if let name { upload["name"] = .string(name) }
                if let description { upload["description"] = .string(description) }
            }
            guard let upload = workspace.files.index(id).map({ workspace.files.rows[$0] }),
                let room = upload["rid"]?.text
            else { preconditionFailure("the sandbox has no upload \(id)") }
            var draft = Draft(description ?? "")
            draft.extra = Workspace.attachment(of: upload)
            let serial = workspace.post(
                in: workspace.existing(room: room), by: workspace.existing(user: user), draft, at: now)
            return workspace.messageIDs.text(serial)
        }
    }

    /// Writes a system message of type `type`.
    @discardableResult
    package func postSystem(_ type: String, in room: String, by user: String, text: String = "") -> String {
        change { workspace, now in
            var draft = Draft(text)
            draft.type = type
            let serial = workspace.post(
                in: workspace.existing(room: room), by: workspace.existing(user: user), draft, at: now)
            return workspace.messageIDs.text(serial)
        }
    }

    /// Edits a message's text.
    package func edit(_ message: String, by user: String, text: String) {
        change { workspace, now in
            workspace.edit(
                workspace.existing(message: message), by: workspace.existing(user: user), text: text, at: now)
        }
    }

    /// Adds a reaction as `:smile:`, or takes it back.
    package func react(_ message: String, by user: String, _ emoji: String) {
        change { workspace, now in
            workspace.react(workspace.existing(message: message), by: workspace.existing(user: user), emoji, at: now)
        }
    }

    /// Pins a message or takes the pin back.
    package func pin(_ message: String, by user: String, _ isPinned: Bool = true) {
        change { workspace, now in
            workspace.pin(workspace.existing(message: message), by: workspace.existing(user: user), isPinned, at: now)
        }
    }

    /// Stars a message or takes the star back; only that user sees it.
    package func star(_ message: String, by user: String, _ isStarred: Bool = true) {
        change { workspace, now in
            workspace.star(workspace.existing(message: message), by: workspace.existing(user: user), isStarred, at: now)
        }
    }

    /// Fills in the preview of a message's first link.
    package func preview(_ message: String, title: String) {
        change { workspace, now in
            workspace.preview(workspace.existing(message: message), title: title, at: now)
        }
    }

    /// Deletes a message as the settings say; the parent of a thread stays as a placeholder.
    package func delete(_ message: String, by user: String) {
        change { workspace, now in
            workspace.delete(workspace.existing(message: message), by: workspace.existing(user: user), at: now)
        }
    }

    /// Applies a retention policy to a room: messages with `ts` before a time go, or only their files. Returns how many.
    /// All trash records are written at once, the messages are to be seen for another `pause` ms of the clock.
    @discardableResult
    package func prune(_ room: String, before time: Int64, filesOnly: Bool = false, pause: Int64 = 0) -> Int {
        change { workspace, now in
            workspace.prune(
                workspace.existing(room: room), before: time, filesOnly: filesOnly, sparingPinned: false, pause: pause,
                at: now)
        }
    }

    /// Stamps the newest messages of a room without changing them, as read receipts do when a room is read.
    package func clearUnread(in room: String, newest count: Int) {
        change { workspace, now in
            let room = workspace.existing(room: room)
            for row in workspace.rooms[room].messages.rows.indices.suffix(count)
            where !workspace.rooms[room].messages.rows[row].flags.contains(.removed) {
                workspace.rooms[room].messages.touch(row, at: now)
            }
        }
    }

    /// Ids of a room's visible messages in order of arrival.
    package func messages(in room: String) -> [String] {
        change { workspace, _ in
            let store = workspace.rooms[workspace.existing(room: room)].messages
            return store.rows.indices.filter { store.isVisible($0) }
                .map { workspace.messageIDs.text(store.rows[$0].serial) }
        }
    }
}

extension Workspace {
    /// Index of a user a test names.
    func existing(user id: String) -> UserIndex {
        guard let user = user(id) else { preconditionFailure("the sandbox has no user \(id)") }
        return user
    }

    /// Index of a room a test names.
    func existing(room id: String) -> RoomIndex {
        guard let room = room(id) else { preconditionFailure("the sandbox has no room \(id)") }
        return room
    }

    /// Serial of a message a test names.
    func existing(message id: String) -> UInt32 {
        guard let (room, row) = message(id) else { preconditionFailure("the sandbox has no message \(id)") }
        return rooms[room].messages.rows[row].serial
    }
}
