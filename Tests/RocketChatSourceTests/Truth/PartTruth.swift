@testable import RocketChatSandbox
@testable import RocketChatSource

/// Keys of the rows of the streams that are asked for team by team, role by role or room by room and have no truth of the sandbox's own.
enum PartTruth {
    /// The streams that the randomized test reads whole, part by part, in some rounds.
    static let streams = [
        roomMembersStream, roomRolesStream, teamMembersStream, teamRoomsStream, roleUsersStream,
        customUserStatusesStream,
        invitesStream,
    ]

    /// The rows that `account` may see of `stream`, by key; nil for other streams.
    static func rows(_ stream: String, _ sandbox: Sandbox, _ account: Account) -> [String: String]? {
        let readable = Set(sandbox.readableRooms(for: account))
        let definition = Catalogue.stream(named: stream)
        let keys: [[String]]? = sandbox.change { workspace, _ in
            let user = workspace.existing(user: account.userID)
            switch stream {
            case "team_members": return workspace.teamMembers(user)
            case "team_rooms": return workspace.teamRooms(user)
            case "room_roles": return workspace.roomRoles(readable)
            case "role_users": return workspace.roleUsers(user)
            case "custom_user_statuses": return workspace.collections.statuses.rows.map { [$0["_id"]?.text ?? ""] }
            case "invites":
                let sees = workspace.has("create-invite-links", user)
                return sees ? workspace.collections.invites.rows.map { [$0["_id"]?.text ?? ""] } : []
            default: return nil
            }
        }
        guard let keys, let names = definition?.primaryKey else { return nil }
        return Dictionary(
            keys.map { values in
                var row: JSONObject = [:]
                for (name, value) in zip(names, values) { row[name] = .string(value) }
                return (values.joined(separator: "/"), CanonicalJSON.text(.object(row)))
            }, uniquingKeysWith: { $1 })
    }
}

extension Workspace {
    private func teams(_ user: UserIndex) -> [Team] {
        teams.filter { !$0.isRemoved && ($0.has(user) || has("view-all-teams", user)) }
    }

    fileprivate func teamMembers(_ user: UserIndex) -> [[String]] {
        teams(user).flatMap { team in
            team.members.filter { users[$0.user].active }.map { [team.id, users[$0.user].id] }
        }
    }

    fileprivate func teamRooms(_ user: UserIndex) -> [[String]] {
        teams(user).flatMap { team in
            rooms.indices.filter { index in
                let room = rooms[index]
                guard !room.isRemoved, room.team == team.id, room.fields["teamMain"] == nil else { return false }
                return room.type == .channel || isMember(user, of: index)
                    || has("view-all-team-channels", user, in: team.room)
            }.map { [team.id, rooms[$0].id] }
        }
    }

    fileprivate func roomRoles(_ readable: Set<String>) -> [[String]] {
        rooms.filter { readable.contains($0.id) && ($0.type == .channel || $0.type == .group) }.flatMap { room in
            room.members.filter { !subscriptions[$0.value].roles.isEmpty }.map { [room.id, users[$0.key].id] }
        }
    }

    fileprivate func roleUsers(_ user: UserIndex) -> [[String]] {
        guard has("access-permissions", user) else { return [] }
        return roles.rows.flatMap { role -> [[String]] in
            let id = role["_id"]?.text ?? ""
            return UserRoutes.listed(self).filter { listed in
                role["scope"] == "Subscriptions"
                    ? memberships(of: listed).contains { $0.roles.contains(id) } : users[listed].roles.contains(id)
            }.map { [id, users[$0].id] }
        }
    }
}

extension Sandbox {
    /// Rooms that exist and that an account's listings may name while their members or roles are refused to it: they keep the rows that
    /// they had.
    func roomsThatRefuseParts(_ stream: String, for account: Account) -> Set<String> {
        let readable = Set(readableRooms(for: account))
        let listless = stream == "room_members" ? Set(roomsWithoutMemberList(for: account)) : []
        return change { workspace, _ in
            let user = workspace.existing(user: account.userID)
            let seesAll = workspace.has("view-room-administration", user)
            return Set(
                workspace.rooms.filter { room in
                    guard !room.isRemoved else { return false }
                    let isAsked = room.type == .channel || room.parent != nil
                    if listless.contains(room.id) || (seesAll && isAsked && !readable.contains(room.id)) { return true }
                    // There was no route for these before 7.10.
                    return stream == "room_roles" && room.isArchived && workspace.version < Version(7, 10)
                }.map(\.id))
        }
    }
}
