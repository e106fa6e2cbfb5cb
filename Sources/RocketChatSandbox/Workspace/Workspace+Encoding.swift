extension Workspace {
    /// Appends a message as the server serves it to a user: `starred` holds that user's star only.
    func append(_ row: Int, of room: RoomIndex, for user: UserIndex, to buffer: inout JSONBuffer) {
        let store = rooms[room].messages
        let message = store.rows[row]
        buffer.append("{\"_id\":")
        messageIDs.append(message.serial, to: &buffer)
        buffer.append(",\"rid\":")
        buffer.string(rooms[room].id)
        buffer.append(byte: UInt8(ascii: ","))
        store.arena.withUnsafeBufferPointer { arena in
            buffer.bytes.append(
                contentsOf: UnsafeBufferPointer(
                    rebasing: arena[Int(message.offset)..<Int(message.offset + message.length)]))
        }
        buffer.append(",\"ts\":")
        buffer.date(message.ts)
        buffer.append(",\"u\":")
        buffer.bytes.append(contentsOf: authors[Int(message.author)].encoded)
        if message.parent != 0 {
            buffer.append(",\"tmid\":")
            messageIDs.append(message.parent, to: &buffer)
        }
        if let thread = store.threads[message.serial], thread.count > 0 { append(thread, to: &buffer) }
        if let edit = store.edits[message.serial] {
            buffer.append(",\"editedAt\":")
            buffer.date(edit.at)
            buffer.append(",\"editedBy\":")
            buffer.value(users[edit.by].reference())
        }
        if let stars = store.stars[message.serial] {
            buffer.append(",\"starred\":[")
            if stars.contains(user) {
                buffer.append("{\"_id\":")
                buffer.string(users[user].id)
                buffer.append(byte: UInt8(ascii: "}"))
            }
            buffer.append(byte: UInt8(ascii: "]"))
        }
        buffer.append(",\"_updatedAt\":")
        buffer.date(message.updatedAt)
        buffer.append(byte: UInt8(ascii: "}"))
    }

    private func append(_ thread: Thread, to buffer: inout JSONBuffer) {
        buffer.append(",\"tcount\":")
        buffer.integer(Int64(thread.count))
        buffer.append(",\"tlm\":")
        buffer.date(thread.last)
        buffer.append(",\"replies\":[")
        for (index, user) in thread.users.enumerated() {
            if index > 0 { buffer.append(byte: UInt8(ascii: ",")) }
            buffer.string(users[user].id)
        }
        buffer.append(byte: UInt8(ascii: "]"))
    }

    /// The encoded message.
    func encoded(_ row: Int, of room: RoomIndex, for user: UserIndex) -> [UInt8] {
        var buffer = JSONBuffer(capacity: 640)
        append(row, of: room, for: user, to: &buffer)
        return buffer.bytes
    }

    /// The message as a tree, its dates as dates, for sorting and filtering by any member.
    func document(_ row: Int, of room: RoomIndex, for user: UserIndex) -> JSONObject {
        var document = JSONParser.parse(encoded(row, of: room, for: user))?.object ?? JSONObject()
        let message = rooms[room].messages.rows[row]
        document["ts"] = .date(message.ts)
        document["_updatedAt"] = .date(message.updatedAt)
        for key in ["tlm", "editedAt", "pinnedAt", "dlm"] {
            if let text = document[key]?.text, let time = ISODate.parse(text) { document[key] = .date(time) }
        }
        return document
    }
}
