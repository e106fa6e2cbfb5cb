extension Workspace {
    /// Deletes a message as the two settings say (§5.7); the parent of a thread always stays as a placeholder.
    mutating func delete(_ serial: UInt32, by user: UserIndex, at now: Int64) {
        guard let (room, row) = message(serial) else { return }
        let isThread = (rooms[room].messages.threads[serial]?.count ?? 0) > 0
        let keepsHistory = settings.keepHistory || isThread
        let showsStatus = settings.showDeletedStatus || isThread
        forgetReply(row, in: room, at: now)
        if keepsHistory {
            if showsStatus {
                keepCopy(of: row, in: room, by: user, at: now)
            } else {
                rooms[room].messages.alter(row) { $0.flags.insert(.hidden) }
                rooms[room].messages.touch(row, at: now)
            }
        } else {
            deleteFiles(of: row, in: room, at: now)
            if !showsStatus { rooms[room].messages.remove(row, at: now) }
        }
        if showsStatus { replaceByPlaceholder(row, in: room, by: user, at: now) }
        if rooms[room].lastMessageSerial == serial || rooms[room].lastMessage == nil {
            setLastMessage(of: room, to: newestUserMessage(in: room))
        }
        rooms[room].messageCount -= 1
        touchRoom(room, at: now)
    }

    private mutating func replaceByPlaceholder(_ row: Int, in room: RoomIndex, by user: UserIndex, at now: Int64) {
        let serial = rooms[room].messages.rows[row].serial
        rooms[room].messages.rewrite(row, at: now) { body in
            body["msg"] = ""
            body["t"] = "rm"
            body["urls"] = []
            body["mentions"] = []
            body["attachments"] = []
            body["reactions"] = .object(JSONObject())
            for key in ["md", "blocks", "tshow"] { body[key] = nil }
        }
        rooms[room].messages.edits[serial] = Edit(at: now, by: user)
        rooms[room].messages.alter(row) { message in
            message.flags.formUnion([.placeholder, .system])
            message.flags.subtract([.mentions, .shown])
        }
    }

    /// Takes a reply off its thread's parent, which stamps the parent.
    private mutating func forgetReply(_ row: Int, in room: RoomIndex, at now: Int64) {
        let parent = rooms[room].messages.rows[row].parent
        guard parent != 0, let (_, parentRow) = message(parent) else { return }
        rooms[room].messages.threads[parent]?.count -= 1
        rooms[room].messages.touch(parentRow, at: now)
    }

    /// The newest message without a type that is to be seen, or nil.
    func newestUserMessage(in room: RoomIndex) -> Int? {
        let rows = rooms[room].messages.rows
        var newest: Int?
        for index in rows.indices.reversed() {
            let message = rows[index]
            guard message.flags.isDisjoint(with: [.removed, .hidden, .system]) else { continue }
            guard message.parent == 0 || message.flags.contains(.shown) else { continue }
            if newest.map({ rows[$0].ts < message.ts }) ?? true { newest = index }
            // Rows arrive in order of time but for imports, which are found within this many rows.
            if rows.count - index > 256, newest != nil { break }
        }
        return newest
    }

    private mutating func deleteFiles(of row: Int, in room: RoomIndex, at now: Int64) {
        guard rooms[room].messages.rows[row].flags.contains(.files) else { return }
        let uploads = rooms[room].messages.body(row)["files"]?.elements ?? []
        for id in uploads.compactMap({ $0.object?["_id"]?.text }) { files.remove(id, at: now) }
    }

    /// Applies a retention policy: everything older than `limit` goes, or with `filesOnly` its files are replaced by
    /// `removed-file` attachments. Pinned messages are spared on request. Returns how many messages are struck.
    ///
    /// Every trash record is written before the first message goes (`BaseRaw.deleteMany` of the server): for `pause` ms
    /// the messages are in the trash and still to be seen.
    @discardableResult
    mutating func prune(
        _ room: RoomIndex, before limit: Int64, filesOnly: Bool, sparingPinned: Bool, pause: Int64 = 0, at now: Int64
    ) -> Int {
        let rows = rooms[room].messages.rows.indices.filter { row in
            let message = rooms[room].messages.rows[row]
            guard !message.flags.contains(.removed), message.ts < limit else { return false }
            if sparingPinned, message.flags.contains(.pinned) { return false }
            return !filesOnly || message.flags.contains(.files)
        }
        guard !rows.isEmpty else { return 0 }
        for row in rows {
            deleteFiles(of: row, in: room, at: now)
            if filesOnly {
                replaceFiles(of: row, in: room, at: now)
            } else {
                rooms[room].messages.condemn(row, at: now)
            }
        }
        if !filesOnly {
            sweeps.append(Sweep(room: room, rows: rows, due: now + pause))
            if pause == 0 { sweep(at: now) }
        }
        return rows.count
    }

    /// Takes the messages of bulk removals that are due out of the collection.
    mutating func sweep(at now: Int64) {
        guard !sweeps.isEmpty else { return }
        let due = sweeps.filter { $0.due <= now }
        sweeps.removeAll { $0.due <= now }
        for sweep in due {
            let rows = sweep.rows.filter { !rooms[sweep.room].messages.rows[$0].flags.contains(.removed) }
            guard !rooms[sweep.room].isRemoved else {
                for row in rows { rooms[sweep.room].messages.remove(row, at: sweep.due) }
                continue
            }
            for row in rows { rooms[sweep.room].messages.sweep(row) }
            rooms[sweep.room].messageCount = max(0, rooms[sweep.room].messageCount - rows.count)
            setLastMessage(of: sweep.room, to: newestUserMessage(in: sweep.room))
            touchRoom(sweep.room, at: sweep.due)
        }
    }

    private mutating func replaceFiles(of row: Int, in room: RoomIndex, at now: Int64) {
        rooms[room].messages.alter(row) { $0.flags.remove(.files) }
        rooms[room].messages.rewrite(row, at: now) { body in
            body["file"] = nil
            body["files"] = nil
            body["attachments"] = [["color": "#FD745E", "text": "_File removed by prune_", "type": "removed-file"]]
        }
    }
}
