@testable import RocketChatSandbox

extension ServerAssertion {
    /// The omnichannel.
    static let omnichannel: [ServerAssertion] = omnichannel1 + omnichannel2

    private static let omnichannel1: [ServerAssertion] = [
        ServerAssertion("livechat/00-rooms.ts", ["6.13.1": 146, "7.2.0": 148, "7.10.0": 200, "8.6.1": 217]) { s in
            s.without("view-livechat-rooms").get("livechat/rooms").refused(403, text: "unauthorized")
        },
        ServerAssertion("livechat/00-rooms.ts", ["6.13.1": 171, "7.2.0": 173, "7.10.0": 225, "8.6.1": 242]) { s in
            s.get("livechat/rooms", [("roomName[]", "invalid")]).refused(400)
        },
        ServerAssertion("livechat/00-rooms.ts", ["6.13.1": 215, "7.2.0": 217, "7.10.0": 270, "8.6.1": 287]) { s in
            s.get("livechat/rooms", [("createdAt", "invalid")]).refused(400)
        },
        ServerAssertion("livechat/00-rooms.ts", ["6.13.1": 226, "7.2.0": 228, "7.10.0": 281, "8.6.1": 298]) { s in
            s.get("livechat/rooms", [("closedAt", "invalid")]).refused(400)
        },
        ServerAssertion("livechat/00-rooms.ts", ["6.13.1": 237, "7.2.0": 239, "7.10.0": 292, "8.6.1": 309]) { s in
            s.get("livechat/rooms", [("customFields", "invalid")]).refused(400)
        },
        ServerAssertion("livechat/00-rooms.ts", ["6.13.1": 160, "7.2.0": 162, "7.10.0": 214, "8.6.1": 231]) { s in
            s.get("livechat/rooms", [("agents[test]", "true")]).refused(400)
        },
        ServerAssertion("livechat/00-rooms.ts", ["6.13.1": 182, "7.2.0": 184, "7.10.0": 236, "8.6.1": 253]) { s in
            s.get("livechat/rooms", [("departmentId[test]", "true")]).refused(400)
        },
        ServerAssertion("livechat/00-rooms.ts", ["6.13.1": 193, "7.2.0": 195, "7.10.0": 248, "8.6.1": 265]) { s in
            s.get("livechat/rooms", [("open[test]", "true")]).refused(400)
        },
        ServerAssertion("livechat/00-rooms.ts", ["6.13.1": 204, "7.2.0": 206, "7.10.0": 259, "8.6.1": 276]) { s in
            s.get("livechat/rooms", [("tags[test]", "true")]).refused(400)
        },
        ServerAssertion("livechat/00-rooms.ts", ["6.13.1": 248, "7.2.0": 250, "7.10.0": 303, "8.6.1": 320]) { s in
            s.get("livechat/rooms").ok("rooms", "offset", "total", "count")
        },
        ServerAssertion("livechat/00-rooms.ts", ["6.13.1": 262, "7.2.0": 264, "7.10.0": 317, "8.6.1": 334]) { s in
            s.get("livechat/rooms", Scene.allLivechatParameters).ok("rooms", "offset", "total", "count")
        },
        ServerAssertion("livechat/00-rooms.ts", ["6.13.1": 305, "7.2.0": 307, "7.10.0": 360, "8.6.1": 377]) { s in
            s.get("livechat/rooms", [("customFields", "string")]).refused(400)
        },
        ServerAssertion("livechat/00-rooms.ts", ["6.13.1": 316, "7.2.0": 318, "7.10.0": 371, "8.6.1": 388]) { s in
            s.chats([("open", "false")]).allSatisfy { $0["closedAt"] != nil } && !s.chats([("open", "false")]).isEmpty
        },
        ServerAssertion("livechat/00-rooms.ts", ["6.13.1": 326, "7.2.0": 328, "7.10.0": 381, "8.6.1": 399]) { s in
            s.chats([("open", "true")]).allSatisfy { $0["open"] == true } && !s.chats([("open", "true")]).isEmpty
        },
        ServerAssertion("livechat/00-rooms.ts", ["7.10.0": 406, "8.6.1": 429]) { s in
            s.namedChats("\"TEST_1\"") == ["TEST_1"]
        },
        ServerAssertion("livechat/00-rooms.ts", ["7.10.0": 412, "8.6.1": 435]) { s in
            Set(s.namedChats("TEST_")) == ["TEST_1", "TEST_2"]
        },
        ServerAssertion("livechat/00-rooms.ts", ["7.10.0": 417, "8.6.1": 440]) { s in s.namedChats("\"TEST_\"").isEmpty
        },
        ServerAssertion("livechat/00-rooms.ts", ["6.13.1": 336, "7.2.0": 338, "7.10.0": 422, "8.6.1": 445]) { s in
            s.chats([]).contains { $0["closedAt"] != nil } && s.chats([]).contains { $0["open"] == true }
        },
        ServerAssertion("livechat/00-rooms.ts", ["6.13.1": 346, "7.2.0": 348, "7.10.0": 447, "8.6.1": 472]) { s in
            s.chats([("queued", "true")]).allSatisfy { $0["open"] == true && $0["servedBy"] == nil }
                && !s.chats([("queued", "true")]).isEmpty
        },
        ServerAssertion("livechat/00-rooms.ts", ["6.13.1": 357, "7.2.0": 359, "7.10.0": 455, "8.6.1": 480]) { s in
            s.chats([("queued", "true"), ("open", "true")]).allSatisfy { $0["open"] == true && $0["servedBy"] == nil }
                && !s.chats([("queued", "true"), ("open", "true")]).isEmpty
        },
        ServerAssertion("livechat/00-rooms.ts", ["6.13.1": 367, "7.2.0": 369, "7.10.0": 462, "8.6.1": 487]) { s in
            s.chats([("open", "true")]).allSatisfy { $0["open"] == true && $0["servedBy"] != nil }
        },
        ServerAssertion("livechat/00-rooms.ts", ["8.6.1": 901]) { s in
            s.get("livechat/rooms", [("agents[]", s.office.agent.userID)], as: s.office.agent).list("rooms").allSatisfy
            { $0.value(at: "servedBy._id") == .string(s.office.agent.userID) }
        },
        ServerAssertion("livechat/00-rooms.ts", ["8.6.1": 925]) { s in
            s.get("livechat/rooms", [("agents[]", s.office.admin.userID), ("open", "true")], as: s.office.agent).status
                == 403
        },
        ServerAssertion("livechat/00-rooms.ts", ["8.6.1": 938]) { s in s.unitSeesOwn() },
        ServerAssertion("livechat/01-agents.ts", ["6.13.1": 62, "7.2.0": 63, "7.10.0": 84, "8.6.1": 84]) { s in
            s.without("edit-omnichannel-contact").without("transfer-livechat-guest").get("livechat/users/agent").status
                == 403
        },
    ]

    private static let omnichannel2: [ServerAssertion] = [
        ServerAssertion("livechat/01-agents.ts", ["6.13.1": 83, "7.2.0": 84, "7.10.0": 99, "8.6.1": 99]) { s in
            s.get("livechat/users/agent").ok("users", "offset", "total", "count")
        },
        ServerAssertion("livechat/01-agents.ts", ["6.13.1": 103, "7.2.0": 104, "7.10.0": 115, "8.6.1": 115]) { s in
            s.agents("onlyAvailable", "true").allSatisfy { $0["statusLivechat"] == "available" }
        },
        ServerAssertion("livechat/01-agents.ts", ["6.13.1": 123, "7.2.0": 124, "7.10.0": 131, "8.6.1": 131]) { s in
            s.agents("onlyAvailable", "false").allSatisfy {
                ["available", "not-available"].contains($0["statusLivechat"])
            }
        },
        ServerAssertion("livechat/01-agents.ts", ["6.13.1": 143, "7.2.0": 144, "7.10.0": 151, "8.6.1": 151]) { s in
            s.agents("showIdleAgents", "true").count == 3
        },
        ServerAssertion("livechat/01-agents.ts", ["6.13.1": 166, "7.2.0": 167, "7.10.0": 174, "8.6.1": 174]) { s in
            s.agents("showIdleAgents", "false").allSatisfy { $0["status"] != "offline" }
        },
        ServerAssertion("livechat/09-visitors.ts", ["6.13.1": 1050, "7.2.0": 992, "7.10.0": 1276, "8.6.1": 1291]) { s in
            s.without("view-l-room").get("livechat/visitors.search", [("text", "nel")]).isRefused
        },
        ServerAssertion("livechat/09-visitors.ts", ["6.13.1": 1055, "7.2.0": 997, "7.10.0": 1281, "8.6.1": 1296]) { s in
            s.get("livechat/visitors.search").isRefused
        },
        ServerAssertion("livechat/09-visitors.ts", ["6.13.1": 1060, "7.2.0": 1002, "7.10.0": 1286, "8.6.1": 1301]) {
            s in s.get("livechat/visitors.search", [("term", "^((ab)*)+$")]).ok("visitors")
        },
        ServerAssertion("livechat/09-visitors.ts", ["6.13.1": 1064, "7.2.0": 1006, "7.10.0": 1290, "8.6.1": 1305]) {
            s in s.visitor(term: "Nelly").first("visitors", "_id", "name", "username", "visitorEmails", "phone")
        },
        ServerAssertion("livechat/09-visitors.ts", ["6.13.1": 1077, "7.2.0": 1019, "7.10.0": 1303, "8.6.1": 1318]) {
            s in s.visitor(term: "").first("visitors", "_id", "name", "username", "visitorEmails", "phone")
        },
        ServerAssertion("livechat/10-departments.ts", ["6.13.1": 106, "7.2.0": 106, "7.10.0": 113, "8.6.1": 116]) { s in
            s.without("view-livechat-departments").without("view-l-room").get("livechat/department").status == 403
        },
        ServerAssertion("livechat/10-departments.ts", ["6.13.1": 112, "7.2.0": 112, "7.10.0": 119, "8.6.1": 122]) { s in
            s.get("livechat/department").ok("departments")
        },
        ServerAssertion("livechat/10-departments.ts", ["6.13.1": 127, "7.2.0": 127, "7.10.0": 134, "8.6.1": 137]) { s in
            s.get("livechat/department", [("count", "invalid")]).status == 400
        },
        ServerAssertion("livechat/10-departments.ts", ["6.13.1": 136, "7.2.0": 136, "7.10.0": 143, "8.6.1": 146]) { s in
            s.get("livechat/department", [("count", "1"), ("offset", "0")]).has("departments", 1)
        },
        ServerAssertion("livechat/10-departments.ts", ["6.13.1": 172, "7.2.0": 172, "7.10.0": 179, "8.6.1": 182]) { s in
            s.get("livechat/department", [("text", "Sales")]).list("departments").map { $0["name"] } == ["Sales"]
        },
        ServerAssertion("livechat/contacts.ts", ["7.2.0": 977, "7.10.0": 1215, "8.6.1": 1369]) { s in
            s.get("omnichannel/contacts.search").ok("contacts", "count", "total", "offset")
        },
        ServerAssertion("livechat/contacts.ts", ["7.2.0": 989, "7.10.0": 1227, "8.6.1": 1381]) { s in
            s.get("omnichannel/contacts.search").list("contacts").first?["unknown"] == false
        },
        ServerAssertion("livechat/contacts.ts", ["7.2.0": 998, "7.10.0": 1236, "8.6.1": 1390]) { s in
            s.get("omnichannel/contacts.search", [("unknown", "true")]).list("contacts").first?["unknown"] == true
        },
        ServerAssertion("livechat/contacts.ts", ["7.2.0": 1007, "7.10.0": 1245, "8.6.1": 1399]) { s in
            s.findsContact(by: "emails.address")
        },
        ServerAssertion("livechat/contacts.ts", ["7.2.0": 1019, "7.10.0": 1257, "8.6.1": 1411]) { s in
            s.findsContact(by: "phones.phoneNumber")
        },
        ServerAssertion("livechat/contacts.ts", ["7.2.0": 1031, "7.10.0": 1269, "8.6.1": 1423]) { s in
            s.findsContact(by: "name")
        },
        ServerAssertion("livechat/contacts.ts", ["7.2.0": 1043, "7.10.0": 1281, "8.6.1": 1435]) { s in
            s.get("omnichannel/contacts.search", [("searchText", "invalid")]).has("contacts", total: 0)
        },
        ServerAssertion("livechat/contacts.ts", ["7.2.0": 1061, "7.10.0": 1299, "8.6.1": 1453]) { s in
            s.without("view-livechat-contact").get("omnichannel/contacts.search").refused(403, text: Scene.unpermitted)
        },
        ServerAssertion("livechat/22-monitors.ts", ["6.13.1": 234, "7.2.0": 234, "7.10.0": 234, "8.6.1": 173]) { s in
            s.unitSeesOwn()
        },
        ServerAssertion("livechat/22-monitors.ts", ["6.13.1": 263, "7.2.0": 263, "7.10.0": 263, "8.6.1": 202]) { s in
            s.unitSeesOwnDepartments()
        },
    ]
}
