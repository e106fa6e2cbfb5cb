// What owners and members do with rooms, whatever the route.
extension Workspace {
    /// Adds users to a room (8.6.1, `methods/addUsersToRoom.ts`).
    mutating func invite(_ others: [UserIndex], to room: RoomIndex, _ call: Call) throws(Refusal) {
        let mayAdd =
            isMember(call.user, of: room) && has("add-user-to-joined-room", call.user, in: room)
            || has("add-user-to-any-\(rooms[room].type.rawValue)-room", call.user)
        guard mayAdd else { throw .notAllowed("addUsersToRoom") }
        for other in others { join(room, other, addedBy: call.user, at: call.now) }
    }

    /// Removes a member from a room (8.6.1, `methods/removeUserFromRoom.ts`).
    mutating func kick(_ other: UserIndex, from room: RoomIndex, _ call: Call) throws(Refusal) {
        guard has("remove-user", call.user, in: room) else { throw .notAllowed("removeUserFromRoom") }
        let isForced = has("kick-user-from-any-\(rooms[room].type.rawValue)-room", call.user)
        guard isForced || canAccess(room, call.user) else {
            throw .thrown(
                "error-room-not-found",
                "The required \"roomId\" or \"roomName\" param provided does not match any group")
        }
        guard isForced || isMember(other, of: room) else {
            throw .thrown(
                "error-user-not-in-room", "User is not in this room", details: ["method": "removeUserFromRoom"])
        }
        try checkOwners(of: room, without: other, "removeUserFromRoom")
        // It is told even of who was no member.
        if !isMember(other, of: room) { note("ru", users[other].username, in: room, by: call.user, at: call.now) }
        leave(room, other, removedBy: call.user, at: call.now)
    }

    /// Lets the caller leave a room (8.6.1, `methods/leaveRoom.ts`).
    mutating func leave(_ room: RoomIndex, _ call: Call) throws(Refusal) {
        let type = rooms[room].type
        guard type == .channel || type == .group, has("leave-\(type.rawValue)", call.user) else {
            throw .notAllowed("leaveRoom")
        }
        guard isMember(call.user, of: room) else {
            throw .thrown("error-user-not-in-room", "You are not in this room", details: ["method": "leaveRoom"])
        }
        try checkOwners(of: room, without: call.user, "leaveRoom")
        leave(room, call.user, at: call.now)
    }

    /// Refuses what would leave a room without an owner.
    private func checkOwners(of room: RoomIndex, without user: UserIndex, _ method: String) throws(Refusal) {
        let owners = rooms[room].members.filter { subscriptions[$0.value].roles.contains("owner") }.keys
        guard Array(owners) != [user] else {
            throw .thrown(
                "error-you-are-last-owner",
                "You are the last owner. Please set new owner before leaving the room.",
                details: ["method": .string(method)])
        }
    }

    /// Archives a room or takes it back (8.6.1, `methods/archiveRoom.ts`, `unarchiveRoom.ts`).
    mutating func archive(_ room: RoomIndex, _ isArchived: Bool, _ call: Call) throws(Refusal) {
        guard has(isArchived ? "archive-room" : "unarchive-room", call.user, in: room) else {
            throw .thrown(
                "error-not-authorized", "Not authorized",
                details: ["method": isArchived ? "archiveRoom" : "unarchiveRoom"])
        }
        archive(room, isArchived, by: call.user, at: call.now)
    }

    /// Renames a room (8.6.1, `saveRoomSettings.ts`).
    mutating func rename(_ room: RoomIndex, _ call: Call, kind: String) throws(Refusal) {
        guard let name = call.body.filled("name") else { throw .failure("The bodyParam \"name\" is required") }
        if rooms[room].name == name {
            throw .failure("The \(kind) name is the same as what it would be renamed to.")
        }
        try checkEditing(room, call)
        try checkName(name)
        rename(room: room, to: name, by: call.user, at: call.now)
    }

    /// Sets a room's topic; returns the answer.
    mutating func setTopic(_ room: RoomIndex, _ call: Call, kind: String) throws(Refusal) -> [UInt8] {
        guard let topic = call.body["topic"]?.text else { throw .failure("The bodyParam \"topic\" is required") }
        if rooms[room].fields["topic"]?.text == topic {
            throw .failure("The \(kind) topic is the same as what it would be changed to.")
        }
        try checkEditing(room, call)
        change(room, by: call.user, type: "room_changed_topic", argument: topic, at: call.now) {
            $0["topic"] = .string(topic)
        }
        return JSONBuffer.success(["topic": .string(topic)])
    }

    private func checkEditing(_ room: RoomIndex, _ call: Call) throws(Refusal) {
        guard has("edit-room", call.user, in: room) else {
            throw .thrown(
                "error-action-not-allowed", "Editing room is not allowed",
                details: ["method": "saveRoomSettings", "action": "Editing_room"])
        }
    }
}
