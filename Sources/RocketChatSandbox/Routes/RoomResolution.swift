extension Workspace {
    /// The channel a `channels.*` call names by `roomId` or `roomName`; live chats count as channels.
    func channel(_ call: Call) throws(Refusal) -> RoomIndex {
        let room = try named(call)
        guard let room, [.channel, .livechat].contains(rooms[room].type) else {
            throw .thrown(
                "error-room-not-found",
                "The required \"roomId\" or \"roomName\" param provided does not match any channel")
        }
        return room
    }

    /// The private group a `groups.*` call names; one the caller cannot access does not exist for it, even when the caller
    /// is an administrator (issue 19658 of the server). A discussion is open to who may access its parent.
    func group(_ call: Call, allowingArchived: Bool = false) throws(Refusal) -> RoomIndex {
        let room = try named(call)
        guard let room, rooms[room].type == .group, canAccess(room, call.user) else {
            throw .thrown(
                "error-room-not-found",
                "The required \"roomId\" or \"roomName\" param provided does not match any group")
        }
        if rooms[room].isArchived, !allowingArchived {
            let name = rooms[room].parent == nil ? rooms[room].name : rooms[room].fields["fname"]?.text
            throw .thrown("error-room-archived", "The private group, \(name ?? ""), is archived")
        }
        return room
    }

    /// The direct message room an `im.*` call names. The server resolves the id through a factory: an id or username of
    /// a user makes a room, which the sandbox does too, and remembers.
    mutating func direct(_ call: Call) throws(Refusal) -> RoomIndex {
        guard let name = call.query.filled("roomId") ?? call.query.filled("username") else {
            throw .thrown("error-room-param-not-provided", "Query param \"roomId\" or \"username\" is required")
        }
        if let room = room(name) {
            guard rooms[room].type == .direct else {
                throw .thrown("error-room-not-found", "The required \"roomId\" param does not match any direct message")
            }
            return room
        }
        guard let other = user(name) ?? user(named: name) else {
            throw .thrown("invalid-channel")
        }
        let before = rooms.count
        let room = createDirect(Array(Set([call.user, other])), at: call.now)
        if rooms.count > before { accidentalRooms.append(rooms[room].id) }
        return room
    }

    private func named(_ call: Call) throws(Refusal) -> RoomIndex? {
        if let id = call.query.filled("roomId") {
            // ids that contain "ufs" never arrived at the API of 1.3 to 3.1 (issue 16174); see `Exchange.dispatch`.
            return room(id)
        }
        guard let name = call.query.filled("roomName") else {
            throw .thrown("error-room-param-not-provided", "The parameter \"roomId\" or \"roomName\" is required")
        }
        return room(named: name)
    }
}
