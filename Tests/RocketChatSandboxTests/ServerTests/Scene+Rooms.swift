@testable import RocketChatSandbox

// What the server's tests do with rooms, members and teams before they ask.
extension Scene {
    func directory(
        _ text: String, _ type: String, as account: Account? = nil, sort: String? = nil
    ) -> Office.Answer {
        // Up to 6.x the filter comes in `query`.
        let filter = [("text", text), ("type", type)]
        let old = [("query", #"{"text":"\#(text)","type":"\#(type)"}"#)]
        return get(
            "directory", (version.hasPrefix("6") ? old : filter) + (sort.map { [("sort", $0)] } ?? []), as: account)
    }

    func adminRooms(_ filter: String, named title: String) -> Bool {
        let room = office.sandbox.createRoom("unicode-\(filter.count)", by: office.admin.userID)
        office.sandbox.change { workspace, _ in
            workspace.rooms[workspace.existing(room: room)].fields["fname"] = .string(title)
        }
        let found = get("rooms.adminRooms", [("filter", filter)]).list("rooms")
        return found.contains { $0["fname"]?.text == title } && found.count <= 2
    }

    func adminRoomsOfTypeP() -> Bool {
        office.sandbox.createDiscussion(in: group, title: "discussion", by: office.admin.userID)
        let rooms = get("rooms.adminRooms", [("types[]", "p"), ("count", "0")]).list("rooms")
        return rooms.allSatisfy { $0["t"] == "p" } && rooms.contains { $0["name"] == "the-group" }
            && !rooms.contains { $0["fname"] == "discussion" }
    }

    /// Usernames of `rooms.membersOrderedByRole` in a room of five, and the total.
    func staff(_ query: [(String, String)] = [], online: String? = nil) -> (first: [String], total: Int) {
        let sandbox = office.sandbox
        let names = ["owner", "leader", "moderator", "member1", "member2"]
        let users = Dictionary(uniqueKeysWithValues: names.map { ($0, sandbox.createUser($0)) })
        let room = sandbox.createRoom("staff", by: users["owner"]!, members: names.dropFirst().map { users[$0]! })
        sandbox.change { workspace, now in
            for role in ["leader", "moderator"] {
                let member = workspace.existing(user: users[role]!)
                let index = workspace.existing(room: room)
                workspace.setRole(role, of: member, in: index, to: true, by: member, at: now)
            }
        }
        if let online { sandbox.setPresence(of: users[online]!, to: "online") }
        let answer = get("rooms.membersOrderedByRole", [("roomId", room)] + query)
        return (
            answer.list("members").compactMap { $0["username"]?.text }, Int(answer["total"]?.integer ?? -1)
        )
    }

    /// Two members with roles, one of them the owner, the other leader and moderator.
    func rolesOfTwo(_ route: String, isPrivate: Bool) -> Bool {
        let sandbox = office.sandbox
        let other = sandbox.createUser("another")
        let room = sandbox.createRoom("two", isPrivate: isPrivate, by: office.admin.userID, members: [other])
        sandbox.change { workspace, now in
            let member = workspace.existing(user: other)
            for role in ["leader", "moderator"] {
                workspace.setRole(
                    role, of: member, in: workspace.existing(room: room), to: true, by: member, at: now)
            }
        }
        let roles = get(route, [("roomId", room)]).list("roles")
        let isComplete = roles.allSatisfy {
            $0["_id"]?.text != nil && $0["rid"] == .string(room) && $0.value(at: "u._id") != nil
                && $0.value(at: "u.username") != nil
        }
        return roles.count == 2 && isComplete && roles[0]["roles"] == ["leader", "moderator"]
            && roles[1]["roles"] == ["owner"]
    }

    func onlineInDirect() -> Office.Answer {
        office.sandbox.setPresence(of: office.user.userID, to: "offline")
        return get("im.members", [("roomId", direct), ("status[]", "online")])
    }

    /// The scene after the agent has left every private group.
    func loner() -> Scene {
        for room in get("groups.list", [("count", "0")], as: office.agent).ids("groups") {
            office.sandbox.leave(room, office.agent.userID)
        }
        return self
    }

    func teamMembers() -> [String] {
        get("teams.members", [("teamId", publicTeam.team)]).list("members")
            .compactMap { $0.value(at: "user.username")?.text }
    }

    func seesOwnTeamsOnly(_ account: Account) -> Bool {
        let listed = get("teams.list", [("query", #"{"_id":{"$regex":".*"}}"#), ("count", "0")], as: account)
        let all = get("teams.listAll", [("count", "0")]).ids("teams")
        let own = all.filter { team in
            get("teams.members", [("teamId", team), ("count", "0")]).list("members")
                .contains { $0.value(at: "user._id") == .string(account.userID) }
        }
        return !own.isEmpty && Set(listed.ids("teams")) == Set(own)
    }

    /// Whether the status of the answer is the one that a reader of that room gets: `inside` is in the room, `outsider` in
    /// its team, `nonTeam` in neither.
    func visibility(_ route: String, _ room: String, as reader: String) -> Int {
        let sandbox = office.sandbox
        // All three are plain users of their own.
        for account in [office.bot, office.agent] { sandbox.setRoles(of: account.userID, to: ["user"]) }
        let readers = ["inside": office.user, "outsider": office.agent, "nonTeam": office.bot]
        let owner = office.admin.userID
        let members = [office.user.userID, office.agent.userID]
        let isPrivate = room.hasPrefix("private")
        let id: String
        if room.contains("Team") {
            let team = sandbox.createTeam(
                "visible", isPrivate: room.hasSuffix("PrivateTeam"), by: owner, members: members)
            id = sandbox.createRoom("seen", isPrivate: isPrivate, by: owner, inTeam: team.team)
        } else {
            id = sandbox.createRoom("seen", isPrivate: isPrivate, by: owner)
        }
        sandbox.join(id, office.user.userID)
        return get(route, [("roomId", id)], as: readers[reader] ?? office.admin).status
    }
}
