// What a test lets happen to rooms, memberships and users.
extension Sandbox {
    /// Makes a channel or a private group owned by a user, with further members; returns its id.
    @discardableResult
    package func createRoom(
        _ name: String, isPrivate: Bool = false, by owner: String, members: [String] = [], id: String? = nil
    ) -> String {
        change { workspace, now in
            let room = workspace.createRoom(
                isPrivate ? .group : .channel, name: name, by: workspace.existing(user: owner), id: id, at: now)
            for member in members { workspace.subscribe(workspace.existing(user: member), to: room, at: now) }
            return workspace.rooms[room].id
        }
    }

    /// Makes the direct message room of these users; returns its id.
    @discardableResult
    package func createDirect(_ users: [String]) -> String {
        change { workspace, now in
            workspace.rooms[workspace.createDirect(users.map { workspace.existing(user: $0) }, at: now)].id
        }
    }

    /// Makes a team with its main room; returns both ids.
    @discardableResult
    package func createTeam(
        _ name: String, isPrivate: Bool = false, by owner: String, members: [String] = []
    ) -> (team: String, room: String) {
        change { workspace, now in
            let team = workspace.createTeam(
                name, isPrivate: isPrivate, by: workspace.existing(user: owner),
                members: members.map { workspace.existing(user: $0) }, at: now)
            return (workspace.teams[team].id, workspace.rooms[workspace.teams[team].room].id)
        }
    }

    /// Makes a channel or private group of a team; returns its id.
    @discardableResult
    package func createRoom(_ name: String, isPrivate: Bool = false, by owner: String, inTeam team: String) -> String {
        change { workspace, now in
            guard let index = workspace.team(team) else { preconditionFailure("the sandbox has no team \(team)") }
            let room = workspace.createRoom(
                isPrivate ? .group : .channel, name: name, by: workspace.existing(user: owner), team: index, at: now)
            return workspace.rooms[room].id
        }
    }

    /// Opens a discussion under a room; returns its id.
    @discardableResult
    package func createDiscussion(in parent: String, title: String, by user: String) -> String {
        change { workspace, now in
            let room = workspace.createDiscussion(
                in: workspace.existing(room: parent), title: title, by: workspace.existing(user: user), at: now)
            return workspace.rooms[room].id
        }
    }

    /// Deletes a room with everything in it, its discussions too. With a `pause` half of its messages follow after so many ms.
    package func deleteRoom(_ room: String, pause: Int64 = 0) {
        change { workspace, now in workspace.deleteRoom(workspace.existing(room: room), pause: pause, at: now) }
    }

    /// Renames a room.
    package func rename(room: String, to name: String, by user: String) {
        change { workspace, now in
            workspace.rename(
                room: workspace.existing(room: room), to: name, by: workspace.existing(user: user), at: now)
        }
    }

    /// Changes a room's topic.
    package func setTopic(of room: String, to topic: String, by user: String) {
        change { workspace, now in
            workspace.change(
                workspace.existing(room: room), by: workspace.existing(user: user), type: "room_changed_topic",
                argument: topic, at: now
            ) { $0["topic"] = .string(topic) }
        }
    }

    /// Archives a room or takes it back.
    package func archive(_ room: String, _ isArchived: Bool = true, by user: String) {
        change { workspace, now in
            workspace.archive(
                workspace.existing(room: room), isArchived, by: workspace.existing(user: user), at: now)
        }
    }

    /// Makes a channel private, or a private group public.
    package func convert(_ room: String, isPrivate: Bool, by user: String) {
        change { workspace, now in
            workspace.convert(
                workspace.existing(room: room), to: isPrivate ? .group : .channel, by: workspace.existing(user: user),
                at: now)
        }
    }

    /// Makes a room a broadcast room or not.
    package func setBroadcast(_ room: String, _ isBroadcast: Bool = true) {
        change { workspace, now in
            let room = workspace.existing(room: room)
            workspace.rooms[room].fields["broadcast"] = .bool(isBroadcast)
            workspace.touchRoom(room, at: now)
        }
    }

    /// A user joins a room.
    package func join(_ room: String, _ user: String) {
        change { workspace, now in
            workspace.join(workspace.existing(room: room), workspace.existing(user: user), at: now)
        }
    }

    /// A user leaves a room, or another removes it.
    package func leave(_ room: String, _ user: String, removedBy other: String? = nil) {
        change { workspace, now in
            workspace.leave(
                workspace.existing(room: room), workspace.existing(user: user),
                removedBy: other.map { workspace.existing(user: $0) }, at: now)
        }
    }

    /// Adds a user and returns its id.
    @discardableResult
    package func createUser(_ username: String, name: String? = nil, roles: [String] = ["user"]) -> String {
        change { workspace, now in
            let user = User(
                id: workspace.newIdentifier(), username: username, name: name, kind: .user, roles: roles,
                createdAt: now, updatedAt: now)
            return workspace.users[workspace.add(user)].id
        }
    }

    /// Changes a username, which stamps all the user's messages with one millisecond.
    package func rename(user: String, to username: String) {
        change { workspace, now in workspace.rename(user: workspace.existing(user: user), to: username, at: now) }
    }

    /// Changes a user's presence, which moves it in lists of members.
    package func setPresence(of user: String, to status: String) {
        change { workspace, now in
            workspace.change(user: workspace.existing(user: user), at: now) { $0.status = status }
        }
    }

    /// Deactivates a user; its token is void from then on.
    package func deactivate(_ user: String) {
        change { workspace, now in
            workspace.change(user: workspace.existing(user: user), at: now) { $0.active = false }
        }
    }

    /// Deletes a user for good, and with `erasing` its messages.
    package func remove(user: String, erasing: Bool) {
        change { workspace, now in
            workspace.remove(user: workspace.existing(user: user), erasing: erasing, at: now)
        }
    }

    /// Adds a role and returns its id.
    @discardableResult
    package func createRole(_ name: String) -> String {
        change { workspace, now in
            let id = workspace.newIdentifier()
            workspace.addRole(id, name: name, at: now)
            return id
        }
    }

    /// Deletes a role.
    package func deleteRole(_ id: String) {
        change { workspace, now in workspace.roles.remove(id, at: now) }
    }

    /// Adds a custom emoji and returns its id.
    @discardableResult
    package func createEmoji(_ name: String) -> String {
        change { workspace, now in
            let id = workspace.newIdentifier()
            workspace.collections.emojis.rows.append([
                "_id": .string(id), "name": .string(name), "aliases": [], "extension": "png", "_updatedAt": .date(now),
            ])
            return id
        }
    }

    /// Deletes a custom emoji.
    package func deleteEmoji(_ id: String) {
        change { workspace, now in workspace.collections.emojis.remove(id, at: now) }
    }

    /// Ids of the rooms that exist, of one type (`c`, `p`, `d`, `l`) or all.
    package func rooms(ofType type: String? = nil) -> [String] {
        change { workspace, _ in
            workspace.rooms.filter { !$0.isRemoved && (type == nil || $0.type.rawValue == type) }.map(\.id)
        }
    }

    /// Ids of a room's members.
    package func members(of room: String) -> [String] {
        change { workspace, _ in
            workspace.rooms[workspace.existing(room: room)].members.keys.sorted().map { workspace.users[$0].id }
        }
    }

    /// Ids of the rooms whose messages `truth(.messages, for:)` and `.livechatMessages` are made of.
    package func readableRooms(for account: Account) -> [String] {
        change { workspace, _ in
            Truth(workspace: workspace, user: workspace.existing(user: account.userID)).readableRooms
                .map { workspace.rooms[$0].id }
        }
    }
}
