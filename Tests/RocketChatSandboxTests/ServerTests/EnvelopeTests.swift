import Testing

@testable import RocketChatSandbox

/// The members of an answer that the response validators of 8.6.1 demand and allow (`apps/meteor/app/api/server/v1`).
@Suite struct EnvelopeTests {
    private static let paged = ["count", "offset", "total", "success"]

    /// Route, query and exactly the members of the envelope.
    private static let envelopes: [(route: String, query: [(String, String)], members: [String])] = [
        (
            "chat.getDeletedMessages", [("roomId", "GENERAL"), ("since", "2026-01-01T00:00:00.000Z")],
            ["messages"] + paged
        ),
        ("chat.syncMessages", [("roomId", "GENERAL"), ("lastUpdate", "2026-01-01")], ["result", "success"]),
        ("custom-user-status.list", [], ["statuses"] + paged), ("directory", [], ["result"] + paged),
        ("emoji-custom.list", [], ["emojis", "success"]),
        ("integrations.list", [], ["integrations", "items"] + paged), ("im.list", [], ["ims"] + paged),
        ("im.list.everyone", [], ["ims"] + paged), ("listInvites", [], []),
        ("moderation.reportsByUsers", [], ["reports"] + paged), ("moderation.userReports", [], ["reports"] + paged),
        ("moderation.user.reportedMessages", [("userId", "x")], ["user", "messages"] + paged),
        ("permissions.listAll", [], ["update", "remove", "success"]),
        ("roles.getUsersInRole", [("role", "admin")], ["users", "total", "success"]),
        ("roles.list", [], ["roles", "success"]), ("roles.sync", [], ["roles", "success"]),
        ("rooms.adminRooms", [], ["rooms"] + paged), ("rooms.get", [], ["update", "remove", "success"]),
        ("rooms.membersOrderedByRole", [("roomId", "GENERAL")], ["members"] + paged),
        ("rooms.roles", [("rid", "GENERAL")], ["roles", "success"]), ("statistics.list", [], ["statistics"] + paged),
        ("subscriptions.get", [], ["update", "remove", "success"]), ("teams.list", [], ["teams"] + paged),
        ("teams.listAll", [], ["teams"] + paged),
        ("video-conference.list", [("roomId", "GENERAL")], ["data"] + paged),
    ]

    @Test func typedRoutesAnswerWithTheMembersTheirValidatorsAllow() {
        let office = Office(messages: 100)
        for (route, query, members) in Self.envelopes {
            let answer = office.get(route, query)
            #expect(answer.status == 200, "\(route)")
            #expect(Set(answer.json.object?.members.map(\.key) ?? []) == Set(members), "\(route)")
        }
    }

    @Test func reportsAndDeletionsHaveTheMembersTheirValidatorsAllow() {
        let office = Office()
        let allowed: Set<String> = [
            "userId", "username", "name", "message", "msgId", "ts", "rooms", "roomIds", "count", "isUserDeleted",
        ]
        let required: Set<String> = ["userId", "ts", "rooms", "roomIds", "count", "isUserDeleted"]
        let reports = office.get("moderation.reportsByUsers").list("reports").map { Set($0.members.map(\.key)) }
        #expect(reports.count > 1 && reports.allSatisfy { $0.isSubset(of: allowed) && $0.isSuperset(of: required) })
        let message = office.sandbox.post(in: "GENERAL", by: office.admin.userID, text: "gone")
        office.sandbox.delete(message, by: office.admin.userID)
        let deleted = office.sync("GENERAL", [("lastUpdate", "2026-01-01")]).list("result.deleted")
        #expect(deleted.map { $0.members.map(\.key) } == [["_id", "_deletedAt"]])
    }
}
