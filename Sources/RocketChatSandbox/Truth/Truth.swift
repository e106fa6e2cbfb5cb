/// What a user may see at this moment, in a form to compare a copy with.
///
/// Canonical JSON is: members sorted by the bytes of their names, no white space, no member that is null, numbers as the
/// server writes them, characters outside ASCII raw, control characters escaped, and texts as destinations can hold them:
/// U+0000 dropped, lone surrogates replaced by U+FFFD. Volatile members are left out: `status` of users (presence) and
/// what the sandbox must never hand on: `v.token` of live chats, `E2EKey` and `oldRoomKeys` of subscriptions.
/// A `t: "rm"` placeholder counts as deleted and is no part of `messages`; neither are hidden copies.
struct Truth {
    /// The documents.
    let workspace: Workspace
    /// Index of the user who looks.
    let user: UserIndex
    /// Texts of messages worked out before.
    var cache = TruthCache()

    /// The documents of a stream by `_id`.
    mutating func documents(_ stream: TruthStream) -> [String: String] {
        switch stream {
        case .messages: messages { [workspace] in workspace.rooms[$0].type != .livechat }
        case .livechatMessages: messages { [workspace] in workspace.rooms[$0].type == .livechat }
        case .users:
            keyed(UserRoutes.listed(workspace).map { UserRoutes.record($0, workspace, user) }, without: ["status"])
        case .rooms:
            keyed(
                workspace.memberships(of: user).map { subscription in
                    workspace.rooms[subscription.room].document.filter { RoomRoutes.fields.contains($0.key) }
                })
        case .channels: keyed(listedRooms { workspace.isListedChannel($0, user) })
        case .groups: keyed(listedRooms { isListed($0, .group) })
        case .directMessages: keyed(listedRooms { isListed($0, .direct) })
        case .livechatRooms:
            keyed(listedRooms { workspace.rooms[$0].type == .livechat && workspace.canAccess($0, user) })
        case .subscriptions:
            keyed(workspace.memberships(of: user).map { SubscriptionRoutes.document($0, workspace) })
        case .roles: keyed(workspace.roles.rows)
        case .permissions: keyed(workspace.permissions.rows)
        case .teams:
            keyed(
                workspace.teams.indices.filter { index in
                    let team = workspace.teams[index]
                    return !team.isRemoved && (team.has(user) || workspace.has("view-all-teams", user))
                }
                .map { TeamRoutes.document($0, workspace) })
        case .files:
            keyed(
                workspace.files.rows.filter { file in
                    guard file["_hidden"] == nil, let room = workspace.room(file["rid"]?.text ?? "") else {
                        return false
                    }
                    return canList(room) && workspace.canAccess(room, user)
                })
        case .customEmojis: keyed(workspace.collections.emojis.rows)
        case .roomMembers: members()
        }
    }

    /// Indices of the rooms whose messages count: readable, and named by a listing the user may call (`channels.list`,
    /// `rooms.get`, `groups.listAll`, `im.list.everyone`, `rooms.adminRooms`, `teams.listRooms`, `livechat/rooms`).
    var readableRooms: [RoomIndex] {
        workspace.rooms.indices.filter { canList($0) && workspace.canAccess($0, user) }
    }

    /// The room stream that holds each room, by id: every room whose messages count and every room that a room stream lists.
    /// A room is in exactly one, whatever listing or release it is found by: public channels with their discussions and the
    /// main rooms of public teams in `channels`, private ones in `groups`, the rest by its kind.
    var homes: [String: RoomHome] {
        var homes: [String: RoomHome] = [:]
        for index in workspace.rooms.indices where !workspace.rooms[index].isRemoved {
            let room = workspace.rooms[index]
            let isReadable = canList(index) && workspace.canAccess(index, user)
            let stream: TruthStream
            let isListed: Bool
            switch room.type {
            case .channel: (stream, isListed) = (.channels, workspace.isListedChannel(index, user))
            case .group: (stream, isListed) = (.groups, self.isListed(index, .group))
            case .direct: (stream, isListed) = (.directMessages, self.isListed(index, .direct))
            case .livechat: (stream, isListed) = (.livechatRooms, workspace.canAccess(index, user))
            }
            guard isReadable || isListed else { continue }
            homes[room.id] = RoomHome(
                stream: stream, name: room.name ?? room.fields["fname"]?.text, hasReadableMessages: isReadable)
        }
        return homes
    }

    private func canList(_ room: RoomIndex) -> Bool {
        let target = workspace.rooms[room]
        guard !target.isRemoved else { return false }
        if workspace.isMember(user, of: room) || workspace.has("view-room-administration", user) { return true }
        if target.type == .livechat { return true }
        if workspace.isListedChannel(room, user) { return true }
        guard target.type == .channel, let team = target.team.flatMap({ workspace.team($0) }) else { return false }
        // teams.listRooms needs the team's id, which teams.list tells to its members only.
        return workspace.teams[team].has(user)
    }

    private func isListed(_ room: RoomIndex, _ type: RoomType) -> Bool {
        guard workspace.rooms[room].type == type else { return false }
        return workspace.isMember(user, of: room) || workspace.has("view-room-administration", user)
    }

    private func listedRooms(_ isListed: (RoomIndex) -> Bool) -> [JSONObject] {
        workspace.rooms.indices.filter { !workspace.rooms[$0].isRemoved && isListed($0) }
            .map { workspace.rooms[$0].document.filter { !ChannelRoutes.excluded.contains($0.key) } }
    }

    private mutating func messages(_ isWanted: (RoomIndex) -> Bool) -> [String: String] {
        var found: [String: String] = [:]
        for room in readableRooms where isWanted(room) {
            let store = workspace.rooms[room].messages
            for row in store.rows.indices where store.isVisible(row) {
                guard !store.rows[row].flags.contains(.placeholder) else { continue }
                let serial = store.rows[row].serial
                let encoded = workspace.encoded(row, of: room, for: user)
                found[workspace.messageIDs.text(serial)] = cache.text(of: encoded, serial: serial, user: user)
            }
        }
        return found
    }

    private func members() -> [String: String] {
        var found: [String: String] = [:]
        for room in readableRooms {
            let target = workspace.rooms[room]
            if target.type == .group || target.type == .direct, !workspace.isMember(user, of: room) { continue }
            for member in target.members.keys
            where workspace.users[member].active && !workspace.users[member].isRemoved {
                let id = workspace.users[member].id
                found["\(target.id)/\(id)"] = CanonicalJSON.text(["room_id": .string(target.id), "_id": .string(id)])
            }
        }
        return found
    }

    private func keyed(_ documents: [JSONObject], without dropped: Set<String> = []) -> [String: String] {
        var found: [String: String] = [:]
        for document in documents {
            var plain = document.filter { !dropped.contains($0.key) && !["E2EKey", "oldRoomKeys"].contains($0.key) }
            plain.remove(at: "v.token")
            // Parsed again, so that embedded encoded parts take part in the sorting.
            let tree = JSONParser.parse(JSONBuffer.encode(.object(plain))) ?? .null
            found[document["_id"]?.text ?? ""] = CanonicalJSON.text(tree)
        }
        return found
    }
}
