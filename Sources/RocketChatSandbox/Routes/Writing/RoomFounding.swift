// What making a room takes, whatever the route.
extension Workspace {
    /// Makes a channel or private group as `channels.create` and `groups.create` do (8.6.1, `functions/createRoom.ts`,
    /// `getValidRoomName.ts`); members are usernames, those of nobody are passed over.
    mutating func found(_ type: RoomType, _ call: Call) throws(Refusal) -> RoomIndex {
        let name = call.body.filled("name") ?? ""
        try checkName(name)
        let team = try teamOfNewRoom(type, call)
        let room = createRoom(type, name: name, by: call.user, team: team, at: call.now)
        if call.body["readOnly"]?.flag == true { rooms[room].fields["ro"] = true }
        for member in call.body.texts("members").compactMap({ user(named: $0) }) {
            subscribe(member, to: room, at: call.now)
        }
        if let team, type == .channel {
            note("user-added-room-to-team", name, in: teams[team].room, by: call.user, at: call.now)
        }
        return room
    }

    /// Refuses names that are taken or that the server would change.
    func checkName(_ name: String) throws(Refusal) {
        guard name.utf8.allSatisfy({ $0 < 128 && ($0.isLetterOrDigit || "-_.".utf8.contains($0)) }) else {
            throw .thrown("error-invalid-room-name", "\(name) is not a valid room name.")
        }
        guard let existing = room(named: name) else { return }
        if rooms[existing].isArchived {
            throw .thrown("error-archived-duplicate-name", "There's an archived channel with name \(name)")
        }
        throw .thrown("error-duplicate-channel-name", "A channel with name '\(name)' exists")
    }

    /// Writes a system message.
    mutating func note(_ type: String, _ text: String, in room: RoomIndex, by user: UserIndex, at now: Int64) {
        var draft = Draft(text)
        draft.type = type
        post(in: room, by: user, draft, at: now)
    }

    /// The team of `extraData.teamId`, where the caller may make rooms in it; nil for none.
    private func teamOfNewRoom(_ type: RoomType, _ call: Call) throws(Refusal) -> Int? {
        guard let id = call.body["extraData"]?.object?["teamId"]?.text else { return nil }
        guard let team = team(id) else {
            throw .thrown("error-team-not-found", "The \"teamId\" param provided does not match any team")
        }
        let permission = type == .channel ? "create-team-channel" : "create-team-group"
        guard has(permission, call.user, in: teams[team].room) else {
            throw .notAllowed(type == .channel ? "createChannel" : "createPrivateGroup")
        }
        return team
    }

    /// Deletes a room for a user (8.6.1, `lib/eraseRoom.ts`).
    mutating func erase(_ room: RoomIndex, by user: UserIndex, at now: Int64) throws(Refusal) {
        let target = rooms[room]
        guard has("delete-\(target.type.rawValue)", user, in: room) else { throw .notAllowed("eraseRoom") }
        let team = target.team.flatMap { self.team($0) }
        let permission = target.type == .channel ? "delete-team-channel" : "delete-team-group"
        if let team, !has(permission, user, in: teams[team].room) { throw .notAllowed("eraseRoom") }
        deleteRoom(room, at: now)
        if let team, teams[team].room != room {
            note("user-deleted-room-from-team", target.name ?? "", in: teams[team].room, by: user, at: now)
        }
    }
}

extension UInt8 {
    /// Whether it is an ASCII letter or digit.
    fileprivate var isLetterOrDigit: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }
}
