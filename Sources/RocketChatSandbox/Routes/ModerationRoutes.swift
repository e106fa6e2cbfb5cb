/// The moderation console. Reports are of messages (`message`) or of users (`reportedUser`, since 6.6), never of both.
enum ModerationRoutes {
    private static let console = ["view-moderation-console"]
    private static let history = Parameters.list("selector").with(.date, "latest", "oldest")

    /// The family.
    static let all: [Route] = [
        Route(
            "moderation.reportsByUsers", since: Version(6, 2), permissions: console, parameters: history,
            handler: byUsers),
        Route(
            "moderation.userReports", since: Version(6, 6), permissions: console, parameters: history,
            handler: userReports),
        Route(
            "moderation.reports", since: Version(6, 2), permissions: console,
            parameters: .list("selector").with(.filled, "msgId").requiring("msgId"), handler: reports),
        Route(
            "moderation.user.reportedMessages", since: Version(6, 2), permissions: console,
            parameters: .list("selector").with(.filled, "userId").requiring("userId"), handler: reportedMessages),
        Route(
            "moderation.user.reportsByUserId", since: Version(6, 6), permissions: console,
            parameters: .list("selector").with(.filled, "userId").requiring("userId"), handler: reportsOfUser),
        Route(
            "moderation.reportInfo", since: Version(6, 2), permissions: console,
            parameters: .only().with(.filled, "reportId").requiring("reportId"), handler: report),
    ]

    /// Reports not yet dismissed, newest first.
    private static func open(_ workspace: Workspace) -> [JSONObject] {
        workspace.collections.reports.rows.filter { $0["_hidden"]?.flag != true }
    }

    /// Reports between two instants, both exclusive, in the order of the collection.
    private static func between(_ workspace: Workspace, _ call: Call) throws(Refusal) -> [JSONObject] {
        let invalid = Refusal.failure("Invalid date")
        let oldest = try call.date("oldest", else: invalid) ?? 0
        let latest = try call.date("latest", else: invalid) ?? call.now
        return open(workspace).filter { report in
            let time = report["ts"]?.milliseconds ?? 0
            return time > oldest && time < latest
        }
    }

    private static func grouped(_ reports: [JSONObject], by path: String) -> [[JSONObject]] {
        var groups: [(id: JSON?, reports: [JSONObject])] = []
        for report in reports {
            let id = report.value(at: path)
            if let index = groups.firstIndex(where: { $0.id == id }) {
                groups[index].reports.append(report)
            } else {
                groups.append((id, [report]))
            }
        }
        return groups.map(\.reports)
    }

    /// Reports of messages by the messages' authors. The text, the id and the time are those of the first report that the
    /// server happens to meet, not of the latest.
    private static func byUsers(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let reports = try between(workspace, call).filter { $0["message"] != nil }
        let snapshot = workspace
        let documents = grouped(reports, by: "message.u._id").map { group -> JSONObject in
            let first = group[0]
            let rooms = Array(Set(group.compactMap { $0["room"] })).sorted {
                ($0.object?["_id"]?.text ?? "") < ($1.object?["_id"]?.text ?? "")
            }
            var document: JSONObject = ["userId": first.value(at: "message.u._id") ?? .null]
            document["username"] = first.value(at: "message.u.username")
            document["name"] = first.value(at: "message.u.name")
            document["message"] = first.value(at: "message.msg")
            document["msgId"] = first.value(at: "message._id")
            document["ts"] = first["ts"]
            document["rooms"] = .array(rooms)
            document["roomIds"] = .array(rooms.compactMap { $0.object?["_id"] })
            document["count"] = .int(Int64(group.count))
            document["isUserDeleted"] = .bool(snapshot.user(document["userId"]?.text ?? "") == nil)
            return document
        }
        // Before 6.6 the total counts reports, since then users.
        let total = call.version < Version(6, 6) ? reports.count : documents.count
        return try page("reports", documents, total: documents.isEmpty ? 0 : total, workspace, call)
    }

    /// Reports of users, grouped by them.
    private static func userReports(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let reports = try between(workspace, call).filter { $0["message"] == nil }
            .sorted { ($0["ts"]?.milliseconds ?? 0) > ($1["ts"]?.milliseconds ?? 0) }
        let documents = grouped(reports, by: "reportedUser._id").map { group -> JSONObject in
            [
                "reportedUser": group[0]["reportedUser"] ?? .null, "ts": group[0]["ts"] ?? .null,
                "count": .int(Int64(group.count)),
            ]
        }
        return try page("reports", documents, total: documents.count, workspace, call)
    }

    private static func page(
        _ key: String, _ documents: [JSONObject], total: Int, _ workspace: Workspace, _ call: Call
    ) throws(Refusal) -> [UInt8] {
        let paging = try Paging(call, workspace.settings)
        let order = try SortOrder(call) ?? SortOrder("ts", descending: true)
        let page = paging.slice(Workspace.stableSorted(documents, order))
        return JSONBuffer.success([
            key: .array(page.map { .object($0) }), "count": .int(Int64(page.count)),
            "offset": .int(Int64(paging.offset)), "total": .int(Int64(total)),
        ])
    }

    private static func reports(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let id = call.query["msgId"]
        let shown = ["_id", "description", "reportedBy", "ts", "room"]
        let reports = open(workspace).filter { $0.value(at: "message._id")?.text == id }
        return try workspace.list(
            "reports", reports, call, order: SortOrder("ts", descending: true), id: { $0["_id"]?.text ?? "" },
            document: { $0.filter { shown.contains($0.key) } })
    }

    /// Reported messages of a user. Paged by reports; a message that is reported again within the page is left out
    /// afterwards, so that `count` and `total` count reports and a page is shorter than its `count`.
    private static func reportedMessages(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let id = call.query["userId"] ?? ""
        let paging = try Paging(call, workspace.settings)
        let order = try SortOrder(call) ?? SortOrder("ts", descending: true)
        let reports = Workspace.stableSorted(
            open(workspace).filter { $0.value(at: "message.u._id")?.text == id }, order)
        let page = paging.slice(reports)
        var met: Set<String> = []
        let messages = page.filter { met.insert($0.value(at: "message._id")?.text ?? "").inserted }
            .map { JSON.object($0.filter { ["_id", "message", "ts", "room"].contains($0.key) }) }
        var body: JSONObject = [
            "messages": .array(messages), "count": .int(Int64(page.count)), "total": .int(Int64(reports.count)),
            "offset": .int(Int64(paging.offset)),
        ]
        if call.version >= Version(6, 6) {
            body["user"] = workspace.user(id).map { workspace.users[$0].reference(named: true) } ?? .null
        } else if workspace.user(id) == nil {
            throw .failure("error-invalid-user")
        }
        return JSONBuffer.success(body)
    }

    private static func reportsOfUser(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let id = call.query["userId"] ?? ""
        let shown = ["_id", "description", "reportedBy", "ts", "reportedUser"]
        let reports = open(workspace).filter { $0["message"] == nil && $0.value(at: "reportedUser._id")?.text == id }
        let user = workspace.user(id).map { workspace.users[$0].reference(named: true) } ?? .null
        return try workspace.list(
            "reports", reports, call, order: SortOrder("ts", descending: true), extra: { _ in ["user": user] },
            id: { $0["_id"]?.text ?? "" }, document: { $0.filter { shown.contains($0.key) } })
    }

    private static func report(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard let index = workspace.collections.reports.index(call.query["reportId"] ?? "") else {
            throw .failure("error-report-not-found")
        }
        return JSONBuffer.success(["report": .object(workspace.collections.reports.rows[index])])
    }
}
