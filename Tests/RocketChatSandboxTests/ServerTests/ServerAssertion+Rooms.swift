@testable import RocketChatSandbox

extension ServerAssertion {
    /// Channels, rooms of all types and their members.
    static let rooms: [ServerAssertion] = rooms1 + rooms2 + rooms3 + rooms4

    private static let rooms1: [ServerAssertion] = [
        ServerAssertion("rooms.ts", ["6.13.1": 28, "7.2.0": 28, "7.10.0": 41, "8.6.1": 46]) { s in
            s.get("rooms.get").ok("update", "remove")
        },
        ServerAssertion("rooms.ts", ["6.13.1": 41, "7.2.0": 41, "7.10.0": 54, "8.6.1": 59]) { s in
            s.get("rooms.get", [("updatedSince", s.now)]).isEmpty("update", "remove")
        },
        ServerAssertion("rooms.ts", ["6.13.1": 2136, "7.2.0": 2208, "7.10.0": 2317, "8.6.1": 2399]) { s in
            s.without("view-room-administration").get("rooms.adminRooms").refused(400, text: "error-not-authorized")
        },
        ServerAssertion("rooms.ts", ["6.13.1": 2150, "7.2.0": 2222, "7.10.0": 2331, "8.6.1": 2413]) { s in
            s.get("rooms.adminRooms").ok("rooms", "offset", "total", "count")
        },
        ServerAssertion("rooms.ts", ["6.13.1": 2164, "7.2.0": 2236, "7.10.0": 2345, "8.6.1": 2427]) { s in
            s.get("rooms.adminRooms", [("count", "5"), ("offset", "0")]).ok("rooms", "offset", "total", "count")
        },
        ServerAssertion("rooms.ts", ["6.13.1": 2182, "7.2.0": 2254, "7.10.0": 2363, "8.6.1": 2445]) { s in
            s.adminRooms("tïsti", named: "ünïcödë tïsti")
        },
        ServerAssertion("rooms.ts", ["6.13.1": 2203, "7.2.0": 2275, "7.10.0": 2384, "8.6.1": 2466]) { s in
            s.adminRooms("the-group", named: "the-group")
        },
        ServerAssertion("rooms.ts", ["6.13.1": 2224, "7.2.0": 2296, "7.10.0": 2405, "8.6.1": 2487]) { s in
            s.adminRoomsOfTypeP()
        },
        ServerAssertion("rooms.ts", ["6.13.1": 2242, "7.2.0": 2314, "7.10.0": 2423, "8.6.1": 2505]) { s in
            s.get("rooms.adminRooms", [("filter", "the-group")]).list("rooms").map { $0["name"] } == ["the-group"]
        },
        ServerAssertion("rooms.ts", ["6.13.1": 2258, "7.2.0": 2330, "7.10.0": 2439, "8.6.1": 2521]) { s in
            s.get("rooms.adminRooms", [("filter", "the-group"), ("types[]", "p")]).list("rooms").map { $0["name"] } == [
                "the-group"
            ]
        },
        ServerAssertion("rooms.ts", ["6.13.1": 2275, "7.2.0": 2347, "7.10.0": 2456, "8.6.1": 2538]) { s in
            s.get("rooms.adminRooms", [("filter", "the-group"), ("types[]", "c")]).has("rooms", 0)
        },
        ServerAssertion("rooms.ts", ["6.13.1": 2291, "7.2.0": 2363, "7.10.0": 2472, "8.6.1": 2554]) { s in
            s.isSorted(s.get("rooms.adminRooms", [("sort", #"{"ts":-1}"#)]).list("rooms").compactMap { $0["ts"]?.text })
        },
        ServerAssertion("rooms.ts", ["7.10.0": 3786, "8.6.1": 4027]) { s in
            s.staff().first == ["owner", "leader", "moderator", "member1", "member2"]
        },
        ServerAssertion("rooms.ts", ["7.10.0": 3812, "8.6.1": 4053]) { s in
            s.staff([("sort", #"{"rolePriority":-1}"#)]).first == [
                "member1", "member2", "moderator", "leader", "owner",
            ]
        },
        ServerAssertion("rooms.ts", ["7.10.0": 3833, "8.6.1": 4074]) { s in
            s.staff([("count", "2"), ("offset", "0")]) == (["owner", "leader"], 5)
        },
        ServerAssertion("rooms.ts", ["7.10.0": 3850, "8.6.1": 4091]) { s in
            s.staff([("filter", "member1")]).first == ["member1"]
        },
        ServerAssertion("rooms.ts", ["7.10.0": 3866, "8.6.1": 4107]) { s in
            s.staff([("status[]", "SomeRandomStatus")]).first.isEmpty
        },
        ServerAssertion("rooms.ts", ["7.10.0": 3881, "8.6.1": 4122]) { s in
            s.staff([("sort", #"{"username":-1}"#)]).first == ["owner", "leader", "moderator", "member2", "member1"]
        },
        ServerAssertion("rooms.ts", ["7.10.0": 3949, "8.6.1": 4190]) { s in
            s.staff(online: "member2").first == ["owner", "leader", "moderator", "member2", "member1"]
        },
        ServerAssertion("rooms.ts", ["7.10.0": 4385, "8.6.1": 4630]) { s in
            s.get("rooms.roles", [("rid", s.channel)]).list("roles").first?["roles"] == ["owner"]
        },
        ServerAssertion("channels.ts", ["7.2.0": 357, "7.10.0": 358, "8.6.1": 358]) { s in
            s.get("channels.list").ok("channels", "count", "total")
        },
        ServerAssertion("channels.ts", ["6.13.1": 342]) { s in s.get("channels.list").ok("channels", "count", "total")
        },
        ServerAssertion("channels.ts", ["7.2.0": 371, "7.10.0": 372, "8.6.1": 372]) { s in
            s.get("channels.list", [("_id", s.channel)]).has("channels", 1)
        },
        ServerAssertion("channels.ts", ["7.2.0": 388, "7.10.0": 389, "8.6.1": 389]) { s in
            s.without("view-c-room").without("view-joined-room").get("channels.list").refused(
                403, text: Scene.unpermitted)
        },
        ServerAssertion("channels.ts", ["7.2.0": 402, "7.10.0": 403, "8.6.1": 403]) { s in
            s.without("view-c-room").with("view-joined-room", ["admin"]).get("channels.list").ok(
                "channels", "count", "total")
        },
    ]

    private static let rooms2: [ServerAssertion] = [
        ServerAssertion("channels.ts", ["7.2.0": 418, "7.10.0": 419, "8.6.1": 419]) { s in
            s.with("view-c-room", ["admin"]).without("view-joined-room").get("channels.list").ok(
                "channels", "count", "total")
        },
        ServerAssertion("channels.ts", ["7.10.0": 435, "8.6.1": 435]) { s in
            s.get("channels.list").ids("channels") != s.get("channels.list", [("offset", "1")]).ids("channels")
        },
        ServerAssertion("channels.ts", ["6.13.1": 770, "7.2.0": 897, "7.10.0": 969, "8.6.1": 969]) { s in
            s.starIsOwn("channels.messages", s.channel, [])
        },
        ServerAssertion("channels.ts", ["6.13.1": 789, "7.2.0": 916, "7.10.0": 988, "8.6.1": 988]) { s in
            s.starIsOwn("channels.messages", s.channel, [("count", "5"), ("offset", "0")])
        },
        ServerAssertion("channels.ts", ["6.13.1": 1291, "7.2.0": 1418, "7.10.0": 1796, "8.6.1": 1896]) { s in
            s.get("channels.members", [("roomId", s.channel)]).ok("members", "count", "total", "offset")
        },
        ServerAssertion("channels.ts", ["6.13.1": 1310, "7.2.0": 1437, "7.10.0": 1815, "8.6.1": 1915]) { s in
            s.get("channels.members", [("roomId", s.channel), ("count", "5"), ("offset", "0")]).ok(
                "members", "count", "total", "offset")
        },
        ServerAssertion("channels.ts", ["6.13.1": 1331, "7.2.0": 1458, "7.10.0": 1836, "8.6.1": 1936]) { s in
            s.get("channels.members", [("roomId", s.channel), ("filter", "sandbox.user")]).list("members").map {
                $0["_id"]
            } == [.string(s.office.user.userID)]
        },
        ServerAssertion("channels.ts", ["6.13.1": 1889, "7.2.0": 2105, "7.10.0": 3096, "8.6.1": 3395]) { s in
            s.rolesOfTwo("channels.roles", isPrivate: false)
        },
        ServerAssertion("channels.ts", ["7.2.0": 2510, "7.10.0": 3910, "8.6.1": 4241]) { s in
            s.get("channels.messages", [("roomId", s.channel)]).has("messages", 0, total: 0)
        },
        ServerAssertion("channels.ts", ["7.2.0": 2527, "7.10.0": 3927, "8.6.1": 4258]) { s in
            s.five("channels.messages", s.channel).has("messages", 5, total: 5)
        },
        ServerAssertion("channels.ts", ["7.2.0": 2547, "7.10.0": 3947, "8.6.1": 4278]) { s in
            s.without("view-c-room").get("channels.messages", [("roomId", s.channel)]).refused(
                403, text: Scene.unpermitted)
        },
        ServerAssertion("channels.ts", ["7.2.0": 2564, "7.10.0": 3964, "8.6.1": 4295]) { s in
            s.five("channels.messages", s.channel, [("mentionIds", s.office.user.userID)]).has("messages", 1, total: 1)
        },
        ServerAssertion("channels.ts", ["7.2.0": 2584, "7.10.0": 3984, "8.6.1": 4315]) { s in
            s.five("channels.messages", s.channel, [("mentionIds", s.office.user.userID + "," + s.office.admin.userID)])
                .has("messages", 2, total: 2)
        },
        ServerAssertion("channels.ts", ["7.2.0": 2605, "7.10.0": 4005, "8.6.1": 4336]) { s in
            s.five("channels.messages", s.channel, [("starredIds", s.office.admin.userID)]).has("messages", 1, total: 1)
        },
        ServerAssertion("channels.ts", ["7.2.0": 2626, "7.10.0": 4026, "8.6.1": 4357]) { s in
            s.five("channels.messages", s.channel, [("pinned", "true")]).first("messages", "pinned", "pinnedBy._id")
                && s.get("channels.messages", [("roomId", s.channel), ("pinned", "true")]).has("messages", 1, total: 1)
        },
        ServerAssertion("channels.ts", ["8.6.1": 4387]) { s in
            s.keptHistory("channels.messages", s.channel, []).isPlain(5)
        },
        ServerAssertion("channels.ts", ["8.6.1": 4406]) { s in
            s.keptHistory("channels.messages", s.channel, [("pinned", "true")]).has("messages", 0, total: 0)
        },
        ServerAssertion("channels.ts", ["8.6.1": 4424]) { s in
            s.keptHistory("channels.messages", s.channel, [], edits: true).isPlain(5)
        },
        ServerAssertion("channels.ts", ["7.10.0": 1970, "8.6.1": 2070]) { s in
            s.visibility("channels.members", "privateChannel", as: "outsider") == 400
        },
        ServerAssertion("channels.ts", ["7.10.0": 1982, "8.6.1": 2082]) { s in
            s.visibility("channels.members", "privateChannel", as: "inside") == 400
        },
        ServerAssertion("channels.ts", ["7.10.0": 1993, "8.6.1": 2093]) { s in
            s.visibility("channels.members", "publicChannel", as: "inside") == 200
        },
        ServerAssertion("channels.ts", ["7.10.0": 2005, "8.6.1": 2105]) { s in
            s.visibility("channels.members", "publicChannel", as: "outsider") == 200
        },
        ServerAssertion("channels.ts", ["7.10.0": 2018, "8.6.1": 2118]) { s in
            s.visibility("channels.members", "privateChannelInPublicTeam", as: "inside") == 400
        },
        ServerAssertion("channels.ts", ["7.10.0": 2030, "8.6.1": 2130]) { s in
            s.visibility("channels.members", "privateChannelInPublicTeam", as: "outsider") == 400
        },
        ServerAssertion("channels.ts", ["7.10.0": 2042, "8.6.1": 2142]) { s in
            s.visibility("channels.members", "privateChannelInPublicTeam", as: "nonTeam") == 400
        },
    ]

    private static let rooms3: [ServerAssertion] = [
        ServerAssertion("channels.ts", ["7.10.0": 2054, "8.6.1": 2154]) { s in
            s.visibility("channels.members", "publicChannelInPublicTeam", as: "inside") == 200
        },
        ServerAssertion("channels.ts", ["7.10.0": 2067, "8.6.1": 2167]) { s in
            s.visibility("channels.members", "publicChannelInPublicTeam", as: "outsider") == 200
        },
        ServerAssertion("channels.ts", ["7.10.0": 2080, "8.6.1": 2180]) { s in
            s.visibility("channels.members", "publicChannelInPublicTeam", as: "nonTeam") == 200
        },
        ServerAssertion("channels.ts", ["7.10.0": 2093, "8.6.1": 2193]) { s in
            s.visibility("channels.members", "publicChannelInPrivateTeam", as: "inside") == 200
        },
        ServerAssertion("channels.ts", ["7.10.0": 2106, "8.6.1": 2206]) { s in
            s.visibility("channels.members", "publicChannelInPrivateTeam", as: "outsider") == 200
        },
        ServerAssertion("channels.ts", ["7.10.0": 2119, "8.6.1": 2219]) { s in
            s.visibility("channels.members", "publicChannelInPrivateTeam", as: "nonTeam") == 403
        },
        ServerAssertion("channels.ts", ["7.10.0": 2131, "8.6.1": 2231]) { s in
            s.visibility("channels.members", "privateChannelInPrivateTeam", as: "inside") == 400
        },
        ServerAssertion("channels.ts", ["7.10.0": 2143, "8.6.1": 2243]) { s in
            s.visibility("channels.members", "privateChannelInPrivateTeam", as: "outsider") == 400
        },
        ServerAssertion("channels.ts", ["7.10.0": 2155, "8.6.1": 2255]) { s in
            s.visibility("channels.members", "privateChannelInPrivateTeam", as: "nonTeam") == 400
        },
        ServerAssertion("channels.ts", ["7.10.0": 4160, "8.6.1": 4562]) { s in
            s.visibility("channels.messages", "privateChannel", as: "outsider") == 400
        },
        ServerAssertion("channels.ts", ["7.10.0": 4172, "8.6.1": 4574]) { s in
            s.visibility("channels.messages", "privateChannel", as: "inside") == 400
        },
        ServerAssertion("channels.ts", ["7.10.0": 4183, "8.6.1": 4585]) { s in
            s.visibility("channels.messages", "publicChannel", as: "inside") == 200
        },
        ServerAssertion("channels.ts", ["7.10.0": 4195, "8.6.1": 4597]) { s in
            s.visibility("channels.messages", "publicChannel", as: "outsider") == 200
        },
        ServerAssertion("channels.ts", ["7.10.0": 4208, "8.6.1": 4610]) { s in
            s.visibility("channels.messages", "privateChannelInPublicTeam", as: "inside") == 400
        },
        ServerAssertion("channels.ts", ["7.10.0": 4220, "8.6.1": 4622]) { s in
            s.visibility("channels.messages", "privateChannelInPublicTeam", as: "outsider") == 400
        },
        ServerAssertion("channels.ts", ["7.10.0": 4232, "8.6.1": 4634]) { s in
            s.visibility("channels.messages", "privateChannelInPublicTeam", as: "nonTeam") == 400
        },
        ServerAssertion("channels.ts", ["7.10.0": 4244, "8.6.1": 4646]) { s in
            s.visibility("channels.messages", "publicChannelInPublicTeam", as: "inside") == 200
        },
        ServerAssertion("channels.ts", ["7.10.0": 4257, "8.6.1": 4659]) { s in
            s.visibility("channels.messages", "publicChannelInPublicTeam", as: "outsider") == 200
        },
        ServerAssertion("channels.ts", ["7.10.0": 4270, "8.6.1": 4672]) { s in
            s.visibility("channels.messages", "publicChannelInPublicTeam", as: "nonTeam") == 200
        },
        ServerAssertion("channels.ts", ["7.10.0": 4283, "8.6.1": 4685]) { s in
            s.visibility("channels.messages", "publicChannelInPrivateTeam", as: "inside") == 200
        },
        ServerAssertion("channels.ts", ["7.10.0": 4296, "8.6.1": 4698]) { s in
            s.visibility("channels.messages", "publicChannelInPrivateTeam", as: "outsider") == 200
        },
        ServerAssertion("channels.ts", ["7.10.0": 4309, "8.6.1": 4711]) { s in
            s.visibility("channels.messages", "publicChannelInPrivateTeam", as: "nonTeam") == 403
        },
        ServerAssertion("channels.ts", ["7.10.0": 4321, "8.6.1": 4723]) { s in
            s.visibility("channels.messages", "privateChannelInPrivateTeam", as: "inside") == 400
        },
        ServerAssertion("channels.ts", ["7.10.0": 4333, "8.6.1": 4735]) { s in
            s.visibility("channels.messages", "privateChannelInPrivateTeam", as: "outsider") == 400
        },
        ServerAssertion("channels.ts", ["7.10.0": 4345, "8.6.1": 4747]) { s in
            s.visibility("channels.messages", "privateChannelInPrivateTeam", as: "nonTeam") == 400
        },
    ]

    private static let rooms4: [ServerAssertion] = [
        ServerAssertion("rooms.ts", ["7.10.0": 4084, "8.6.1": 4329]) { s in
            s.visibility("rooms.membersOrderedByRole", "privateChannel", as: "outsider") == 404
        },
        ServerAssertion("rooms.ts", ["7.10.0": 4096, "8.6.1": 4341]) { s in
            s.visibility("rooms.membersOrderedByRole", "privateChannel", as: "inside") == 200
        },
        ServerAssertion("rooms.ts", ["7.10.0": 4108, "8.6.1": 4353]) { s in
            s.visibility("rooms.membersOrderedByRole", "publicChannel", as: "inside") == 200
        },
        ServerAssertion("rooms.ts", ["7.10.0": 4120, "8.6.1": 4365]) { s in
            s.visibility("rooms.membersOrderedByRole", "publicChannel", as: "outsider") == 200
        },
        ServerAssertion("rooms.ts", ["7.10.0": 4133, "8.6.1": 4378]) { s in
            s.visibility("rooms.membersOrderedByRole", "privateChannelInPublicTeam", as: "inside") == 200
        },
        ServerAssertion("rooms.ts", ["7.10.0": 4146, "8.6.1": 4391]) { s in
            s.visibility("rooms.membersOrderedByRole", "privateChannelInPublicTeam", as: "outsider") == 404
        },
        ServerAssertion("rooms.ts", ["7.10.0": 4158, "8.6.1": 4403]) { s in
            s.visibility("rooms.membersOrderedByRole", "privateChannelInPublicTeam", as: "nonTeam") == 404
        },
        ServerAssertion("rooms.ts", ["7.10.0": 4170, "8.6.1": 4415]) { s in
            s.visibility("rooms.membersOrderedByRole", "publicChannelInPublicTeam", as: "inside") == 200
        },
        ServerAssertion("rooms.ts", ["7.10.0": 4183, "8.6.1": 4428]) { s in
            s.visibility("rooms.membersOrderedByRole", "publicChannelInPublicTeam", as: "outsider") == 200
        },
        ServerAssertion("rooms.ts", ["7.10.0": 4196, "8.6.1": 4441]) { s in
            s.visibility("rooms.membersOrderedByRole", "publicChannelInPublicTeam", as: "nonTeam") == 200
        },
        ServerAssertion("rooms.ts", ["7.10.0": 4209, "8.6.1": 4454]) { s in
            s.visibility("rooms.membersOrderedByRole", "publicChannelInPrivateTeam", as: "inside") == 200
        },
        ServerAssertion("rooms.ts", ["7.10.0": 4222, "8.6.1": 4467]) { s in
            s.visibility("rooms.membersOrderedByRole", "publicChannelInPrivateTeam", as: "outsider") == 200
        },
        ServerAssertion("rooms.ts", ["7.10.0": 4235, "8.6.1": 4480]) { s in
            s.visibility("rooms.membersOrderedByRole", "publicChannelInPrivateTeam", as: "nonTeam") == 404
        },
        ServerAssertion("rooms.ts", ["7.10.0": 4247, "8.6.1": 4492]) { s in
            s.visibility("rooms.membersOrderedByRole", "privateChannelInPrivateTeam", as: "inside") == 200
        },
        ServerAssertion("rooms.ts", ["7.10.0": 4260, "8.6.1": 4505]) { s in
            s.visibility("rooms.membersOrderedByRole", "privateChannelInPrivateTeam", as: "outsider") == 404
        },
        ServerAssertion("rooms.ts", ["7.10.0": 4272, "8.6.1": 4517]) { s in
            s.visibility("rooms.membersOrderedByRole", "privateChannelInPrivateTeam", as: "nonTeam") == 404
        },
    ]
}
