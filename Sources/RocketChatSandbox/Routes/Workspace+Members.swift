extension Workspace {
    /// Answers `channels.members` and `groups.members`: active members, those present first, then by username. The
    /// order moves with everybody's presence.
    func members(of room: Int, _ call: Call) throws(Refusal) -> [UInt8] {
        if rooms[room].isBroadcast, !has("view-broadcast-member-list", call.user, in: room) { throw .forbidden }
        var members = activeMembers(of: room, call)
        let isAscending = try SortOrder(call)?.keys.first { $0.path == "username" }?.isAscending ?? true
        members.sort { left, right in
            let (one, two) = (users[left], users[right])
            if one.status != two.status { return one.status > two.status }
            return (one.username < two.username) == isAscending
        }
        return try list(
            "members", members, call, order: nil, honoursSort: false, id: { users[$0].id },
            document: { memberDocument($0) })
    }

    /// Answers `im.members`: by last change of the user, newest first, then by username.
    func directMembers(of room: Int, _ call: Call) throws(Refusal) -> [UInt8] {
        var members = activeMembers(of: room, call)
        members.sort { left, right in
            let (one, two) = (users[left], users[right])
            return one.updatedAt != two.updatedAt ? one.updatedAt > two.updatedAt : one.username < two.username
        }
        return try list(
            "members", members, call, order: nil, honoursSort: false, id: { users[$0].id },
            document: { index in
                var document = memberDocument(index).filter {
                    ["_id", "username", "name", "status", "statusText"].contains($0.key)
                }
                document["utcOffset"] = .int(users[index].utcOffset)
                if version >= Version(8, 0) { document["subscription"] = membership(of: index, in: room) }
                return document
            })
    }

    /// Answers `rooms.membersOrderedByRole`: owners, moderators, then the others, each with its subscription.
    func membersByRole(of room: Int, _ call: Call) throws(Refusal) -> [UInt8] {
        func rank(_ user: Int) -> Int {
            let roles = rooms[room].members[user].map { subscriptions[$0].roles } ?? []
            return roles.contains("owner") ? 0 : roles.contains("moderator") ? 1 : 2
        }
        var members = activeMembers(of: room, call)
        members.sort { left, right in
            let (one, two) = (users[left], users[right])
            if rank(left) != rank(right) { return rank(left) < rank(right) }
            return one.status != two.status ? one.status > two.status : one.username < two.username
        }
        return try list(
            "members", members, call, order: nil, honoursSort: false, id: { users[$0].id },
            document: { index in
                var document = memberDocument(index)
                document["roles"] = .strings(rooms[room].members[index].map { subscriptions[$0].roles } ?? [])
                document["subscription"] = membership(of: index, in: room)
                return document
            })
    }

    /// Answers `*.roles`: members with a role, unpaged.
    func roomRoles(of room: Int) -> [UInt8] {
        let holders = rooms[room].members.sorted { $0.key < $1.key }.filter { !subscriptions[$0.value].roles.isEmpty }
        let roles = holders.map { user, index -> JSON in
            [
                "_id": .string(subscriptions[index].id), "rid": .string(rooms[room].id),
                "u": users[user].reference(named: true), "roles": .strings(subscriptions[index].roles),
            ]
        }
        return JSONBuffer.success(["roles": .array(roles)])
    }

    private func activeMembers(of room: Int, _ call: Call) -> [Int] {
        let statuses = Set(call.query.list("status"))
        let text = call.query.filled("filter")?.lowercased()
        return rooms[room].members.keys.filter { index in
            let user = users[index]
            guard user.active, !user.isRemoved else { return false }
            if !statuses.isEmpty, !statuses.contains(user.status) { return false }
            return text.map { user.username.lowercased().contains($0) } ?? true
        }
    }

    private func memberDocument(_ index: Int) -> JSONObject {
        let user = users[index]
        var document: JSONObject = [
            "_id": .string(user.id), "username": .string(user.username), "status": .string(user.status),
        ]
        if let name = user.name { document["name"] = .string(name) }
        if let nickname = user.nickname { document["nickname"] = .string(nickname) }
        if let tag = user.avatarETag { document["avatarETag"] = .string(tag) }
        if let text = user.statusText { document["statusText"] = .string(text) }
        document["_updatedAt"] = .date(user.updatedAt)
        return document
    }

    private func membership(of user: Int, in room: Int) -> JSON? {
        guard let index = rooms[room].members[user] else { return nil }
        var document: JSONObject = [
            "_id": .string(subscriptions[index].id), "ts": .date(subscriptions[index].joinedAt),
        ]
        if !subscriptions[index].roles.isEmpty { document["roles"] = .strings(subscriptions[index].roles) }
        return .object(document)
    }
}
