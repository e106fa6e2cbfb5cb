extension Workspace {
    /// Changes a username: one `_updatedAt` on all the user's messages, on those it edited and on those that mention it
    /// (§5.6), and on the rooms and subscriptions that hold the name.
    mutating func rename(user: UserIndex, to username: String, at now: Int64) {
        let old = users[user].username
        users[user].username = username
        users[user].updatedAt = now
        var signatures = Set<Int32>()
        for index in authors.indices where authors[index].user == user {
            authors[index].rename(users[user])
            signatures.insert(Int32(index))
        }
        for room in rooms.indices where !rooms[room].isRemoved {
            restamp(room, signatures: signatures, user: user, old: old, at: now)
            renameInDocument(room, user: user, from: old, at: now)
        }
        stampSubscriptions(naming: user, at: now)
    }

    /// Stamps the memberships whose documents hold a user's name: its own and those of its direct messages.
    private mutating func stampSubscriptions(naming user: UserIndex, at now: Int64) {
        for index in subscriptions.indices where !subscriptions[index].isRemoved {
            let isOwn = subscriptions[index].user == user
            let isDirect = rooms[subscriptions[index].room].type == .direct
            if isOwn || (isDirect && rooms[subscriptions[index].room].members[user] != nil) {
                subscriptions[index].updatedAt = now
            }
        }
    }

    private mutating func restamp(
        _ room: RoomIndex, signatures: Set<Int32>, user: UserIndex, old: String, at now: Int64
    ) {
        let mark = Array("@\(old)".utf8)
        for row in rooms[room].messages.rows.indices {
            let message = rooms[room].messages.rows[row]
            guard !message.flags.contains(.removed) else { continue }
            if message.flags.contains(.mentions) { renameMention(row, of: room, user: user, mark: mark, at: now) }
            let isEditor = rooms[room].messages.edits[message.serial]?.by == user
            if signatures.contains(message.author) || isEditor { rooms[room].messages.touch(row, at: now) }
        }
    }

    private mutating func renameMention(_ row: Int, of room: RoomIndex, user: UserIndex, mark: [UInt8], at now: Int64) {
        let body = rooms[room].messages.body(row)
        guard let text = body["msg"]?.text, let mentions = body["mentions"]?.elements,
            mentions.contains(where: { $0.object?["_id"]?.text == users[user].id })
        else { return }
        let old = String(decoding: mark, as: UTF8.self)
        let renamed = text.split(separator: " ", omittingEmptySubsequences: false)
            .map { $0 == old[...] ? "@\(users[user].username)" : String($0) }.joined(separator: " ")
        let username = users[user].username
        let id = users[user].id
        rooms[room].messages.rewrite(row, at: now) { body in
            body["msg"] = .string(renamed)
            body["mentions"] = .array(
                mentions.map { mention in
                    guard var object = mention.object, object["_id"]?.text == id else { return mention }
                    object["username"] = .string(username)
                    return .object(object)
                })
        }
    }

    private mutating func renameInDocument(_ room: RoomIndex, user: UserIndex, from old: String, at now: Int64) {
        var isChanged = false
        let reference = users[user].reference(named: rooms[room].type != .direct)
        if rooms[room].fields.value(at: "u._id")?.text == users[user].id {
            rooms[room].fields["u"] = reference
            isChanged = true
        }
        for key in ["usernames", "muted"] {
            guard var names = rooms[room].fields[key]?.elements, let index = names.firstIndex(of: .string(old)) else {
                continue
            }
            names[index] = .string(users[user].username)
            rooms[room].fields[key] = .array(names)
            isChanged = true
        }
        if isChanged { touchRoom(room, at: now) }
    }

    /// Changes a real name; messages already written keep the old one.
    mutating func setName(of user: UserIndex, to name: String, at now: Int64) {
        users[user].name = name
        users[user].updatedAt = now
        users[user].author = Int32(authors.count)
        authors.append(Author(users[user], at: user))
        stampSubscriptions(naming: user, at: now)
    }

    /// Changes a user and stamps it.
    mutating func change(user: UserIndex, at now: Int64, _ change: (inout User) -> Void) {
        change(&users[user])
        users[user].updatedAt = now
    }

    /// Deletes a user for good; with `erasing`, its messages go to the trash as the erasure setting `Delete` does.
    mutating func remove(user: UserIndex, erasing: Bool, at now: Int64) {
        for subscription in memberships(of: user) where rooms[subscription.room].type != .direct {
            unsubscribe(user, from: subscription.room, at: now)
        }
        for room in rooms.indices where erasing && !rooms[room].isRemoved {
            for row in rooms[room].messages.rows.indices {
                let message = rooms[room].messages.rows[row]
                guard !message.flags.contains(.removed), authors[Int(message.author)].user == user else { continue }
                rooms[room].messages.remove(row, at: now)
            }
            let last = rooms[room].lastMessageSerial
            if last != 0, message(last) == nil {
                setLastMessage(of: room, to: newestUserMessage(in: room))
                touchRoom(room, at: now)
            }
        }
        users[user].isRemoved = true
        for team in teams.indices { teams[team].members.removeAll { $0.user == user } }
    }
}
