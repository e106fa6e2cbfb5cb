@testable import RocketChatSandbox

// What the server's tests of writing routes set up before they ask.
extension Scene {
    /// A message of the administrator in the channel.
    var written: String { post("to be changed", in: channel, by: office.admin) }

    func update(_ body: JSONObject) -> Office.Answer { post("chat.update", .object(body)) }

    func delete(_ body: JSONObject) -> Office.Answer { post("chat.delete", .object(body)) }

    func react(_ members: JSONObject) -> Office.Answer {
        let message: JSONObject = ["messageId": .string(written)]
        return post("chat.react", .object(message.merging(members)))
    }

    /// Pins a message and takes the pin back, after `pin-message` has been given to these roles.
    func pinAndUnpin(_ roles: [String]) -> [Office.Answer] {
        let scene = with("pin-message", roles)
        let message: JSON = ["messageId": .string(written)]
        return [scene.post("chat.pinMessage", message), scene.post("chat.unPinMessage", message)]
    }

    /// A group of a user's own with a member, and the answer to the administrator's or that user's attempt to remove one.
    func kick(by kicker: Account? = nil, member: Bool = true, owner: Bool = false) -> Office.Answer {
        let sandbox = office.sandbox
        let other = sandbox.createUser("to-be-kicked")
        let room = sandbox.createRoom("kick", isPrivate: true, by: office.user.userID, members: member ? [other] : [])
        let kicked = owner ? office.user.userID : other
        return post("groups.kick", ["roomId": .string(room), "userId": .string(kicked)], as: kicker)
    }

    /// The user leaves a room that it owns alone, or with the administrator.
    func leave(isPrivate: Bool, alone: Bool) -> Office.Answer {
        let room = office.sandbox.createRoom("leave", isPrivate: isPrivate, by: office.user.userID)
        if !alone {
            office.sandbox.change { workspace, now in
                let index = workspace.existing(room: room)
                workspace.subscribe(workspace.existing(user: office.admin.userID), to: index, roles: ["owner"], at: now)
            }
        }
        return post("rooms.leave", ["roomId": .string(room)], as: office.user)
    }

    func discuss(_ members: JSONObject) -> Office.Answer {
        let body: JSONObject = ["prid": .string(channel), "t_name": "discussion"]
        return post("rooms.createDiscussion", .object(body.merging(members)))
    }

    /// Whether a discussion with these members is answered with.
    func discusses(_ members: JSONObject = [:]) -> Bool {
        let answer = discuss(members)
        return answer["discussion.prid"] == .string(channel) && answer["discussion.fname"] == "discussion"
    }

    /// Deletes a channel of the team as its user, after the role `user` has been given or denied these permissions.
    func deleteInTeam(_ family: String, inTeam: Bool, inRoom: Bool) -> Office.Answer {
        let kind = family == "channels" ? "channel" : "group"
        let room = office.sandbox.createRoom(
            "doomed", isPrivate: kind == "group", by: office.admin.userID, inTeam: publicTeam.team)
        office.sandbox.join(room, office.user.userID)
        return with("delete-team-\(kind)", inTeam ? ["user"] : []).with(
            "delete-\(kind.prefix(1) == "c" ? "c" : "p")", inRoom ? ["user"] : []
        )
        .post("\(family).delete", ["roomId": .string(room)], as: office.user)
    }

    func createInTeam(_ family: String, permitted: Bool) -> Office.Answer {
        let permission = family == "channels" ? "create-team-channel" : "create-team-group"
        return with(permission, permitted ? ["user"] : []).post(
            "\(family).create", ["name": "in-team", "extraData": ["teamId": .string(publicTeam.team)]], as: office.user)
    }

    /// Adds a channel and a group of the user's own to a team.
    func addRooms(to team: String, by account: Account) -> Office.Answer {
        let rooms = [false, true].map { office.sandbox.createRoom("added-\($0)", isPrivate: $0, by: account.userID) }
        return post("teams.addRooms", ["teamId": .string(team), "rooms": .strings(rooms)], as: account)
    }

    /// A new user, with a room of its own where it is to be the last owner, and the answer to its removal.
    func deleteUser(owning: Bool = false, relinquishing: Bool = false) -> Office.Answer {
        let id = office.sandbox.createUser("to-be-deleted")
        if owning { office.sandbox.createRoom("owned", by: id, members: [office.admin.userID]) }
        return post("users.delete", ["userId": .string(id), "confirmRelinquish": .bool(relinquishing)])
    }
}
