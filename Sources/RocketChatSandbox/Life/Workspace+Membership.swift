extension Workspace {
    /// Makes a user a member, without the system message; returns the index of the subscription.
    @discardableResult
    mutating func subscribe(_ user: UserIndex, to room: RoomIndex, roles: [String] = [], at now: Int64) -> Int {
        if let existing = rooms[room].members[user] { return existing }
        var subscription = Subscription(
            id: newIdentifier(), room: room, user: user, joinedAt: now, updatedAt: now)
        subscription.roles = roles
        let index = add(subscription)
        subscriptionsOf[user.number].append(index)
        rooms[room].members[user] = index
        rooms[room].userCount += 1
        return index
    }

    /// A user joins, or is added by another; both are told by a system message.
    mutating func join(_ room: RoomIndex, _ user: UserIndex, addedBy other: UserIndex? = nil, at now: Int64) {
        guard rooms[room].members[user] == nil else { return }
        subscribe(user, to: room, at: now)
        var draft = Draft(users[user].username)
        draft.type = other == nil ? "uj" : "au"
        post(in: room, by: other ?? user, draft, at: now)
        if let team = rooms[room].team.flatMap({ self.team($0) }), rooms[room].fields["teamMain"]?.flag == true {
            teams[team].members.append(.init(user: user, roles: nil, addedBy: other ?? user, createdAt: now))
            teams[team].updatedAt = now
        }
    }

    /// A user leaves, or is removed by another.
    mutating func leave(_ room: RoomIndex, _ user: UserIndex, removedBy other: UserIndex? = nil, at now: Int64) {
        guard rooms[room].members[user] != nil else { return }
        unsubscribe(user, from: room, at: now)
        var draft = Draft(users[user].username)
        draft.type = other == nil ? "ul" : "ru"
        post(in: room, by: other ?? user, draft, at: now)
        if let team = rooms[room].team.flatMap({ self.team($0) }), rooms[room].fields["teamMain"]?.flag == true {
            teams[team].members.removeAll { $0.user == user }
            teams[team].updatedAt = now
        }
    }

    /// Ends a membership; its document goes to the trash.
    mutating func unsubscribe(_ user: UserIndex, from room: RoomIndex, at now: Int64) {
        guard let index = rooms[room].members.removeValue(forKey: user) else { return }
        subscriptions[index].isRemoved = true
        subscriptionTrash.append(Trashed(id: subscriptions[index].id, user: user, deletedAt: now))
        rooms[room].userCount -= 1
        touchRoom(room, at: now)
    }

    /// Gives a member a role in a room (`owner`, `moderator`, `leader`) or takes it away.
    mutating func setRole(
        _ role: String, of user: UserIndex, in room: RoomIndex, to isGranted: Bool, by other: UserIndex, at now: Int64
    ) {
        guard let index = rooms[room].members[user] else { return }
        subscriptions[index].roles.removeAll { $0 == role }
        if isGranted { subscriptions[index].roles.append(role) }
        subscriptions[index].updatedAt = now
        var draft = Draft(users[user].username)
        draft.type = isGranted ? "subscription-role-added" : "subscription-role-removed"
        draft.extra["role"] = .string(role)
        post(in: room, by: other, draft, at: now)
    }

    /// Marks a room as read by a member.
    mutating func markRead(_ room: RoomIndex, by user: UserIndex, at now: Int64) {
        guard let index = rooms[room].members[user] else { return }
        subscriptions[index].lastSeen = now
        subscriptions[index].hasAlert = false
        subscriptions[index].unread = 0
        subscriptions[index].mentions = 0
        subscriptions[index].updatedAt = now
    }
}
