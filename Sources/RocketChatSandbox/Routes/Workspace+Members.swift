extension Workspace {
    /// Answers `channels.members` and `groups.members`: active members, those present first, then by username. The
    /// order moves with everybody's presence.
    func members(of room: RoomIndex, _ call: Call) throws(Refusal) -> [UInt8] {
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
    func directMembers(of room: RoomIndex, _ call: Call) throws(Refusal) -> [UInt8] {
        var members = activeMembers(of: room, call)
        let isAscending = try SortOrder(call)?.keys.first { $0.path == "username" }?.isAscending ?? true
        members.sort { left, right in
            let (one, two) = (users[left], users[right])
            if one.updatedAt != two.updatedAt { return one.updatedAt > two.updatedAt }
            return (one.username < two.username) == isAscending
        }
        return try list(
            "members", members, call, order: nil, honoursSort: false, id: { users[$0].id },
            document: { index in
                var document = memberDocument(index).filter {
                    ["_id", "username", "name", "status"].contains($0.key)
                }
                if let text = users[index].statusText { document["statusText"] = .string(text) }
                document["utcOffset"] = .int(users[index].utcOffset)
                if version >= Version(8, 0) { document["subscription"] = membership(of: index, in: room) ?? [:] }
                return document
            })
    }

    /// Answers `rooms.membersOrderedByRole`: owners, leaders, moderators, then the others; within a role those who are
    /// online or the like before those who are offline. From 8.0 on each has its subscription.
    func membersByRole(of room: RoomIndex, _ call: Call) throws(Refusal) -> [UInt8] {
        let order = try SortOrder(call)
        let byRole = order?.keys.first { $0.path == "rolePriority" }?.isAscending ?? true
        let byName = order?.keys.first { $0.path == "username" }?.isAscending ?? true
        func presence(_ user: UserIndex) -> String { users[user].status == "offline" ? "" : users[user].status }
        var members = activeMembers(of: room, call)
        members.sort { left, right in
            let (one, two) = (rank(left, in: room), rank(right, in: room))
            if one != two { return (one < two) == byRole }
            if presence(left) != presence(right) { return presence(left) > presence(right) }
            return (users[left].username < users[right].username) == byName
        }
        return try list(
            "members", members, call, order: nil, honoursSort: false, id: { users[$0].id },
            document: { index in
                var document = memberDocument(index)
                let roles = rooms[room].members[index].map { subscriptions[$0].roles } ?? []
                if !roles.isEmpty { document["roles"] = .strings(roles) }
                if version >= Version(8, 0) { document["subscription"] = membership(of: index, in: room) }
                return document
            })
    }

    /// The place of a member's roles in `rooms.membersOrderedByRole`.
    private func rank(_ user: UserIndex, in room: RoomIndex) -> Int {
        let roles = rooms[room].members[user].map { subscriptions[$0].roles } ?? []
        return ["owner", "leader", "moderator"].firstIndex { roles.contains($0) } ?? 3
    }

    /// Answers `*.roles`: members with a role, unpaged, by username.
    func roomRoles(of room: RoomIndex, _ call: Call) throws(Refusal) -> [UInt8] {
        guard canAccess(room, call.user) else {
            throw .thrown("error-invalid-user", "Invalid user", details: ["method": "getRoomRoles"])
        }
        let holders = rooms[room].members.filter { !subscriptions[$0.value].roles.isEmpty }
            .sorted { users[$0.key].username < users[$1.key].username }
        let roles = holders.map { user, index -> JSON in
            [
                "_id": .string(subscriptions[index].id), "rid": .string(rooms[room].id),
                "u": users[user].reference(named: true), "roles": .strings(subscriptions[index].roles),
            ]
        }
        return JSONBuffer.success(["roles": .array(roles)])
    }

    private func activeMembers(of room: RoomIndex, _ call: Call) -> [UserIndex] {
        let statuses = Set(call.query.list("status"))
        let text = call.query.filled("filter")?.lowercased()
        return rooms[room].members.keys.filter { index in
            let user = users[index]
            guard user.active, !user.isRemoved else { return false }
            if !statuses.isEmpty, !statuses.contains(user.status) { return false }
            guard let text else { return true }
            return user.username.lowercased().contains(text) || user.name?.lowercased().contains(text) == true
        }
    }

    private func memberDocument(_ index: UserIndex) -> JSONObject {
        let user = users[index]
        var document: JSONObject = [
            "_id": .string(user.id), "username": .string(user.username), "status": .string(user.status),
        ]
        if let name = user.name { document["name"] = .string(name) }
        if let nickname = user.nickname { document["nickname"] = .string(nickname) }
        if let tag = user.avatarETag { document["avatarETag"] = .string(tag) }
        document["_updatedAt"] = .date(user.updatedAt)
        return document
    }

    /// What a member's answer tells of its membership; with the setting `fullSubscriptions` all of it.
    private func membership(of user: UserIndex, in room: RoomIndex) -> JSON? {
        guard let index = rooms[room].members[user] else { return nil }
        if settings.fullSubscriptions {
            return .object(
                SubscriptionRoutes.document(subscriptions[index], self).merging([
                    "E2EKey": "wrapped-room-key", "draft": "not yet sent",
                    "oldRoomKeys": [["e2eKeyId": "k", "E2EKey": "old-wrapped-key"]],
                ]))
        }
        var document: JSONObject = [
            "_id": .string(subscriptions[index].id), "ts": .date(subscriptions[index].joinedAt),
        ]
        if let status = subscriptions[index].extra["status"] { document["status"] = status }
        if !subscriptions[index].roles.isEmpty { document["roles"] = .strings(subscriptions[index].roles) }
        return .object(document)
    }
}
