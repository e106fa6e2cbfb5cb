@testable import RocketChatSandbox

extension ServerAssertion {
    /// Messages, groups and direct messages.
    static let messages: [ServerAssertion] = messages1 + messages2 + messages3

    private static let messages1: [ServerAssertion] = [
        ServerAssertion("chat.ts", ["7.2.0": 3161, "7.10.0": 3255, "8.6.1": 3809]) { s in
            s.get("chat.syncMessages").refused(
                400, s.isTyped ? "error-invalid-params" : "invalid-params", "must have required property 'roomId'")
        },
        ServerAssertion("chat.ts", ["7.2.0": 3175, "7.10.0": 3269, "8.6.1": 3823]) { s in
            s.sync([]).refused(
                400, "error-param-required", "The \"type\" or \"lastUpdate\" parameters must be provided")
        },
        ServerAssertion("chat.ts", ["7.2.0": 3287, "7.10.0": 3381, "8.6.1": 3935]) { s in
            s.sync([]).refused(
                400, "error-param-required", "The \"type\" or \"lastUpdate\" parameters must be provided")
        },
        ServerAssertion("chat.ts", ["7.2.0": 3190, "7.10.0": 3284, "8.6.1": 3838]) { s in
            s.get("chat.syncMessages", [("roomId", "invalid-room"), ("lastUpdate", "invalid-date")]).refused(
                400, "error-lastUpdate-param-invalid", "The \"lastUpdate\" query parameter must be a valid date")
        },
        ServerAssertion("chat.ts", ["7.2.0": 3205, "7.10.0": 3299, "8.6.1": 3853]) { s in
            s.get("chat.syncMessages", [("roomId", "invalid-room"), ("lastUpdate", s.now)]).refused(
                400, "error-not-allowed", "Not allowed")
        },
        ServerAssertion("chat.ts", ["7.2.0": 3220, "7.10.0": 3314, "8.6.1": 3868]) { s in
            s.sync([("type", "invalid-type"), ("next", s.now)]).refused(
                400, s.isTyped ? "error-invalid-params" : "invalid-params", "must be equal to one of the allowed values"
            )
        },
        ServerAssertion("chat.ts", ["7.2.0": 3235, "7.10.0": 3329, "8.6.1": 3883]) { s in
            ["next", "previous"].allSatisfy {
                s.sync([($0, s.now)]).refused(
                    400, "error-param-required", "The \"type\" or \"lastUpdate\" parameters must be provided")
            }
        },
        ServerAssertion("chat.ts", ["7.2.0": 3257, "7.10.0": 3351, "8.6.1": 3905]) { s in
            s.sync([("type", "UPDATED"), ("next", s.now), ("previous", s.now)]).refused(
                400, "error-cursor-conflict", "You cannot provide both \"next\" and \"previous\" parameters")
        },
        ServerAssertion("chat.ts", ["7.2.0": 3272, "7.10.0": 3366, "8.6.1": 3920]) { s in
            s.sync([("type", "UPDATED"), ("next", s.now), ("lastUpdate", s.now)]).refused(
                400, "error-cursor-and-lastUpdate-conflict",
                "The attributes \"next\", \"previous\" and \"lastUpdate\" cannot be used together")
        },
        ServerAssertion("chat.ts", ["7.2.0": 3302, "7.10.0": 3396, "8.6.1": 3950]) { s in
            s.sync([("lastUpdate", s.now)]).isEmpty("result.updated", "result.deleted")
        },
        ServerAssertion("chat.ts", ["7.2.0": 3319, "7.10.0": 3413, "8.6.1": 3967]) { s in s.updatesAndDeletions() },
        ServerAssertion("chat.ts", ["7.2.0": 3348, "7.10.0": 3442, "8.6.1": 3996]) { s in s.updatesByCursor() },
        ServerAssertion("chat.ts", ["7.2.0": 3396, "7.10.0": 3490, "8.6.1": 4044]) { s in s.deletionsByCursor() },
        ServerAssertion("chat.ts", ["6.13.1": 2042, "7.2.0": 2355, "7.10.0": 2454, "8.6.1": 3008]) { s in
            s.deletedMessages([]).has("messages", 1)
        },
        ServerAssertion("chat.ts", ["6.13.1": 2059, "7.2.0": 2372, "7.10.0": 2471, "8.6.1": 3025]) { s in
            s.deletedMessages([("count", "1")]).has("messages", 1)
        },
        ServerAssertion("chat.ts", ["6.13.1": 2077, "7.2.0": 2390, "7.10.0": 2489, "8.6.1": 3043]) { s in
            s.deletedMessages([("count", "1"), ("offset", "0")]).has("messages", 1)
        },
        ServerAssertion("chat.ts", ["6.13.1": 2099, "7.2.0": 2412]) { s in
            s.get("chat.getDeletedMessages", [("since", "2018-12-20T17:51:00.000Z"), ("count", "1")]).refused(
                400, "The required \"roomId\" query param is missing.")
        },
        ServerAssertion("chat.ts", ["7.10.0": 2511, "8.6.1": 3065]) { s in
            s.get("chat.getDeletedMessages", [("since", "2018-12-20T17:51:00.000Z"), ("count", "1")]).refused(400)
        },
        ServerAssertion("chat.ts", ["6.13.1": 2116, "7.2.0": 2429, "7.10.0": 2527, "8.6.1": 3081]) { s in
            s.get("chat.getDeletedMessages", [("roomId", s.channel)]).refused(
                400, s.isOld ? "The required \"since\" query param is missing." : nil)
        },
        ServerAssertion("chat.ts", ["6.13.1": 2133, "7.2.0": 2446, "7.10.0": 2543, "8.6.1": 3097]) { s in
            s.get("chat.getDeletedMessages", [("roomId", s.channel), ("since", "InvalidaDate")]).refused(
                400, s.isOld ? "The \"since\" query parameter must be a valid date." : nil)
        },
        ServerAssertion("groups.ts", ["6.13.1": 405, "7.2.0": 458, "7.10.0": 458, "8.6.1": 458]) { s in
            s.starIsOwn("groups.messages", s.group, [])
        },
        ServerAssertion("groups.ts", ["6.13.1": 423, "7.2.0": 476, "7.10.0": 476, "8.6.1": 476]) { s in
            s.starIsOwn("groups.messages", s.group, [("count", "5"), ("offset", "0")])
        },
        ServerAssertion("direct-message.ts", ["6.13.1": 158, "7.2.0": 159, "7.10.0": 160, "8.6.1": 217]) { s in
            s.starIsOwn("im.messages", s.direct, [])
        },
        ServerAssertion("groups.ts", ["6.13.1": 1758, "7.2.0": 2049, "7.10.0": 2143, "8.6.1": 2434]) { s in
            s.rolesOfTwo("groups.roles", isPrivate: true)
        },
        ServerAssertion("groups.ts", ["7.2.0": 555, "7.10.0": 555, "8.6.1": 558]) { s in
            s.five("groups.messages", s.group, [("mentionIds", s.office.user.userID)]).has("messages", 1, total: 1)
        },
    ]

    private static let messages2: [ServerAssertion] = [
        ServerAssertion("groups.ts", ["7.2.0": 575, "7.10.0": 575, "8.6.1": 578]) { s in
            s.five("groups.messages", s.group, [("mentionIds", s.office.user.userID + "," + s.office.admin.userID)])
                .has("messages", 2, total: 2)
        },
        ServerAssertion("groups.ts", ["7.2.0": 596, "7.10.0": 596, "8.6.1": 599]) { s in
            s.five("groups.messages", s.group, [("starredIds", s.office.admin.userID)]).has("messages", 1, total: 1)
        },
        ServerAssertion("groups.ts", ["7.2.0": 615, "7.10.0": 615, "8.6.1": 618]) { s in
            s.five("groups.messages", s.group, [("pinned", "true")]).first("messages", "pinned", "pinnedBy._id")
                && s.get("groups.messages", [("roomId", s.group), ("pinned", "true")]).has("messages", 1, total: 1)
        },
        ServerAssertion("groups.ts", ["8.6.1": 686]) { s in s.keptHistory("groups.messages", s.group, []).isPlain(5) },
        ServerAssertion("groups.ts", ["8.6.1": 705]) { s in
            s.keptHistory("groups.messages", s.group, [("pinned", "true")]).has("messages", 0, total: 0)
        },
        ServerAssertion("groups.ts", ["8.6.1": 723]) { s in
            s.keptHistory("groups.messages", s.group, [], edits: true).isPlain(5)
        },
        ServerAssertion("direct-message.ts", ["7.2.0": 540, "7.10.0": 624, "8.6.1": 785]) { s in
            s.five("im.messages", s.direct, [("mentionIds", s.office.user.userID)]).has("messages", 1, total: 1)
        },
        ServerAssertion("direct-message.ts", ["7.2.0": 560, "7.10.0": 644, "8.6.1": 805]) { s in
            s.five("im.messages", s.direct, [("mentionIds", s.office.user.userID + "," + s.office.admin.userID)]).has(
                "messages", 2, total: 2)
        },
        ServerAssertion("direct-message.ts", ["7.2.0": 581, "7.10.0": 665, "8.6.1": 826]) { s in
            s.five("im.messages", s.direct, [("starredIds", s.office.admin.userID)]).has("messages", 1, total: 1)
        },
        ServerAssertion("direct-message.ts", ["7.2.0": 600, "7.10.0": 684, "8.6.1": 845]) { s in
            s.five("im.messages", s.direct, [("pinned", "true")]).first("messages", "pinned", "pinnedBy._id")
                && s.get("im.messages", [("roomId", s.direct), ("pinned", "true")]).has("messages", 1, total: 1)
        },
        ServerAssertion("direct-message.ts", ["8.6.1": 876]) { s in
            s.keptHistory("im.messages", s.direct, []).isPlain(5)
        },
        ServerAssertion("direct-message.ts", ["8.6.1": 895]) { s in
            s.keptHistory("im.messages", s.direct, [("pinned", "true")]).has("messages", 0, total: 0)
        },
        ServerAssertion("direct-message.ts", ["8.6.1": 913]) { s in
            s.keptHistory("im.messages", s.direct, [], edits: true).isPlain(5)
        },
        ServerAssertion("groups.ts", ["7.2.0": 541, "7.10.0": 541, "8.6.1": 544]) { s in
            s.five("groups.messages", s.group).has("messages", 5)
        },
        ServerAssertion("groups.ts", ["7.10.0": 636, "8.6.1": 639]) { s in
            s.five("groups.messages", s.group).status == 200
                && s.get("groups.messages", [("roomName", "the-group")]).has("messages", 5)
        },
        ServerAssertion("groups.ts", ["7.10.0": 650, "8.6.1": 653]) { s in
            s.get("groups.messages", [("roomId", s.group), ("roomName", "the-group")]).refused(400, "invalid-params")
        },
        ServerAssertion("groups.ts", ["6.13.1": 985, "7.2.0": 1177, "7.10.0": 1214, "8.6.1": 1390]) { s in
            s.get("groups.list").ok("groups", "count", "total")
        },
        ServerAssertion("groups.ts", ["6.13.1": 999, "7.2.0": 1191, "7.10.0": 1228, "8.6.1": 1404]) { s in
            s.loner().get("groups.list", as: s.office.agent).has("groups", 0, total: 0)
        },
        ServerAssertion("groups.ts", ["6.13.1": 1112, "7.2.0": 1310, "7.10.0": 1347, "8.6.1": 1523]) { s in
            s.get("groups.members", [("roomId", s.group)]).ok("members", "count", "total", "offset")
        },
        ServerAssertion("groups.ts", ["6.13.1": 1130, "7.2.0": 1328, "7.10.0": 1365, "8.6.1": 1541]) { s in
            s.get("groups.members", [("roomId", s.group), ("count", "5"), ("offset", "0")]).ok(
                "members", "count", "total", "offset")
        },
        ServerAssertion("groups.ts", ["6.13.1": 1171, "7.2.0": 1362, "7.10.0": 1399, "8.6.1": 1575]) { s in
            s.get("groups.listAll").ok("groups")
        },
        ServerAssertion("groups.ts", ["6.13.1": 1157, "7.2.0": 1374, "7.10.0": 1411, "8.6.1": 1587]) { s in
            s.without("view-room-administration").get("groups.listAll").refused(
                403, text: s.version.hasPrefix("6") ? "unauthorized" : Scene.unpermitted)
        },
        ServerAssertion("direct-message.ts", ["8.6.1": 355]) { s in
            s.five("im.messages", s.direct).status == 200
                && s.get("im.list", [("count", "0")]).first(
                    "ims", where: s.direct, "_id", "t", "msgs", "usernames", "lm", "_updatedAt", "ts", "lastMessage")
        },
        ServerAssertion("direct-message.ts", ["6.13.1": 194, "7.2.0": 195, "7.10.0": 196]) { s in
            s.five("im.messages", s.direct).status == 200
                && s.get("im.list", [("count", "0")]).first(
                    "ims", where: s.direct, "_id", "t", "msgs", "usernames", "lm", "_updatedAt", "ts", "lastMessage")
        },
        ServerAssertion("direct-message.ts", ["7.2.0": 228, "7.10.0": 229, "8.6.1": 388]) { s in
            s.five("im.messages", s.direct).status == 200
                && s.get("im.list.everyone", [("count", "0")]).first(
                    "ims", where: s.direct, "_id", "t", "msgs", "usernames", "ro", "sysMes", "_updatedAt", "ts",
                    "lastMessage")
        },
    ]

    private static let messages3: [ServerAssertion] = [
        ServerAssertion("direct-message.ts", ["6.13.1": 218]) { s in
            s.five("im.messages", s.direct).status == 200
                && s.get("im.list.everyone", [("count", "0")]).first(
                    "ims", where: s.direct, "_id", "t", "msgs", "usernames", "ro", "sysMes", "_updatedAt", "ts",
                    "lastMessage")
        },
        ServerAssertion("direct-message.ts", ["7.2.0": 252, "7.10.0": 253, "8.6.1": 412]) { s in
            s.without("view-room-administration").get("im.list.everyone").refused(403, text: Scene.unpermitted)
        },
        ServerAssertion("direct-message.ts", ["6.13.1": 247, "7.2.0": 270, "7.10.0": 271, "8.6.1": 430]) { s in
            s.five("im.messages", s.direct).status == 200
                && s.get("im.list", [("count", "0")]).first("ims", where: s.direct, "lastMessage.u.name")
        },
        ServerAssertion("direct-message.ts", ["6.13.1": 277, "7.2.0": 300, "7.10.0": 301, "8.6.1": 460]) { s in
            s.five("im.messages", s.direct).status == 200
                && s.get("im.list.everyone", [("count", "0")]).first("ims", where: s.direct, "lastMessage.u.name")
        },
        ServerAssertion("direct-message.ts", ["6.13.1": 350, "7.2.0": 511, "7.10.0": 544, "8.6.1": 705]) { s in
            s.get("im.messages", [("username", "sandbox.user")], as: s.office.user).ok("messages")
        },
        ServerAssertion("direct-message.ts", ["7.10.0": 560, "8.6.1": 721]) { s in
            s.isSorted(s.five("im.messages", s.direct).list("messages").compactMap { $0["ts"]?.text })
        },
        ServerAssertion("direct-message.ts", ["7.10.0": 579, "8.6.1": 740]) { s in s.sortsByAuthor() },
        ServerAssertion("direct-message.ts", ["7.2.0": 527, "7.10.0": 611, "8.6.1": 772]) { s in
            s.get("im.messages", [("roomId", s.direct)], as: s.office.agent).refused(403, text: "unauthorized")
        },
        ServerAssertion("direct-message.ts", ["6.13.1": 547, "7.2.0": 811, "7.10.0": 895, "8.6.1": 1131]) { s in
            s.get("im.members", [("roomId", s.direct)]).has("members", 2, total: 2)
        },
        ServerAssertion("direct-message.ts", ["6.13.1": 565, "7.2.0": 829, "7.10.0": 913, "8.6.1": 1149]) { s in
            s.get("im.members", [("username", "sandbox.user")]).has("members", 2, total: 2)
        },
        ServerAssertion("direct-message.ts", ["6.13.1": 583, "7.2.0": 847, "7.10.0": 931, "8.6.1": 1167]) { s in
            s.onlineInDirect().has("members", 1, total: 1)
        },
    ]
}
