extension Workspace {
    /// Whether a user holds a permission by a global role.
    func has(_ permission: String, _ user: UserIndex) -> Bool {
        guard let granted = grants[permission] else { return false }
        return users[user].roles.contains { granted.contains($0) }
    }

    /// Whether a user holds a permission by a global role or a role in that room.
    func has(_ permission: String, _ user: UserIndex, in room: RoomIndex) -> Bool {
        if has(permission, user) { return true }
        guard let granted = grants[permission], let subscription = rooms[room].members[user] else { return false }
        return subscriptions[subscription].roles.contains { granted.contains($0) }
    }

    /// Whether a user may see a room's content (`canAccessRoom`).
    func canAccess(_ room: RoomIndex, _ user: UserIndex) -> Bool {
        let target = rooms[room]
        guard !target.isRemoved else { return false }
        if let subscription = target.members[user] {
            if subscriptions[subscription].extra["status"]?.text == "BANNED" { return false }
            if has("view-joined-room", user) || has("view-\(target.type.rawValue)-room", user) { return true }
        }
        if target.type == .channel, has("view-c-room", user) {
            guard let team = target.team, let index = self.team(team) else { return true }
            if !teams[index].isPrivate || teams[index].has(user) { return true }
        }
        if target.type == .livechat { return canServe(room, user) }
        if let parent = target.parent, let index = self.room(parent) { return canAccess(index, user) }
        return false
    }

    /// Whether a user may read the history of a room: access, and for channels the right to preview or membership.
    func canRead(_ room: RoomIndex, _ user: UserIndex) -> Bool {
        guard canAccess(room, user) else { return false }
        guard rooms[room].type == .channel else { return true }
        return has("preview-c-room", user) || isMember(user, of: room)
    }

    private func canServe(_ room: RoomIndex, _ user: UserIndex) -> Bool {
        if has("view-livechat-rooms", user) { return true }
        guard has("view-l-room", user) else { return false }
        let fields = rooms[room].fields
        if fields.value(at: "servedBy._id")?.text == users[user].id { return true }
        guard let department = fields["departmentId"]?.text, fields["servedBy"] == nil else { return false }
        return collections.departmentAgents.rows.contains {
            $0["departmentId"]?.text == department && $0["agentId"]?.text == users[user].id
        }
    }

    /// Whether `channels.list` names a channel to a user: with `view-c-room` all but team channels it has not joined.
    func isListedChannel(_ room: RoomIndex, _ user: UserIndex) -> Bool {
        let target = rooms[room]
        guard target.type == .channel, !target.isRemoved else { return false }
        return isMember(user, of: room) || (target.team == nil && has("view-c-room", user))
    }
}
