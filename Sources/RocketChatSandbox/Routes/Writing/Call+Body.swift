extension Call {
    /// The same call with the texts of its body in place of its query, for the look-ups that reads and writes share.
    var byBody: Call {
        var query = QueryParameters("")
        for member in body.members.members {
            if let text = member.value.text { query.append(member.key, text) }
        }
        var call = Call(query: query, path: path, user: user, now: now, version: version)
        call.body = body
        return call
    }
}

extension Workspace {
    /// The user that a body names by `userId`, `username` or `user` (8.6.1, `helpers/getUserFromParams.ts`).
    func person(_ call: Call) throws(Refusal) -> UserIndex {
        let name = call.body.filled("username") ?? call.body.filled("user")
        guard call.body.filled("userId") != nil || name != nil else {
            throw .thrown(
                "error-user-param-not-provided", "The required \"userId\" or \"username\" param was not provided")
        }
        guard let index = call.body.filled("userId").flatMap({ user($0) }) ?? name.flatMap({ user(named: $0) }) else {
            throw .thrown(
                "error-invalid-user", "The required \"userId\" or \"username\" param provided does not match any users")
        }
        return index
    }

    /// The users that a body names, one or several (8.6.1, `helpers/getUserFromParams.ts`).
    func people(_ call: Call) throws(Refusal) -> [UserIndex] {
        let one = ["userId", "username", "user"].compactMap { call.body.filled($0) }.first
        let names = call.body.texts("userIds") + call.body.texts("usernames") + [one].compactMap { $0 }
        guard !names.isEmpty else {
            throw .thrown(
                "error-users-params-not-provided",
                "Please provide \"userId\" or \"username\" or \"userIds\" or \"usernames\" as param")
        }
        return names.compactMap { user($0) ?? user(named: $0) }
    }

    /// Refuses who may not write into a room (8.6.1, `canSendMessage.ts`, `validateRoomMessagePermissionsAsync`).
    func checkSending(to room: RoomIndex, by user: UserIndex) throws(Refusal) {
        let fields = rooms[room].fields
        if rooms[room].isArchived { throw .error("room_is_archived") }
        guard canAccess(room, user) else { throw .error("error-not-allowed") }
        let name = JSON.string(users[user].username)
        if fields["ro"]?.flag == true, !has("post-readonly", user, in: room),
            fields["unmuted"]?.elements?.contains(name) != true
        {
            throw .error("You can't send messages because the room is readonly.")
        }
        if fields["muted"]?.elements?.contains(name) == true { throw .error("You_have_been_muted") }
    }

    /// A message as a writing route answers with it.
    func answer(_ serial: UInt32, for user: UserIndex) -> JSON {
        message(serial).map { .raw(encoded($0.row, of: $0.room, for: user)) } ?? .null
    }
}
