extension Workspace {
    /// Makes a channel or private group with its owner; returns its index. `parent` makes it a discussion.
    @discardableResult
    mutating func createRoom(
        _ type: RoomType, name: String, by owner: UserIndex, parent: RoomIndex? = nil, team: Int? = nil,
        id: String? = nil, at now: Int64
    ) -> RoomIndex {
        var fields: JSONObject = [
            "name": .string(name), "fname": .string(name), "u": users[owner].reference(named: true), "ts": .date(now),
            "ro": false, "default": false, "sysMes": true,
        ]
        if let parent { fields["prid"] = .string(rooms[parent].id) }
        if let team { fields["teamId"] = .string(teams[team].id) }
        let room = add(Room(id: id ?? newIdentifier(), type: type, fields: fields, updatedAt: now))
        subscribe(owner, to: room, roles: ["owner"], at: now)
        return room
    }

    /// Makes the direct message room of some users: two, one with itself, or several; returns its index.
    @discardableResult
    mutating func createDirect(_ members: [UserIndex], at now: Int64) -> RoomIndex {
        let sorted = members.sorted { users[$0].id < users[$1].id }
        let ids = sorted.map { users[$0].id }
        let id = ids.count == 1 ? ids[0] + ids[0] : ids.count == 2 ? ids[0] + ids[1] : newIdentifier()
        if let existing = room(id) { return existing }
        let fields: JSONObject = [
            "uids": .strings(ids), "usernames": .strings(sorted.map { users[$0].username }), "ts": .date(now),
            "u": users[members[0]].reference(), "ro": false, "default": false, "sysMes": true,
        ]
        let room = add(Room(id: id, type: .direct, fields: fields, updatedAt: now))
        for member in sorted { subscribe(member, to: room, at: now) }
        return room
    }

    /// Makes a team with its main room; returns its index.
    @discardableResult
    mutating func createTeam(_ name: String, isPrivate: Bool, by owner: UserIndex, members: [UserIndex], at now: Int64)
        -> Int
    {
        let main = createRoom(isPrivate ? .group : .channel, name: name, by: owner, at: now)
        var team = Team(
            id: newIdentifier(), name: name, isPrivate: isPrivate, room: main, createdBy: owner, createdAt: now,
            updatedAt: now)
        team.members = [.init(user: owner, roles: ["owner"], addedBy: owner, createdAt: now)]
        for user in members {
            team.members.append(.init(user: user, roles: nil, addedBy: owner, createdAt: now))
            subscribe(user, to: main, at: now)
        }
        rooms[main].fields["teamId"] = .string(team.id)
        rooms[main].fields["teamMain"] = true
        teams.append(team)
        return teams.count - 1
    }

    /// Opens a discussion under a room, announced there; returns its index.
    @discardableResult
    mutating func createDiscussion(in parent: RoomIndex, title: String, by user: UserIndex, at now: Int64) -> RoomIndex
    {
        let type: RoomType = rooms[parent].type == .channel ? .channel : .group
        let room = createRoom(type, name: random.identifier(), by: user, parent: parent, at: now)
        rooms[room].fields["fname"] = .string(title)
        var draft = Draft(title)
        draft.type = "discussion-created"
        draft.extra = ["drid": .string(rooms[room].id), "dcount": 0]
        post(in: parent, by: user, draft, at: now)
        return room
    }

    /// Changes members of a room document and stamps it; with a type, a system message with that argument follows.
    mutating func change(
        _ room: RoomIndex, by user: UserIndex, type: String? = nil, argument: String = "", at now: Int64,
        _ change: (inout JSONObject) -> Void
    ) {
        change(&rooms[room].fields)
        touchRoom(room, at: now)
        guard let type else { return }
        var draft = Draft(argument)
        draft.type = type
        post(in: room, by: user, draft, at: now)
    }

    /// Renames a room; the names in its members' subscriptions follow.
    mutating func rename(room: RoomIndex, to name: String, by user: UserIndex, at now: Int64) {
        change(room, by: user, type: "r", argument: name, at: now) { fields in
            fields["name"] = .string(name)
            fields["fname"] = .string(name)
        }
        for index in rooms[room].members.values { subscriptions[index].updatedAt = now }
    }

    /// Archives a room or takes it back.
    mutating func archive(_ room: RoomIndex, _ isArchived: Bool, by user: UserIndex, at now: Int64) {
        let type = isArchived ? "room-archived" : "room-unarchived"
        change(room, by: user, type: type, argument: rooms[room].name ?? "", at: now) { fields in
            fields["archived"] = isArchived ? true : nil
        }
        for index in rooms[room].members.values {
            subscriptions[index].isOpen = !isArchived
            subscriptions[index].updatedAt = now
        }
    }

    /// Turns a channel into a private group, or back.
    mutating func convert(_ room: RoomIndex, to type: RoomType, by user: UserIndex, at now: Int64) {
        rooms[room].type = type
        change(
            room, by: user, type: "room_changed_privacy", argument: type == .group ? "private" : "public", at: now
        ) { _ in }
        for index in rooms[room].members.values { subscriptions[index].updatedAt = now }
    }

    /// Deletes a room with its messages, files, memberships and discussions.
    ///
    /// With a `pause` the room is in the trash at once and only every second message; the others follow after so many ms. That is how
    /// it looks in 6.14 when a user is deleted (`bulkRoomCleanUp`): rooms and messages are removed side by side, and the trash is
    /// written message by message.
    mutating func deleteRoom(_ room: RoomIndex, pause: Int64 = 0, at now: Int64) {
        guard !rooms[room].isRemoved else { return }
        let id = rooms[room].id
        let rows = rooms[room].messages.rows.indices.filter {
            !rooms[room].messages.rows[$0].flags.contains(.removed)
        }
        let late = pause > 0 ? rows.filter { !$0.isMultiple(of: 2) } : []
        for row in Set(rows).subtracting(late).sorted() { rooms[room].messages.remove(row, at: now) }
        if !late.isEmpty { sweeps.append(Sweep(room: room, rows: late, due: now + pause)) }
        for user in Array(rooms[room].members.keys) { unsubscribe(user, from: room, at: now) }
        for file in files.rows where file["rid"]?.text == id {
            if let id = file["_id"]?.text { files.remove(id, at: now) }
        }
        rooms[room].isRemoved = true
        roomTrash.append(Trashed(id: id, deletedAt: now))
        roomRevision += 1
        for child in rooms.indices where rooms[child].parent == id { deleteRoom(child, at: now) }
    }
}
