@testable import RocketChatSandbox

extension ServerAssertion {
    /// Small lists, the directory and `me`.
    static let catalogues: [ServerAssertion] = catalogues1 + catalogues2

    private static let catalogues1: [ServerAssertion] = [
        ServerAssertion("moderation.ts", ["6.13.1": 33, "7.2.0": 33, "7.10.0": 33, "8.6.1": 33]) { s in
            s.get("moderation.reportsByUsers", []).ok("reports")
        },
        ServerAssertion("moderation.ts", ["6.13.1": 44, "7.2.0": 44, "7.10.0": 44, "8.6.1": 44]) { s in
            s.get("moderation.reportsByUsers", [("count", "5"), ("offset", "0")]).ok("reports")
        },
        ServerAssertion("moderation.ts", ["6.13.1": 60, "7.2.0": 60, "7.10.0": 60, "8.6.1": 60]) { s in
            s.get("moderation.reportsByUsers", [("oldest", s.now)]).ok("reports")
        },
        ServerAssertion("moderation.ts", ["6.13.1": 75, "7.2.0": 75, "7.10.0": 75, "8.6.1": 75]) { s in
            s.get("moderation.reportsByUsers", [("latest", s.now)]).ok("reports")
        },
        ServerAssertion("moderation.ts", ["6.13.1": 653, "7.2.0": 653, "7.10.0": 653, "8.6.1": 653]) { s in
            s.get("moderation.user.reportedMessages", [("userId", s.reportedUser)]).ok("messages")
        },
        ServerAssertion("moderation.ts", ["6.13.1": 668, "7.2.0": 668, "7.10.0": 668, "8.6.1": 668]) { s in
            s.get("moderation.user.reportedMessages", [("userId", "")]).refused(400)
        },
        ServerAssertion("statistics.ts", ["6.13.1": 59, "7.2.0": 59, "7.10.0": 59, "8.6.1": 59]) { s in
            s.without("view-statistics").get("statistics.list").refused(400, text: "error-not-allowed")
        },
        ServerAssertion("statistics.ts", ["6.13.1": 72, "7.2.0": 72, "7.10.0": 72, "8.6.1": 72]) { s in
            s.get("statistics.list").ok("statistics", "offset", "total", "count")
        },
        ServerAssertion("statistics.ts", ["6.13.1": 88, "7.2.0": 88, "7.10.0": 88, "8.6.1": 88]) { s in
            s.get("statistics.list", [("count", "5"), ("offset", "0")]).ok("statistics", "offset", "total", "count")
        },
        ServerAssertion("emoji-custom.ts", ["6.13.1": 202, "7.2.0": 225, "7.10.0": 225, "8.6.1": 226]) { s in
            s.get("emoji-custom.list").ok("emojis.update", "emojis.remove")
        },
        ServerAssertion("emoji-custom.ts", ["6.13.1": 214, "7.2.0": 237, "7.10.0": 237, "8.6.1": 238]) { s in
            s.get("emoji-custom.list", s.changedQuery).isEmpty("emojis.update", "emojis.remove")
        },
        ServerAssertion("emoji-custom.ts", ["6.13.1": 228, "7.2.0": 251, "7.10.0": 251, "8.6.1": 252]) { s in
            s.get("emoji-custom.list", [("updatedSince", s.now)]).isEmpty("emojis.update", "emojis.remove")
        },
        ServerAssertion("emoji-custom.ts", ["6.13.1": 242, "7.2.0": 265, "7.10.0": 265, "8.6.1": 266]) { s in
            s.get("emoji-custom.list", s.changedQuery + [("updatedSince", s.now)]).isEmpty(
                "emojis.update", "emojis.remove")
        },
        ServerAssertion("emoji-custom.ts", ["6.13.1": 256, "7.2.0": 279, "7.10.0": 279, "8.6.1": 280]) { s in
            s.get("emoji-custom.list", [("updatedSince", "invalid-date")]).refused(400, "error-roomId-param-invalid")
        },
        ServerAssertion("custom-user-status.ts", ["6.13.1": 10, "7.2.0": 32, "7.10.0": 32, "8.6.1": 46]) { s in
            s.get("custom-user-status.list").ok("statuses", "total", "offset", "count")
        },
        ServerAssertion("custom-user-status.ts", ["6.13.1": 23, "7.2.0": 46, "7.10.0": 46, "8.6.1": 60]) { s in
            s.get("custom-user-status.list", [("count", "5"), ("offset", "0")]).ok(
                "statuses", "total", "offset", "count")
        },
        ServerAssertion("custom-user-status.ts", ["7.2.0": 64, "7.10.0": 64, "8.6.1": 78]) { s in
            s.get("custom-user-status.list", [("_id", s.get("custom-user-status.list").ids("statuses").first ?? "")])
                .has(
                    "statuses", 1, total: 1)
        },
        ServerAssertion("custom-user-status.ts", ["7.2.0": 81, "7.10.0": 81, "8.6.1": 95]) { s in
            s.get("custom-user-status.list", [("name", "Gone fishing")]).has("statuses", 1, total: 1)
        },
        ServerAssertion("custom-user-status.ts", ["7.2.0": 98, "7.10.0": 98, "8.6.1": 112]) { s in
            s.get("custom-user-status.list", [("name", "testxxx")]).has("statuses", 0, total: 0)
        },
        ServerAssertion("invites.ts", ["6.13.1": 88, "7.2.0": 88, "7.10.0": 88, "8.6.1": 93]) { s in
            s.office.get(path: "/api/v1/listInvites", as: nil).unauthorized
        },
        ServerAssertion("invites.ts", ["6.13.1": 98, "7.2.0": 98, "7.10.0": 98, "8.6.1": 103]) { s in
            s.get("listInvites").json.elements?.first?.object?["rid"] == "GENERAL"
        },
        ServerAssertion("miscellaneous.ts", ["6.13.1": 139, "7.2.0": 139, "7.10.0": 143, "8.6.1": 143]) { s in
            s.get("me", as: s.office.user).ok(
                "_id", "username", "name", "emails", "active", "roles", "settings.preferences", "status", "utcOffset",
                "services.password.exists")
        },
        ServerAssertion("miscellaneous.ts", ["6.13.1": 230, "7.2.0": 232, "7.10.0": 238, "8.6.1": 244]) { s in
            s.directory("sandbox.user", "users").first("result", "_id", "createdAt", "username", "emails", "name")
        },
        ServerAssertion("miscellaneous.ts", ["6.13.1": 257, "7.2.0": 257, "7.10.0": 263, "8.6.1": 269]) { s in
            s.directory("sandbox.user", "users", as: s.office.user).first(
                "result", "_id", "createdAt", "username", "name")
                && s.directory("sandbox.user", "users", as: s.office.user).list("result").first?["emails"] == nil
        },
        ServerAssertion("miscellaneous.ts", ["6.13.1": 284, "7.2.0": 282, "7.10.0": 288, "8.6.1": 294]) { s in
            s.directory("the-channel", "channels").first("result", "_id", "name", "usersCount", "ts")
        },
    ]

    private static let catalogues2: [ServerAssertion] = [
        ServerAssertion("miscellaneous.ts", ["8.6.1": 317]) { s in
            s.directory("the-group", "channels").list("result").first?["t"] == "p"
        },
        ServerAssertion("miscellaneous.ts", ["6.13.1": 309, "7.2.0": 305, "7.10.0": 311, "8.6.1": 341]) { s in
            s.directory("the-channel", "channels", sort: #"{"name":1}"#).first(
                "result", "_id", "name", "usersCount", "ts")
        },
        ServerAssertion("miscellaneous.ts", ["6.13.1": 337, "7.2.0": 331, "7.10.0": 337, "8.6.1": 368]) { s in
            s.directory("invalid channel", "invalid").refused(400)
        },
        ServerAssertion("miscellaneous.ts", ["6.13.1": 354, "7.2.0": 346, "7.10.0": 352, "8.6.1": 383]) { s in
            s.directory("the-channel", "channels", sort: #"{"name":1,"test":1}"#).refused(400)
        },
        ServerAssertion("miscellaneous.ts", ["6.13.1": 375, "7.2.0": 365, "7.10.0": 371, "8.6.1": 402]) { s in
            s.directory("the-team", "teams", as: s.office.user, sort: #"{"name":1}"#).first(
                "result", "_id", "fname", "teamMain", "name", "t", "usersCount", "ts", "teamId", "default", "roomsCount"
            )
        },
    ]
}
