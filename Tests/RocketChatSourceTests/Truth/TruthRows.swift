@testable import RocketChatSandbox
@testable import RocketChatSource

/// What the copy of a stream should hold for an account.
struct TruthRows {
    /// The stream.
    let stream: String
    /// Rows by key, as canonical JSON of the server.
    private(set) var rows: [String: String]
    /// Further rows that must be there, in whatever version the listing that has them told of them.
    private(set) var thin: Set<String> = []
    /// Rows that may be there besides: rooms that one listing tells the account of and another does not.
    private var spare: Set<String> = []

    /// What `account` may see of `stream` now.
    init(_ stream: String, _ sandbox: Sandbox, _ account: Account) {
        self.stream = stream
        if let kind = TruthStream(rawValue: stream) {
            rows = sandbox.truth(kind, for: account)
        } else if let parts = PartTruth.rows(stream, sandbox, account) {
            rows = parts
        } else {
            rows = Self.collections(stream, sandbox, account)
        }
        // The server lists an agent the chats that it serves, though it may read those that wait in its departments, too.
        if stream.hasPrefix("livechat_") && stream != "livechat_contacts" {
            let hidden = sandbox.unlistedChats(for: account)
            if stream == "livechat_rooms" { rows = rows.filter { !hidden.rooms.contains($0.key) } }
            if stream == "livechat_messages" { rows = rows.filter { !hidden.messages.contains($0.key) } }
        }
        // Files and members of live chats are no rows of their own.
        if stream == "files" {
            let hidden = sandbox.filesOfChats
            rows = rows.filter { !hidden.contains($0.key) }
        }
        if stream == "room_members" {
            rows.merge(sandbox.membersOfForeignTeams(for: account)) { own, _ in own }
            let hidden = Set(sandbox.rooms(ofType: "l")).union(sandbox.roomsWithoutMemberList(for: account))
            rows = rows.filter { !hidden.contains(Self.room(ofMember: $0.key)) }
            let open = sandbox.change { workspace, _ in
                let user = workspace.existing(user: account.userID)
                return workspace.rooms.indices.filter { workspace.canAccess($0, user) }.flatMap { room in
                    workspace.rooms[room].members.keys.map { "\(workspace.rooms[room].id)/\(workspace.users[$0].id)" }
                }
            }
            spare = Set(open)
        }
        guard stream == "channels" else { return }
        spare = sandbox.foreignTeamChannels(for: account)
        // Channels that channels.list does not name: those of teams, which other listings have, with fewer fields.
        for (room, home) in sandbox.roomHomes(for: account) where home.stream == .channels && rows[room] == nil {
            thin.insert(room)
        }
        // An administrator's listing has those of private teams, too, whose messages are for members.
        let administers = sandbox.change { workspace, _ in
            workspace.has("view-room-administration", workspace.existing(user: account.userID))
        }
        if administers { thin.formUnion(sandbox.rooms(ofType: "c").filter { rows[$0] == nil }) }
    }

    /// Whether a row of this key is alive.
    func isAlive(_ key: String) -> Bool { rows[key] != nil || thin.contains(key) }

    /// Keys of all rows.
    var keys: Set<String> { thin.union(rows.keys) }

    /// The same without some rows.
    func without(_ ids: Set<String>) -> TruthRows {
        var some = self
        some.rows = rows.filter { !ids.contains($0.key) }
        some.thin = thin.subtracting(ids)
        return some
    }

    /// The same with the rows of some rooms that need not be there.
    func sparing(rooms: Set<String>) -> TruthRows {
        let spared = self.rows.filter { id, text in
            let room =
                stream == "room_members" || stream == "room_roles"
                ? Self.room(ofMember: id) : JSONParser.parse(Array(text.utf8))?.object?["rid"]?.text
            return room.map(rooms.contains) ?? false
        }
        var some = without(Set(spared.keys))
        some.spare.formUnion(spared.keys)
        return some
    }

    /// The room in the key of a row of `room_members` or `room_roles`.
    static func room(ofMember key: String) -> String { String(key.prefix { $0 != "/" }) }

    /// The same, with any version of the rows besides `whole` being good enough.
    func loosened(except whole: Set<String>) -> TruthRows {
        var some = self
        some.rows = rows.filter { whole.contains($0.key) }
        some.thin = keys.subtracting(whole).union(thin)
        return some
    }

    /// What differs in a copy with these documents, in sentences.
    func differences(_ copy: [String: String]) -> [String] {
        let form = RowForm(stream)
        var found: [String] = []
        for (id, text) in copy.sorted(by: { $0.key < $1.key }) {
            guard let expected = rows[id] else {
                if !thin.contains(id), !spare.contains(id) { found.append("\(stream)/\(id) should be gone: \(text)") }
                continue
            }
            if !form.isSame(text, expected) { found.append("\(stream)/\(id) is \(text) instead of \(expected)") }
        }
        for id in keys.sorted() where copy[id] == nil { found.append("\(stream)/\(id) is missing") }
        guard found.count > 3 else { return found }
        return found.prefix(3) + ["and \(found.count - 3) more of \(stream)"]
    }

    /// Collections that the sandbox has no truth for.
    private static func collections(_ stream: String, _ sandbox: Sandbox, _ account: Account) -> [String: String] {
        let readable = Set(sandbox.readableRooms(for: account)).subtracting(sandbox.rooms(ofType: "l"))
        return sandbox.change { workspace, _ in
            let user = workspace.existing(user: account.userID)
            let rows: [JSONObject] =
                switch stream {
                case "statistics": workspace.has("view-statistics", user) ? workspace.collections.statistics.rows : []
                case "livechat_contacts":
                    workspace.has("view-livechat-contact", user) ? workspace.collections.contacts.rows : []
                case "video_conferences":
                    workspace.collections.conferences.rows.filter { $0["rid"]?.text.map(readable.contains) ?? false }
                default: preconditionFailure("no truth of \(stream)")
                }
            return Dictionary(
                rows.map { ($0["_id"]?.text ?? "", String(decoding: JSONBuffer.encode(.object($0)), as: UTF8.self)) },
                uniquingKeysWith: { $1 })
        }
    }
}

extension Sandbox {
    /// Files uploaded to live chats.
    fileprivate var filesOfChats: Set<String> {
        let chats = Set(rooms(ofType: "l"))
        return change { workspace, _ in
            Set(
                workspace.files.rows.filter { $0["rid"]?.text.map(chats.contains) ?? true }
                    .compactMap { $0["_id"]?.text })
        }
    }

    /// Messages that are in the trash and still to be seen.
    var condemned: Set<String> {
        change { workspace, _ in
            Set(workspace.rooms.flatMap { room in room.messages.trash.map { workspace.messageIDs.text($0.serial) } })
        }
    }

    /// Channels of teams that the account is not in: an administrator's listing has them all, the directory those of public teams.
    fileprivate func foreignTeamChannels(for account: Account) -> Set<String> {
        change { workspace, _ in
            let user = workspace.existing(user: account.userID)
            let seesAll = workspace.has("view-room-administration", user)
            return Set(
                workspace.rooms.filter { room in
                    guard room.type == .channel, !room.isRemoved, let team = room.team.flatMap({ workspace.team($0) })
                    else { return false }
                    return seesAll || !workspace.teams[team].isPrivate
                }.map(\.id))
        }
    }

    /// Broadcast rooms tell their members to few, and archived groups to nobody before 7.3: `groups.members` refuses them
    /// (`findPrivateGroupByIdOrName` in v1/groups.ts, 6.13 to 8.6), and there is no other route yet.
    func roomsWithoutMemberList(for account: Account) -> [String] {
        change { workspace, _ in
            let user = workspace.existing(user: account.userID)
            return workspace.rooms.indices.filter { index in
                let room = workspace.rooms[index]
                if room.type == .group, room.isArchived, workspace.version < Version(7, 3) { return true }
                return room.fields["broadcast"]?.flag == true
                    && !workspace.has("view-broadcast-member-list", user, in: index)
            }.map { workspace.rooms[$0].id }
        }
    }

    /// Members of channels that only an administrator's listing has: before 7.3 they are asked for by `channels.members`, which does
    /// not look whether the caller may enter the room (v1/channels.ts, 6.13 and 7.0).
    fileprivate func membersOfForeignTeams(for account: Account) -> [String: String] {
        change { workspace, _ in
            let user = workspace.existing(user: account.userID)
            guard workspace.version < Version(7, 3), workspace.has("view-room-administration", user) else { return [:] }
            var rows: [String: String] = [:]
            for room in workspace.rooms where room.type == .channel && !room.isRemoved {
                for member in room.members.keys
                where workspace.users[member].active && !workspace.users[member].isRemoved {
                    let id = workspace.users[member].id
                    rows["\(room.id)/\(id)"] = CanonicalJSON.text(["room_id": .string(room.id), "_id": .string(id)])
                }
            }
            return rows
        }
    }

    /// Live chats that no listing tells an account of, and their messages.
    func unlistedChats(for account: Account) -> (rooms: Set<String>, messages: Set<String>) {
        change { workspace, _ in
            let user = workspace.existing(user: account.userID)
            guard !workspace.has("view-livechat-rooms", user) else { return ([], []) }
            let chats = workspace.rooms.filter { room in
                room.type == .livechat && room.fields.value(at: "servedBy._id")?.text != account.userID
            }
            let messages = chats.flatMap { $0.messages.rows.map { workspace.messageIDs.text($0.serial) } }
            return (Set(chats.map(\.id)), Set(messages))
        }
    }
}
