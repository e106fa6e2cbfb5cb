/// The directory: public channels, users or teams for people to browse.
enum Directory {
    /// The route.
    static let route = Route("directory", parameters: .list("text", "type", "workspace"), handler: answer)

    private static let shown: Set<String> = [
        "_id", "t", "description", "topic", "name", "fname", "lastMessage", "ts", "archived", "default", "featured",
        "usersCount", "prid", "teamId", "federated",
    ]
    private static let unverified = Refusal.failure("Please verify the parameters")

    private static func answer(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        var query = call.query
        // Up to 6.x the filter comes in `query`.
        if call.version < Version(7, 0) || workspace.settings.allowQueryAndFields,
            let members = call.query.filled("query").flatMap({ JSONParser.parse(Array($0.utf8))?.object?.members })
        {
            for member in members { query.append(member.key, member.value.text ?? "") }
        }
        let text = query.filled("text")?.lowercased() ?? ""
        switch query.filled("type") ?? "channels" {
        case "channels": return try channels(text, workspace, call)
        case "teams": return try teams(text, workspace, call)
        case "users": return try users(text, workspace, call)
        default: throw unverified
        }
    }

    /// Channels outside teams and of teams that are public or the caller's, and whatever else the caller has joined, private
    /// groups and direct messages as well; neither discussions nor main rooms of teams.
    private static func channels(_ text: String, _ workspace: Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard workspace.has("view-c-room", call.user) else { throw unverified }
        let rooms = workspace.rooms.indices.filter { index in
            let room = workspace.rooms[index]
            guard !room.isRemoved, room.parent == nil, room.fields["teamMain"] == nil, matches(room, text) else {
                return false
            }
            if workspace.isMember(call.user, of: index) { return true }
            guard room.type == .channel else { return false }
            guard let team = room.team.flatMap({ workspace.team($0) }) else { return true }
            return !workspace.teams[team].isPrivate || workspace.teams[team].has(call.user)
        }
        let more = ["usernames", "lastMessage"]
        return try list(rooms, by: more, workspace, call) { index in
            var document = workspace.rooms[index].document.filter { shown.contains($0.key) }
            if let team = workspace.rooms[index].team.flatMap({ workspace.team($0) }) {
                document["belongsTo"] = .string(workspace.teams[team].name)
            }
            return document
        }
    }

    private static func teams(_ text: String, _ workspace: Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let rooms = workspace.rooms.indices.filter { index in
            let room = workspace.rooms[index]
            guard !room.isRemoved, room.fields["teamMain"] != nil, matches(room, text) else { return false }
            return room.type == .channel || workspace.isMember(call.user, of: index)
        }
        return try list(rooms, by: ["usernames", "lastMessage"], workspace, call) { index in
            var document = workspace.rooms[index].document.filter { shown.contains($0.key) || $0.key == "teamMain" }
            document["roomsCount"] = .int(
                Int64(
                    workspace.rooms.count {
                        !$0.isRemoved && $0.team == workspace.rooms[index].team && $0.fields["teamMain"] == nil
                    }))
            return document
        }
    }

    private static func users(_ text: String, _ workspace: Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard workspace.has("view-outside-room", call.user), workspace.has("view-d-room", call.user) else {
            throw unverified
        }
        let isFull = workspace.has("view-full-other-user-info", call.user)
        let users = UserRoutes.listed(workspace).filter { index in
            let user = workspace.users[index]
            guard user.active else { return false }
            return text.isEmpty || user.username.lowercased().contains(text)
                || user.name?.lowercased().contains(text) == true
        }
        return try list(users, by: ["username", "email", "bio"], workspace, call) { index in
            let user = workspace.users[index]
            var record: JSONObject = [
                "_id": .string(user.id), "username": .string(user.username), "createdAt": .date(user.createdAt),
            ]
            if let name = user.name { record["name"] = .string(name) }
            if let nickname = user.nickname { record["nickname"] = .string(nickname) }
            if let bio = user.bio { record["bio"] = .string(bio) }
            if isFull, let email = user.email { record["emails"] = [["address": .string(email), "verified": true]] }
            if let tag = user.avatarETag { record["avatarETag"] = .string(tag) }
            return record
        }
    }

    private static func matches(_ room: Room, _ text: String) -> Bool {
        text.isEmpty
            || [room.name, room.fields["fname"]?.text].contains { $0?.lowercased().contains(text) == true }
    }

    /// A page in the directory's own order: by one member of a few, by name and downwards when none is asked for. There is
    /// no unlimited page: 0 means 10.
    private static func list<Item>(
        _ items: [Item], by more: [String], _ workspace: Workspace, _ call: Call,
        document: (Item) -> JSONObject
    ) throws(Refusal) -> [UInt8] {
        let sort = try SortOrder(call)
        if let sort, sort.keys.count > 1 { throw .failure("This method support only one \"sort\" parameter") }
        let key = sort?.keys.first ?? ("name", false)
        guard (["name", "createdAt", "usersCount"] + more).contains(key.path) else { throw unverified }
        let paths = ["createdAt": "ts", "lastMessage": "lastMessage.ts", "email": "emails.address"]
        var order = SortOrder("featured", descending: true)
        order.keys.append((paths[key.path] ?? key.path, key.isAscending))
        let paging = try Paging(call, workspace.settings)
        let sorted = Workspace.stableSorted(items.map(document), order)
        let page = sorted.dropFirst(paging.offset).prefix(paging.count > 0 ? paging.count : 10)
        return JSONBuffer.success([
            "result": .array(page.map { .object($0) }), "count": .int(Int64(page.count)),
            "offset": .int(Int64(paging.offset)), "total": .int(Int64(items.count)),
        ])
    }
}
