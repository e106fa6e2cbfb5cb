@testable import RocketChatSandbox

extension ServerAssertion {
    /// Users, teams, roles, permissions and subscriptions.
    static let people: [ServerAssertion] = people1 + people2

    private static let people1: [ServerAssertion] = [
        ServerAssertion("subscriptions.ts", ["6.13.1": 22, "7.2.0": 22, "7.10.0": 22, "8.6.1": 22]) { s in
            s.get("subscriptions.get").ok("update", "remove")
        },
        ServerAssertion("subscriptions.ts", ["6.13.1": 36, "7.2.0": 36, "7.10.0": 36, "8.6.1": 36]) { s in
            s.get("subscriptions.get", [("updatedSince", s.now)]).isEmpty("update", "remove")
        },
        ServerAssertion("permissions.ts", ["6.13.1": 13, "7.2.0": 18, "7.10.0": 18, "8.6.1": 18]) { s in
            s.get("permissions.listAll").ok("update", "remove")
        },
        ServerAssertion("permissions.ts", ["6.13.1": 26, "7.2.0": 31, "7.10.0": 31, "8.6.1": 31]) { s in
            s.get("permissions.listAll", [("updatedSince", "2018-11-27T13:52:01Z")]).ok("update", "remove")
        },
        ServerAssertion("permissions.ts", ["6.13.1": 41, "7.2.0": 46, "7.10.0": 46, "8.6.1": 46]) { s in
            s.get("permissions.listAll", [("updatedSince", "fsafdf")]).refused(400)
        },
        ServerAssertion("roles.ts", ["7.2.0": 188, "7.10.0": 188, "8.6.1": 184]) { s in
            s.get("roles.getUsersInRole", [("role", s.office.sandbox.createRole("new"))]).has("users", 0, total: 0)
        },
        ServerAssertion("roles.ts", ["7.2.0": 209, "7.10.0": 209, "8.6.1": 204]) { s in
            s.get("roles.getUsersInRole", [("role", s.roleOfAdmin())]).ids("users") == [s.office.admin.userID]
        },
        ServerAssertion("roles.ts", ["7.2.0": 244, "7.10.0": 244, "8.6.1": 238]) { s in
            s.get("roles.getUsersInRole", [("role", "invalid-role")]).refused(400, "error-invalid-roleId")
        },
        ServerAssertion("roles.ts", ["7.2.0": 264, "7.10.0": 264, "8.6.1": 257]) { s in
            s.get("roles.getUsersInRole", [("role", "admin")], as: s.office.user).refused(403, text: Scene.unpermitted)
        },
        ServerAssertion("teams.ts", ["6.13.1": 79, "7.2.0": 87, "7.10.0": 87, "8.6.1": 88]) { s in
            s.teamMembers().contains("sandbox.user")
        },
        ServerAssertion("teams.ts", ["6.13.1": 118, "7.2.0": 126, "7.10.0": 126, "8.6.1": 127]) { s in
            s.get("teams.members", [("teamId", s.privateTeam.team)]).first(
                "members", "user._id", "user.username", "user.name", "user.status", "roles", "createdBy._id",
                "createdBy.username", "createdAt")
        },
        ServerAssertion("teams.ts", ["6.13.1": 260, "7.2.0": 268, "7.10.0": 190, "8.6.1": 191]) { s in
            s.get("teams.members", [("teamName", "invalid*team*name")]).refused(400, text: "team-does-not-exist")
        },
        ServerAssertion("teams.ts", ["6.13.1": 621, "7.2.0": 645, "7.10.0": 567, "8.6.1": 693]) { s in
            s.get("teams.members", [("teamName", "the-team")]).first(
                "members", "user._id", "user.username", "user.name", "user.status", "roles", "createdBy._id",
                "createdBy.username", "createdAt")
                && s.get("teams.members", [("teamName", "the-team")]).has("members", 3, total: 3)
        },
        ServerAssertion("teams.ts", ["6.13.1": 711, "7.2.0": 735, "7.10.0": 657, "8.6.1": 783]) { s in
            s.get("teams.list").first(
                "teams", "_id", "_updatedAt", "name", "type", "roomId", "createdBy._id", "createdBy.username",
                "createdAt", "rooms", "numberOfUsers")
        },
        ServerAssertion("teams.ts", ["6.13.1": 739, "7.2.0": 763, "7.10.0": 685, "8.6.1": 811]) { s in
            s.seesOwnTeamsOnly(s.office.user)
        },
        ServerAssertion("teams.ts", ["6.13.1": 763, "7.2.0": 787, "7.10.0": 709, "8.6.1": 835]) { s in
            s.seesOwnTeamsOnly(s.office.admin)
        },
        ServerAssertion("teams.ts", ["7.2.0": 825, "7.10.0": 747, "8.6.1": 873]) { s in
            s.get("teams.listAll").first(
                "teams", "_id", "_updatedAt", "name", "type", "roomId", "createdBy._id", "createdBy.username",
                "createdAt", "rooms", "numberOfUsers")
        },
        ServerAssertion("teams.ts", ["7.2.0": 852, "7.10.0": 774, "8.6.1": 900]) { s in
            s.without("view-all-teams").get("teams.listAll").refused(
                403, text: s.version.hasPrefix("6") ? "unauthorized" : Scene.unpermitted)
        },
        ServerAssertion("teams.ts", ["6.13.1": 1656, "7.2.0": 1734, "7.10.0": 1656, "8.6.1": 1939]) { s in
            s.without("view-all-teams").get("teams.listRooms", [("teamId", s.privateTeam.team)], as: s.office.agent)
                .refused(400, text: "user-not-on-private-team")
        },
        ServerAssertion("teams.ts", ["6.13.1": 1675, "7.2.0": 1753, "7.10.0": 1675, "8.6.1": 1958]) { s in
            s.without("view-all-team-channels").get(
                "teams.listRooms", [("teamId", s.publicTeam.team)], as: s.office.agent
            ).has("rooms", 1)
        },
        ServerAssertion("teams.ts", ["6.13.1": 1696, "7.2.0": 1774, "7.10.0": 1696, "8.6.1": 1979]) { s in
            s.with("view-all-team-channels", ["user"]).get(
                "teams.listRooms", [("teamId", s.publicTeam.team)], as: s.office.agent
            ).has("rooms", 2)
        },
        ServerAssertion("teams.ts", ["6.13.1": 1716, "7.2.0": 1794, "7.10.0": 1716, "8.6.1": 1999]) { s in
            s.with("view-all-team-channels", ["user"]).get(
                "teams.listRooms", [("teamId", s.publicTeam.team), ("count", "5"), ("offset", "0")], as: s.office.agent
            ).has("rooms", 2)
        },
        ServerAssertion("teams.ts", ["6.13.1": 1737, "7.2.0": 1815, "7.10.0": 1737, "8.6.1": 2020]) { s in
            s.without("view-all-team-channels").get("teams.listRooms", [("teamId", s.privateTeam.team)]).has("rooms", 1)
        },
        ServerAssertion("teams.ts", ["6.13.1": 1759, "7.2.0": 1837, "7.10.0": 1759, "8.6.1": 2042]) { s in
            s.without("view-all-team-channels").get(
                "teams.listRooms", [("teamId", s.privateTeam.team), ("count", "5"), ("offset", "0")]
            ).has("rooms", 1)
        },
        ServerAssertion("users.ts", ["6.13.1": 1086, "7.2.0": 1087, "7.10.0": 1087, "8.6.1": 1989]) { s in
            s.get("users.list").ok("users", "count", "total")
                && s.get("users.list").list("users").allSatisfy { $0["e2e"] == nil }
        },
    ]

    private static let people2: [ServerAssertion] = [
        ServerAssertion("users.ts", ["6.13.1": 1133, "7.2.0": 1103, "7.10.0": 1103, "8.6.1": 2005]) { s in
            s.deactivatedIsListed()
        },
        ServerAssertion("users.ts", ["6.13.1": 1185, "7.2.0": 1155, "7.10.0": 1155, "8.6.1": 2035]) { s in
            s.with("view-outside-room", ["admin"]).get("users.list", as: s.office.user).ok("users", "count", "total")
        },
        ServerAssertion("users.ts", ["6.13.1": 1199, "7.2.0": 1169, "7.10.0": 1169, "8.6.1": 2049]) { s in
            s.with("view-outside-room", ["admin"]).set { $0.outsideRoomOnUsersList = true }.get(
                "users.list", as: s.office.user
            ).status == 403
        },
        ServerAssertion("users.ts", ["7.2.0": 1176, "7.10.0": 1176, "8.6.1": 2056]) { s in
            s.get(
                "users.list", [("fields", #"{"inviteToken":1}"#), ("sort", #"{"inviteToken":-1}"#), ("count", "100")],
                as: s.office.admin
            ).list("users").allSatisfy { $0["inviteToken"] == nil }
        },
        ServerAssertion("users.ts", ["7.2.0": 1208, "7.10.0": 1208, "8.6.1": 2088]) { s in
            s.get(
                "users.list", [("fields", #"{"inviteToken":1}"#), ("sort", #"{"inviteToken":-1}"#), ("count", "100")],
                as: s.office.user
            ).list("users").allSatisfy { $0["inviteToken"] == nil }
        },
        ServerAssertion("users.ts", ["8.6.1": 2129]) { s in
            s.get("users.list", [("email", "user@sandbox.example")]).list("users").map { $0["_id"] } == [
                .string(s.office.user.userID)
            ]
        },
        ServerAssertion("users.ts", ["8.6.1": 2148]) { s in
            s.get("users.list", [("email", "this_email_does_not_exist@invalid.com")]).has("users", 0)
        },
        ServerAssertion("users.ts", ["8.6.1": 2166]) { s in
            s.without("view-full-other-user-info").get("users.list", [("email", "user@sandbox.example")]).refused(
                403, text: "unauthorized")
        },
        ServerAssertion("users.ts", ["8.6.1": 2180]) { s in
            s.office.get(path: "/api/v1/users.list", as: nil).unauthorized
        },
    ]
}
