@testable import RocketChatSandbox

extension ServerAssertion {
    /// Writing routes: messages first, then rooms, teams and users. The tree of 8.6.1 that was read has no tests of its own;
    /// `WritingTests` holds that release to its handlers.
    static let writing: [ServerAssertion] =
        writtenMessages + marks + writtenRooms + leaving + files + writtenTeams + writtenUsers

    private static let writtenMessages: [ServerAssertion] = [
        ServerAssertion("chat.ts", ["6.13.1": 40, "7.2.0": 40, "7.10.0": 40]) { s in
            s.post("chat.postMessage", ["text": "Sample message"]).refused(400)
        },
        ServerAssertion("chat.ts", ["6.13.1": 469, "7.2.0": 469, "7.10.0": 468]) { s in
            s.post("chat.postMessage", ["channel": "the-channel", "text": "Sample message"])["message.msg"]
                == "Sample message"
        },
        ServerAssertion("chat.ts", ["6.13.1": 539, "7.2.0": 712, "7.10.0": 765]) { s in
            s.post("chat.sendMessage", ["message": ["text": "Sample message"]]).refused(
                400, text: "The 'rid' property on the message object is missing.")
        },
        ServerAssertion("chat.ts", ["6.13.1": 719, "7.2.0": 892, "7.10.0": 945]) { s in
            s.post(
                "chat.sendMessage", ["message": ["_id": "id-1", "rid": .string(s.channel), "msg": "Sample message"]])[
                    "message._id"] == "id-1"
        },
        ServerAssertion("chat.ts", ["6.13.1": 1155, "7.2.0": 1328, "7.10.0": 1381]) { s in
            s.post("chat.sendMessage", ["message": ["rid": "GENERAL", "msg": "x", "t": "subscription-role-added"]])
                .refused(400)
        },
        ServerAssertion("chat.ts", ["6.13.1": 1075, "7.2.0": 1248, "7.10.0": 1301]) { s in
            let room = s.post("channels.create", ["name": "quiet", "readOnly": true, "members": ["sandbox.user"]])
            return s.post(
                "chat.sendMessage", ["message": ["rid": room["channel._id"] ?? .null, "msg": "x"]], as: s.office.user
            ).refused(400, text: "You can't send messages because the room is readonly.")
        },
        ServerAssertion("chat.ts", ["7.2.0": 1602, "7.10.0": 1655]) { s in
            s.update(["msgId": .string(s.written), "text": "x"]).refused(400, "invalid-params")
        },
        ServerAssertion("chat.ts", ["7.2.0": 1618, "7.10.0": 1671]) { s in
            s.update(["roomId": .string(s.channel), "text": "x"]).refused(400, "invalid-params")
        },
        ServerAssertion("chat.ts", ["7.2.0": 1634, "7.10.0": 1687]) { s in
            s.update(["roomId": .string(s.channel), "msgId": .string(s.written)]).refused(400, "invalid-params")
        },
        ServerAssertion("chat.ts", ["7.2.0": 1650, "7.10.0": 1703]) { s in
            s.update(["roomId": .string(s.channel), "msgId": "invalid-id", "text": "x"]).refused(
                400, text: "No message found with the id of \"invalid-id\".")
        },
        ServerAssertion("chat.ts", ["7.2.0": 1667, "7.10.0": 1720]) { s in
            s.update(["roomId": "invalid-room", "msgId": .string(s.written), "text": "x"]).refused(
                400, text: "The room id provided does not match where the message is from.")
        },
        ServerAssertion("chat.ts", ["6.13.1": 1429, "7.2.0": 1684, "7.10.0": 1737]) { s in
            s.update(["roomId": .string(s.channel), "msgId": .string(s.written), "text": "edited"])["message.msg"]
                == "edited"
        },
        ServerAssertion("chat.ts", ["7.2.0": 1901, "7.10.0": 1954]) { s in
            s.delete(["roomId": .string(s.channel)]).refused(400, "invalid-params")
        },
        ServerAssertion("chat.ts", ["7.2.0": 1915, "7.10.0": 1968]) { s in
            s.delete(["msgId": .string(s.written)]).refused(400, "invalid-params")
        },
        ServerAssertion("chat.ts", ["7.2.0": 1929, "7.10.0": 1982]) { s in
            s.delete(["roomId": "invalid-room", "msgId": .string(s.written)]).refused(
                400, text: "The room id provided does not match where the message is from.")
        },
        ServerAssertion("chat.ts", ["7.2.0": 1944, "7.10.0": 1997]) { s in
            s.delete(["roomId": .string(s.channel), "msgId": "invalid-id"]).refused(
                400, text: "No message found with the id of \"invalid-id\".")
        },
        ServerAssertion("chat.ts", ["6.13.1": 1646, "7.2.0": 1959, "7.10.0": 2012]) { s in
            s.delete(["roomId": .string(s.channel), "msgId": .string(s.written)]).ok()
        },
        ServerAssertion("chat.ts", ["6.13.1": 1679, "7.2.0": 1992, "7.10.0": 2045]) { s in
            let message = s.post("of the user", in: s.channel, by: s.office.user)
            return s.delete(["roomId": .string(s.channel), "msgId": .string(message), "asUser": true]).ok()
        },
    ]

    private static let marks: [ServerAssertion] = [
        ServerAssertion("chat.ts", ["6.13.1": 1793, "7.2.0": 2106, "7.10.0": 2205]) { s in
            s.react(["emoji": ":squid:", "shouldReact": false]).ok()
        },
        ServerAssertion("chat.ts", ["6.13.1": 1809, "7.2.0": 2122, "7.10.0": 2221]) { s in
            s.react(["emoji": ":squid:", "shouldReact": true]).ok()
        },
        ServerAssertion("chat.ts", ["6.13.1": 1888, "7.2.0": 2201, "7.10.0": 2300]) { s in
            s.react(["emoji": "bee"]).ok()
        },
        ServerAssertion("chat.ts", ["6.13.1": 1903, "7.2.0": 2216, "7.10.0": 2315]) { s in
            s.react(["reaction": ":ant:"]).ok()
        },
        ServerAssertion("chat.ts", ["6.13.1": 2177, "7.2.0": 2490, "7.10.0": 2586]) { s in
            s.pinAndUnpin([])[0].refused(400)
        },
        ServerAssertion("chat.ts", ["6.13.1": 2239, "7.2.0": 2582, "7.10.0": 2678]) { s in
            s.pinAndUnpin([])[1].refused(400)
        },
        ServerAssertion("chat.ts", ["6.13.1": 2197, "7.2.0": 2525, "7.10.0": 2621]) { s in
            s.pinAndUnpin(["admin"])[0].ok("message")
        },
        ServerAssertion("chat.ts", ["6.13.1": 2259, "7.2.0": 2602, "7.10.0": 2698]) { s in
            s.pinAndUnpin(["admin"])[1].ok()
        },
        ServerAssertion("chat.ts", ["7.2.0": 2510, "7.10.0": 2606]) { s in
            s.post("chat.pinMessage", ["messageId": "test"]).refused(400)
        },
        ServerAssertion("chat.ts", ["7.2.0": 2543, "7.10.0": 2639]) { s in
            let message: JSON = ["messageId": .string(s.written)]
            return s.post("chat.pinMessage", message).ok() && s.post("chat.pinMessage", message).ok()
        },
        ServerAssertion("chat.ts", ["6.13.1": 2299, "7.2.0": 2642, "7.10.0": 2738]) { s in
            s.post("chat.unStarMessage", ["messageId": .string(s.written)]).ok()
        },
        ServerAssertion("chat.ts", ["6.13.1": 2339, "7.2.0": 2682, "7.10.0": 2778]) { s in
            s.post("chat.starMessage", ["messageId": .string(s.written)]).ok()
        },
    ]

    private static let writtenRooms: [ServerAssertion] = [
        ServerAssertion("channels.ts", ["6.13.1": 563, "7.2.0": 659, "7.10.0": 730]) { s in
            s.post("channels.create", ["name": "general"]).refused(400, "error-duplicate-channel-name")
        },
        ServerAssertion("channels.ts", ["6.13.1": 651, "7.2.0": 778, "7.10.0": 850]) { s in
            s.post("channels.create", ["name": "the-channel"]).error?.contains("error-duplicate-channel-name") == true
        },
        ServerAssertion("channels.ts", ["7.2.0": 725, "7.10.0": 796]) { s in
            s.createInTeam("channels", permitted: true).ok("channel")
        },
        ServerAssertion("channels.ts", ["7.2.0": 741, "7.10.0": 812]) { s in
            s.createInTeam("channels", permitted: false).isRefused
        },
        ServerAssertion("groups.ts", ["7.2.0": 294, "7.10.0": 294]) { s in
            s.createInTeam("groups", permitted: true).ok("group")
        },
        ServerAssertion("groups.ts", ["7.2.0": 310, "7.10.0": 310]) { s in
            s.createInTeam("groups", permitted: false).refused(400, "error-not-allowed")
        },
        ServerAssertion("groups.ts", ["6.13.1": 257, "7.2.0": 279, "7.10.0": 279]) { s in
            s.post("groups.create", ["name": "the-group"]).refused(400, "error-duplicate-channel-name")
        },
        ServerAssertion("channels.ts", ["7.2.0": 1949, "7.10.0": 2940]) { s in
            s.post("channels.delete", ["roomId": .string(s.channel)]).ok()
        },
        ServerAssertion("channels.ts", ["7.2.0": 1976, "7.10.0": 2967]) { s in
            s.deleteInTeam("channels", inTeam: false, inRoom: true).refused(400, "error-not-allowed")
        },
        ServerAssertion("channels.ts", ["7.2.0": 1992, "7.10.0": 2983]) { s in
            s.deleteInTeam("channels", inTeam: true, inRoom: false).refused(400, "error-not-allowed")
        },
        ServerAssertion("channels.ts", ["7.2.0": 2008, "7.10.0": 2999]) { s in
            s.deleteInTeam("channels", inTeam: true, inRoom: true).ok()
        },
        ServerAssertion("groups.ts", ["7.2.0": 1977, "7.10.0": 2071]) { s in
            s.deleteInTeam("groups", inTeam: true, inRoom: true).ok()
        },
        ServerAssertion("channels.ts", ["6.13.1": 267, "7.2.0": 268, "7.10.0": 269]) { s in
            s.post("channels.archive", ["roomId": .string(s.channel)]).ok()
        },
        ServerAssertion("channels.ts", ["6.13.1": 1131, "7.2.0": 1258, "7.10.0": 1636]) { s in
            s.post("channels.setTopic", ["roomId": .string(s.channel), "topic": "this is a topic"])["topic"]
                == "this is a topic"
        },
        ServerAssertion("rooms.ts", ["6.13.1": 2401, "7.2.0": 2473, "7.10.0": 2582]) { s in
            s.post("rooms.delete").refused(400, text: "The 'roomId' param is required")
        },
        ServerAssertion("rooms.ts", ["6.13.1": 2414, "7.2.0": 2486, "7.10.0": 2595]) { s in
            s.post("rooms.delete", ["roomId": .string(s.channel)]).ok()
        },
        ServerAssertion("rooms.ts", ["6.13.1": 2426, "7.2.0": 2498, "7.10.0": 2607]) { s in
            s.post("rooms.delete", ["roomId": "invalid"]).refused(400)
        },
    ]

    private static let leaving: [ServerAssertion] = [
        ServerAssertion("groups.ts", ["6.13.1": 657, "7.2.0": 849, "7.10.0": 886]) { s in
            s.kick().refused(400, "error-room-not-found")
        },
        ServerAssertion("groups.ts", ["6.13.1": 688, "7.2.0": 880, "7.10.0": 917]) { s in
            s.kick(by: s.office.user).ok()
        },
        ServerAssertion("groups.ts", ["6.13.1": 702, "7.2.0": 894, "7.10.0": 931]) { s in
            s.with("kick-user-from-any-p-room", ["admin"]).kick().ok()
        },
        ServerAssertion("groups.ts", ["6.13.1": 717, "7.2.0": 909, "7.10.0": 946]) { s in
            s.with("remove-user", ["admin", "moderator"]).kick(by: s.office.user).refused(400, "error-not-allowed")
        },
        ServerAssertion("groups.ts", ["6.13.1": 737, "7.2.0": 929, "7.10.0": 966]) { s in
            s.with("kick-user-from-any-p-room", ["admin"]).kick(owner: true).refused(400, "error-you-are-last-owner")
        },
        ServerAssertion("rooms.ts", ["6.13.1": 1483, "7.2.0": 1555, "7.10.0": 1664]) { s in
            s.post("rooms.leave", ["roomId": .string(s.direct)]).refused(400, "error-not-allowed")
        },
        ServerAssertion("rooms.ts", ["6.13.1": 1497, "7.2.0": 1569, "7.10.0": 1678]) { s in
            s.leave(isPrivate: false, alone: true).refused(400, "error-you-are-last-owner")
        },
        ServerAssertion("rooms.ts", ["6.13.1": 1511, "7.2.0": 1583, "7.10.0": 1692]) { s in
            s.leave(isPrivate: true, alone: true).refused(400, "error-you-are-last-owner")
        },
        ServerAssertion("rooms.ts", ["6.13.1": 1525, "7.2.0": 1597, "7.10.0": 1706]) { s in
            s.without("leave-c").leave(isPrivate: false, alone: false).refused(400, "error-not-allowed")
        },
        ServerAssertion("rooms.ts", ["6.13.1": 1541, "7.2.0": 1613, "7.10.0": 1722]) { s in
            s.without("leave-p").leave(isPrivate: true, alone: false).refused(400, "error-not-allowed")
        },
        ServerAssertion("rooms.ts", ["6.13.1": 1557, "7.2.0": 1629, "7.10.0": 1738]) { s in
            s.leave(isPrivate: false, alone: false).ok()
        },
        ServerAssertion("rooms.ts", ["6.13.1": 1584, "7.2.0": 1656, "7.10.0": 1765]) { s in
            s.leave(isPrivate: true, alone: false).ok()
        },
        ServerAssertion("rooms.ts", ["6.13.1": 1648, "7.2.0": 1720, "7.10.0": 1829]) { s in
            s.without("start-discussion").without("start-discussion-other-user").discuss([:]).refused(
                400, "error-action-not-allowed")
        },
        ServerAssertion("rooms.ts", ["6.13.1": 1671, "7.2.0": 1743, "7.10.0": 1852]) { s in
            s.post("rooms.createDiscussion").refused(400, text: "Body parameter \"prid\" is required.")
        },
        ServerAssertion("rooms.ts", ["6.13.1": 1683, "7.2.0": 1755, "7.10.0": 1864]) { s in
            s.post("rooms.createDiscussion", ["prid": .string(s.channel)]).refused(
                400, text: "Body parameter \"t_name\" is required.")
        },
        ServerAssertion("rooms.ts", ["6.13.1": 1697, "7.2.0": 1769, "7.10.0": 1878]) { s in
            s.discuss(["users": "invalid-type-of-users"]).refused(
                400, text: "Body parameter \"users\" must be an array.")
        },
        ServerAssertion("rooms.ts", ["6.13.1": 1713, "7.2.0": 1785, "7.10.0": 1894]) { s in
            s.discuss(["prid": "invalid-id"]).refused(400, "error-invalid-room")
        },
        ServerAssertion("rooms.ts", ["6.13.1": 1728, "7.2.0": 1800, "7.10.0": 1909]) { s in
            s.discuss(["pmid": "invalid-message"]).refused(400, "error-invalid-message")
        },
        ServerAssertion("rooms.ts", ["6.13.1": 1744, "7.2.0": 1816, "7.10.0": 1925]) { s in s.discusses() },
        ServerAssertion("rooms.ts", ["6.13.1": 1761, "7.2.0": 1833, "7.10.0": 1942]) { s in
            s.discusses(["reply": "reply from discussion tests"])
        },
        ServerAssertion("rooms.ts", ["6.13.1": 1779, "7.2.0": 1851, "7.10.0": 1960]) { s in
            s.discusses(["users": ["sandbox.user"]])
        },
        ServerAssertion("rooms.ts", ["6.13.1": 1798, "7.2.0": 1870, "7.10.0": 1979]) { s in
            s.discusses(["pmid": .string(s.written)])
        },
    ]

    private static let files: [ServerAssertion] = [
        ServerAssertion("rooms.ts", ["6.13.1": 123, "7.2.0": 123, "7.10.0": 136]) { s in
            s.office.upload("rooms.upload/\(s.channel)", [("test", "1024x1024.png", "image/png", "x")]).refused(
                400, "invalid-field", "[invalid-field]")
        },
        ServerAssertion("rooms.ts", ["6.13.1": 150, "7.2.0": 150, "7.10.0": 163]) { s in
            s.office.upload(
                "rooms.upload/\(s.channel)", [("file", "a.png", "image/png", "x"), ("file", "a.png", "image/png", "x")]
            ).refused(400, text: "Just 1 file is allowed")
        },
        ServerAssertion("rooms.ts", ["6.13.1": 435, "7.2.0": 435, "7.10.0": 448]) { s in
            s.office.upload("rooms.media/\(s.channel)", [("test", "1024x1024.png", "image/png", "x")]).refused(
                400, "invalid-field", "[invalid-field]")
        },
        ServerAssertion("rooms.ts", ["6.13.1": 480, "7.2.0": 480, "7.10.0": 493]) { s in
            let stored = s.office.upload("rooms.media/\(s.channel)", [("file", "1024x1024.png", "image/png", "x")])
            let id = stored["file._id"]?.text ?? ""
            let confirmed = s.post("rooms.mediaConfirm/\(s.channel)/\(id)")
            let attachment = confirmed.list("message.attachments").first
            return stored.ok("file.url") && confirmed.list("message.files").first?["name"] == "1024x1024.png"
                && attachment?["image_type"] == "image/png" && attachment?["title"] == "1024x1024.png"
        },
    ]

    private static let writtenTeams: [ServerAssertion] = [
        ServerAssertion("teams.ts", ["6.13.1": 80, "7.2.0": 88, "7.10.0": 88]) { s in
            let team =
                s.post("teams.create", ["name": "fresh", "type": 0, "members": ["sandbox.user"]])["team._id"]?.text
                ?? ""
            return s.get("teams.members", [("teamId", team)]).list("members")
                .contains { $0.value(at: "user.username") == "sandbox.user" }
        },
        ServerAssertion("teams.ts", ["6.13.1": 165, "7.2.0": 173, "7.10.0": 173]) { s in
            s.post("teams.create", ["name": "the-team", "type": 0]).refused(400, text: "team-name-already-exists")
        },
        ServerAssertion("teams.ts", ["7.2.0": 312, "7.10.0": 234]) { s in
            s.without("create-team").post("teams.create", ["name": "fresh", "type": 0]).refused(
                403, text: Scene.unpermitted)
        },
        ServerAssertion("teams.ts", ["6.13.1": 913, "7.2.0": 991, "7.10.0": 913]) { s in
            s.post("teams.removeMember", ["teamName": "the-team", "userId": .string(s.office.admin.userID)]).refused(
                400, text: "last-owner-can-not-be-removed")
        },
        ServerAssertion("teams.ts", ["6.13.1": 932, "7.2.0": 1010, "7.10.0": 932]) { s in
            s.post(
                "teams.removeMember", ["teamName": "the-team", "userId": .string(s.office.user.userID), "rooms": []]
            ).refused(400, "invalid-params")
        },
        ServerAssertion("teams.ts", ["6.13.1": 1030, "7.2.0": 1108, "7.10.0": 1030]) { s in
            s.post("teams.leave", ["teamName": "the-team"]).refused(400, text: "last-owner-can-not-be-removed")
        },
        ServerAssertion("teams.ts", ["6.13.1": 1082, "7.2.0": 1160, "7.10.0": 1082]) { s in
            s.post("teams.leave", ["teamName": "the-team", "rooms": []], as: s.office.user).refused(
                400, "invalid-params")
        },
        ServerAssertion("teams.ts", ["6.13.1": 1218, "7.2.0": 1296, "7.10.0": 1218]) { s in
            s.post("teams.delete", ["teamName": "the-team"]).ok()
                && s.get("channels.info", [("roomName", "the-team")]).refused(400, "error-room-not-found")
        },
        ServerAssertion("teams.ts", ["6.13.1": 1450, "7.2.0": 1528, "7.10.0": 1450]) { s in
            s.without("move-room-to-team").addRooms(to: s.publicTeam.team, by: s.office.admin).refused(
                403, text: "error-no-permission-team-channel")
        },
        ServerAssertion("teams.ts", ["6.13.1": 1470, "7.2.0": 1548, "7.10.0": 1470]) { s in
            let rooms = s.addRooms(to: s.publicTeam.team, by: s.office.admin).list("rooms")
            return rooms.count == 2 && rooms.allSatisfy { $0["teamId"] == .string(s.publicTeam.team) }
        },
    ]

    private static let writtenUsers: [ServerAssertion] = [
        ServerAssertion("direct-message.ts", ["6.13.1": 638, "7.2.0": 902, "7.10.0": 986]) { s in
            s.post("im.create", ["usernames": "sandbox.user,sandbox.agent"])["room.usernames"]?.elements?.count == 3
        },
        ServerAssertion("direct-message.ts", ["6.13.1": 656, "7.2.0": 920, "7.10.0": 1004]) { s in
            s.post("im.create", ["usernames": "sandbox.user,sandbox.agent", "excludeSelf": true])["room.usernames"]?
                .elements?.count == 2
        },
        ServerAssertion("direct-message.ts", ["6.13.1": 675, "7.2.0": 939, "7.10.0": 1023]) { s in
            s.post("im.create", ["username": "sandbox.admin"])["room.usernames"] == ["sandbox.admin"]
        },
        ServerAssertion("users.ts", ["6.13.1": 2989, "7.2.0": 2995, "7.10.0": 3214]) { s in s.deleteUser().ok() },
        ServerAssertion("users.ts", ["7.2.0": 2979, "7.10.0": 3198]) { s in
            s.without("delete-user").deleteUser().refused(403, text: Scene.unpermitted)
        },
        ServerAssertion("users.ts", ["6.13.1": 3022, "7.2.0": 3028, "7.10.0": 3247]) { s in
            s.deleteUser(owning: true).refused(400, "user-last-owner", "[user-last-owner]")
        },
        ServerAssertion("users.ts", ["6.13.1": 3055, "7.2.0": 3061, "7.10.0": 3280]) { s in
            let heirs = { s.get("channels.roles", [("roomName", "owned")]).list("roles") }
            return s.deleteUser(owning: true, relinquishing: true).ok() && heirs().count == 1
                && heirs()[0].value(at: "u._id") == .string(s.office.admin.userID)
        },
        ServerAssertion("users.ts", ["6.13.1": 4249, "7.2.0": 4258, "7.10.0": 4502]) { s in
            s.without("logout-other-user").post("users.logout", ["userId": .string(s.office.user.userID)]).refused(403)
        },
        ServerAssertion("users.ts", ["6.13.1": 4261, "7.2.0": 4270, "7.10.0": 4514]) { s in
            s.post("users.logout", ["userId": .string(s.office.user.userID)]).ok("message")
                && s.get("me", as: s.office.user).status == 401
        },
    ]
}
