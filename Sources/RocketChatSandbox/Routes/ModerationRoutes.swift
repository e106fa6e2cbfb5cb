/// Reports of messages and users.
enum ModerationRoutes {
    private static let console = ["view-moderation-console"]

    /// The family.
    static let all: [Route] = [
        Route(
            "moderation.reportsByUsers", since: Version(6, 2), permissions: console,
            parameters: .list("latest", "oldest", "selector"), handler: byUsers),
        Route(
            "moderation.userReports", since: Version(6, 6), permissions: console,
            parameters: .list("latest", "oldest", "selector"), handler: userReports),
        Route(
            "moderation.reports", since: Version(6, 2), permissions: console,
            parameters: .list("msgId", "latest", "oldest", "selector").requiring("msgId"), handler: reports),
        Route(
            "moderation.user.reportedMessages", since: Version(6, 2), permissions: console,
            parameters: .list("userId", "selector").requiring("userId"), handler: reportedMessages),
        Route(
            "moderation.reportInfo", since: Version(6, 2), permissions: console,
            parameters: .only("reportId").requiring("reportId"), handler: report),
    ]

    private static func between(_ workspace: Workspace, _ call: Call) throws(Refusal) -> [JSONObject] {
        let invalid = Refusal.failure("Invalid date")
        let oldest = try call.date("oldest", else: invalid) ?? 0
        let latest = try call.date("latest", else: invalid) ?? call.now
        return workspace.small.reports.rows.filter { report in
            let time = report["ts"]?.milliseconds ?? 0
            return time >= oldest && time <= latest
        }
    }

    private static func grouped(_ reports: [JSONObject]) -> [(user: JSONObject, reports: [JSONObject])] {
        var groups: [(user: JSONObject, reports: [JSONObject])] = []
        for report in reports {
            guard let user = report["reportedUser"]?.object else { continue }
            if let index = groups.firstIndex(where: { $0.user["_id"] == user["_id"] }) {
                groups[index].reports.append(report)
            } else {
                groups.append((user, [report]))
            }
        }
        return groups
    }

    private static func byUsers(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let snapshot = workspace
        return try workspace.list(
            "reports", grouped(try between(workspace, call)), call, order: SortOrder("ts", descending: true),
            id: { $0.user["_id"]?.text ?? "" },
            document: { group in
                let newest = group.reports[0]
                let id = group.user["_id"] ?? .null
                return [
                    "userId": id, "username": group.user["username"] ?? .null, "name": group.user["name"] ?? .null,
                    "message": newest.value(at: "message.msg") ?? .null,
                    "msgId": newest.value(at: "message._id") ?? .null, "ts": newest["ts"] ?? .null,
                    "rooms": newest["room"].map { .array([$0]) } ?? [],
                    "roomIds": .array(newest.value(at: "room._id").map { [$0] } ?? []),
                    "count": .int(Int64(group.reports.count)),
                    "isUserDeleted": .bool(snapshot.user(id.text ?? "") == nil),
                ]
            })
    }

    private static func userReports(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        try workspace.list(
            "reports", grouped(try between(workspace, call)), call, order: SortOrder("ts", descending: true),
            id: { $0.user["_id"]?.text ?? "" },
            document: { group in
                [
                    "reportedUser": .object(group.user), "ts": group.reports[0]["ts"] ?? .null,
                    "count": .int(Int64(group.reports.count)),
                ]
            })
    }

    private static func reports(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let id = call.query["msgId"]
        let reports = try between(workspace, call).filter { $0.value(at: "message._id")?.text == id }
        return try workspace.list(
            "reports", reports, call, order: SortOrder("ts", descending: true), id: { $0["_id"]?.text ?? "" },
            document: { $0 })
    }

    private static func reportedMessages(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let id = call.query["userId"]
        let reports = workspace.small.reports.rows.filter { $0.value(at: "reportedUser._id")?.text == id }
        return try workspace.list(
            "messages", reports, call, order: SortOrder("ts", descending: true), id: { $0["_id"]?.text ?? "" },
            document: { $0.filter { $0.key != "reportedUser" } })
    }

    private static func report(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard let index = workspace.small.reports.index(call.query["reportId"] ?? "") else {
            throw .failure("error-report-not-found")
        }
        return JSONBuffer.success(["report": .object(workspace.small.reports.rows[index])])
    }
}
