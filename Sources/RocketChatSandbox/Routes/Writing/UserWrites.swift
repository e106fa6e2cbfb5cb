/// Users, written (8.6.1, `api/server/v1/users.ts`, `saveUser.ts`, `validateUserData.ts`, `deleteUser.ts`).
enum UserWrites {
    /// The family.
    static let all: [Route] = [
        .post(
            "users.create",
            body: .requiring(.text, "email", "name", "password", "username")
                .allowing(.flag, "active", "joinDefaultChannels", "requirePasswordChange", "setRandomPassword")
                .allowing(.flag, "sendWelcomeEmail", "verified").allowing(.list, "roles").allowing(
                    .object, "customFields"
                )
                .allowing(.text, "bio", "nickname", "statusText", "fields", "freeSwitchExtension").since(4, 8),
            handler: create),
        .post(
            "users.delete", permissions: ["delete-user"], handlerRefusal: .forbidden,
            body: .requiringOne(of: "userId", "username", "user").allowing(.flag, "confirmRelinquish").since(8, 3),
            handler: delete),
        .post(
            "users.setStatus", limit: RateLimit(calls: 5, interval: 60_000), handler: setStatus),
    ]

    private static func create(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard workspace.has("create-user", call.user) else {
            throw .thrown(
                "error-action-not-allowed", "Adding user is not allowed",
                details: ["method": "insertOrUpdateUser", "action": "Adding_user"])
        }
        let username = call.body.filled("username") ?? ""
        guard !username.isEmpty,
            username.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) })
        else {
            throw .thrown("error-input-is-not-a-valid-field", "\(username) is not a valid username")
        }
        let email = call.body.filled("email")
        for (value, isTaken) in [
            (username, workspace.user(named: username) != nil || workspace.teams.contains { $0.name == username }),
            (email ?? "", workspace.users.contains { !$0.isRemoved && $0.email != nil && $0.email == email }),
        ] where isTaken {
            throw .thrown("error-field-unavailable", "\(value) is already in use :(")
        }
        var user = User(
            id: workspace.newIdentifier(), username: username, name: call.body.filled("name"), kind: .user,
            roles: call.body["roles"] == nil ? ["user"] : call.body.texts("roles"), createdAt: call.now,
            updatedAt: call.now)
        user.email = email
        user.password = call.body.filled("password")
        user.bio = call.body.filled("bio")
        user.nickname = call.body.filled("nickname")
        user.active = call.body["active"]?.flag ?? true
        let index = workspace.add(user)
        if call.body["joinDefaultChannels"]?.flag ?? true {
            for room in workspace.rooms.indices where workspace.rooms[room].fields["default"]?.flag == true {
                if !workspace.rooms[room].isRemoved { workspace.join(room, index, at: call.now) }
            }
        }
        return JSONBuffer.success(["user": .object(UserRoutes.record(index, workspace, call.user))])
    }

    /// With the erasure setting `Delete`, as by default. Who alone owns rooms goes only with `confirmRelinquish`: rooms
    /// without other members go along, of others the member that has been there longest becomes the owner.
    /// The direct messages go with what both wrote, as in 6.14 (`bulkRoomCleanUp`), though here all at once.
    private static func delete(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let user = try workspace.person(call)
        if workspace.users[user].id == "rocket.cat" {
            throw .thrown("error-action-not-allowed", "Deleting the rocket.cat user is not allowed")
        }
        let owned = workspace.solelyOwned(by: user)
        if !owned.isEmpty, call.body["confirmRelinquish"]?.flag != true { throw .thrown("user-last-owner") }
        var deleted: [String] = []
        for room in owned {
            let heirs = workspace.rooms[room].members.filter { $0.key != user }
            guard let heir = heirs.min(by: { $0.value < $1.value })?.key else {
                deleted.append(workspace.rooms[room].id)
                workspace.deleteRoom(room, at: call.now)
                continue
            }
            workspace.setRole("owner", of: heir, in: room, to: true, by: user, at: call.now)
        }
        for room in workspace.joined(.direct, user) where workspace.rooms[room].members.count <= 2 {
            workspace.deleteRoom(room, at: call.now)
        }
        workspace.remove(user: user, erasing: true, at: call.now)
        return JSONBuffer.success(call.version < Version(8, 0) ? [:] : ["deletedRooms": .strings(deleted)])
    }

    private static func setStatus(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let status = call.body.filled("status") ?? workspace.users[call.user].status
        guard ["online", "away", "offline", "busy"].contains(status) else {
            throw .thrown("error-invalid-status", "Valid status types include online, away, offline, and busy.")
        }
        workspace.change(user: call.user, at: call.now) { user in
            user.status = status
            if let text = call.body["message"]?.text { user.statusText = text }
        }
        return JSONBuffer.success([:])
    }
}

extension Workspace {
    /// Channels and groups that nobody but that user owns.
    fileprivate func solelyOwned(by user: UserIndex) -> [RoomIndex] {
        memberships(of: user).filter { membership in
            guard membership.roles.contains("owner"), rooms[membership.room].type != .direct else { return false }
            return !rooms[membership.room].members.contains { other, index in
                other != user && subscriptions[index].roles.contains("owner")
            }
        }
        .map(\.room)
    }
}
