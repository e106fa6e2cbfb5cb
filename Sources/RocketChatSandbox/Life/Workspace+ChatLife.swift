extension Workspace {
    /// A new visitor opens a chat, which waits in the queue of a department; returns the room's index.
    mutating func openChat(_ name: String, department: Int, at now: Int64) -> RoomIndex {
        openChat(of: addVisitor(name, at: now), department: department, at: now)
    }

    /// A visitor opens a chat, which waits in the queue of a department or, without one, in the common queue; returns the
    /// room's index.
    mutating func openChat(of visitor: UserIndex, department: Int?, at now: Int64) -> RoomIndex {
        let token =
            collections.visitors.index(users[visitor].id).flatMap { collections.visitors.rows[$0]["token"] } ?? .null
        var fields: JSONObject = [
            "fname": .string(users[visitor].name ?? ""), "ts": .date(now), "ro": false, "default": false, "cl": false,
            "v": [
                "_id": .string(users[visitor].id), "username": .string(users[visitor].username),
                "token": token, "status": "online",
            ],
            "source": ["type": "widget", "id": "1"], "livechatData": .object(JSONObject()), "priorityWeight": 99,
            "estimatedWaitingTimeQueue": 9_999_999, "queuedAt": .date(now), "open": true, "waitingResponse": true,
        ]
        if let department, collections.departments.rows.indices.contains(department) {
            fields["departmentId"] = collections.departments.rows[department]["_id"]
        }
        let room = add(Room(id: newIdentifier(), type: .livechat, fields: fields, updatedAt: now))
        rooms[room].userCount = 1
        return room
    }

    /// An agent takes a chat from the queue.
    mutating func take(chat room: RoomIndex, agent: UserIndex, at now: Int64) {
        rooms[room].fields["servedBy"] = [
            "_id": .string(users[agent].id), "username": .string(users[agent].username), "ts": .date(now),
        ]
        subscribe(agent, to: room, at: now)
        touchRoom(room, at: now)
    }

    /// The serving agent, or the visitor, closes a chat; the agent's membership ends.
    mutating func close(chat room: RoomIndex, by visitor: UserIndex? = nil, tags: [String] = [], at now: Int64) {
        let agent = rooms[room].fields.value(at: "servedBy._id")?.text.flatMap { user($0) }
        var draft = Draft("")
        draft.type = "livechat-close"
        post(in: room, by: visitor ?? agent ?? .rocketCat, draft, at: now)
        let seconds = Double(now - (rooms[room].fields["ts"]?.milliseconds ?? now)) / 1000
        rooms[room].fields["open"] = nil
        rooms[room].fields["waitingResponse"] = nil
        rooms[room].fields["closedAt"] = .date(now)
        rooms[room].fields["closer"] = visitor == nil ? "user" : "visitor"
        rooms[room].fields["closedBy"] = (visitor ?? agent).map { users[$0].reference() }
        if !tags.isEmpty { rooms[room].fields["tags"] = .strings(tags) }
        rooms[room].fields["metrics"] = [
            "chatDuration": .number(seconds + 0.5), "response": ["tt": .number(12.25), "total": 3, "ft": 6],
        ]
        if let agent { unsubscribe(agent, from: room, at: now) }
        touchRoom(room, at: now)
    }

    /// Registers a visitor, known by a token of its own or by one that follows from its id; returns the user's index.
    @discardableResult
    mutating func addVisitor(_ name: String, token: String? = nil, at now: Int64) -> UserIndex {
        let index = collections.visitors.rows.count
        let visitor = User(
            id: newIdentifier(24), username: "guest-\(index + 1)", name: name, kind: .visitor, roles: [],
            createdAt: now, updatedAt: now)
        let phone: JSON = index % 3 == 0 ? .null : [["phoneNumber": .string("+4930\(1000 + index)")]]
        collections.visitors.rows.append([
            "_id": .string(visitor.id), "username": .string(visitor.username), "name": .string(name), "phone": phone,
            "livechatData": ["crm.id": .string("C\(index)")], "token": .string(token ?? "visitor-token-\(visitor.id)"),
            "visitorEmails": [["address": .string("guest\(index)@mail.example")]], "ts": .date(now),
            "_updatedAt": .date(now),
        ])
        collections.contacts.rows.append([
            "_id": .string(newIdentifier()), "name": .string(name), "phones": phone == .null ? [] : phone,
            "emails": [["address": .string("guest\(index)@mail.example")]], "unknown": .bool(index % 2 == 1),
            "customFields": .object(JSONObject()),
            "channels": [
                [
                    "name": "widget", "verified": false, "blocked": false,
                    "visitor": ["visitorId": .string(visitor.id), "source": ["type": "widget"]],
                    "details": ["type": "widget"],
                ]
            ],
            "createdAt": .date(now), "activity": ["2026-01"], "_updatedAt": .date(now),
        ])
        return add(visitor)
    }
}
