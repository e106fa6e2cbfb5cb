/// Live chats, visitors, contacts, agents and departments.
enum OmnichannelRoutes {
    /// The family.
    static let all: [Route] = [
        Route(
            "livechat/rooms",
            parameters: .list(
                "agents", "roomName", "departmentId", "open", "createdAt", "closedAt", "tags", "customFields", "onhold",
                "queued", "units"), handler: rooms),
        Route(
            "livechat/visitors.search", since: Version(3, 6), permissions: ["view-l-room"],
            parameters: .list("term").requiring("term"), handler: visitors),
        Route(
            "livechat/visitors.info", permissions: ["view-l-room"],
            parameters: .only("visitorId").requiring("visitorId"), handler: visitor),
        Route(
            "omnichannel/contacts.search", since: Version(7, 0), permissions: ["view-livechat-contact"],
            parameters: .list("searchText", "unknown"), handler: contacts),
        Route(
            "livechat/users/agent", permissions: ["transfer-livechat-guest", "edit-omnichannel-contact"],
            parameters: .list("text", "onlyAvailable", "excludeId", "showIdleAgents"), handler: agents),
        Route(
            "livechat/users/manager", permissions: ["view-livechat-manager"], parameters: .list("text"),
            handler: managers),
        Route(
            "livechat/department", permissions: ["view-livechat-departments", "view-l-room"],
            parameters: .list("text", "enabled", "onlyMyDepartments", "showArchived", "excludeDepartmentId"),
            handler: departments),
        Route(
            "livechat/department/:_id/agents", permissions: ["view-livechat-departments", "view-l-room"],
            parameters: .list(), handler: departmentAgents),
        Route(
            "livechat/inquiries.list", permissions: ["view-l-room"], parameters: .list("department"),
            handler: inquiries),
        Route(
            "livechat/:rid/messages", since: Version(4, 2), permissions: ["view-l-room"],
            parameters: .list("searchTerm"), handler: messages),
    ]

    private static func rooms(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let agents = call.query.list("agents")
        let isOwn = workspace.has("view-l-room", call.user) && agents == [workspace.users[call.user].id]
        guard workspace.has("view-livechat-rooms", call.user) || isOwn else { throw .forbidden }
        let created = try range("createdAt", call)
        let closed = try range("closedAt", call)
        let snapshot = workspace
        let rooms = workspace.rooms.indices.filter { index in
            let room = snapshot.rooms[index]
            guard room.type == .livechat, !room.isRemoved else { return false }
            return matches(room, agents, call)
                && within(created, room.fields["ts"]?.milliseconds)
                && within(closed, room.fields["closedAt"]?.milliseconds)
        }
        return try workspace.list(
            "rooms", rooms, call, order: SortOrder("ts", descending: true), id: { snapshot.rooms[$0].id },
            document: { index in
                var document = snapshot.rooms[index].document
                let id = document["departmentId"]?.text
                if let department = snapshot.small.departments.rows.first(where: { $0["_id"]?.text == id }) {
                    document["department"] = .object(department.filter { ["_id", "name"].contains($0.key) })
                }
                return document
            })
    }

    /// Whether a chat passes the filters: `open` means open, served and not on hold; `queued` open and not served.
    private static func matches(_ room: Room, _ agents: [String], _ call: Call) -> Bool {
        let isOpen = room.fields["open"]?.flag == true
        let isServed = room.fields["servedBy"] != nil
        let isOnHold = room.fields["onHold"]?.flag == true
        if !agents.isEmpty, !agents.contains(room.fields.value(at: "servedBy._id")?.text ?? "") { return false }
        if let id = call.query.filled("departmentId"), room.fields["departmentId"]?.text != id { return false }
        if let name = call.query.filled("roomName"), room.fields["fname"]?.text?.contains(name) != true { return false }
        let tags = call.query.list("tags")
        let own = (room.fields["tags"]?.elements ?? []).compactMap(\.text)
        if !tags.isEmpty, Set(tags).isDisjoint(with: own) { return false }
        if call.query["open"] == "true", !(isOpen && isServed && !isOnHold) { return false }
        if call.query["open"] == "false", isOpen { return false }
        if call.query["queued"] == "true", !(isOpen && !isServed) { return false }
        if call.query["onhold"] == "true", !isOnHold { return false }
        return true
    }

    /// `{"start": ISO, "end": ISO}`, both optional and inclusive.
    private static func range(_ name: String, _ call: Call) throws(Refusal) -> ClosedRange<Int64>? {
        guard let text = call.query.filled(name) else { return nil }
        guard let object = JSONParser.parse(Array(text.utf8))?.object else {
            throw .failure("The \"\(name)\" query parameter must be a valid date.")
        }
        let start = object["start"]?.text.flatMap { ISODate.parse($0) } ?? .min
        let end = object["end"]?.text.flatMap { ISODate.parse($0) } ?? .max
        return start <= end ? start...end : nil
    }

    private static func within(_ range: ClosedRange<Int64>?, _ time: Int64?) -> Bool {
        guard let range else { return true }
        return time.map { range.contains($0) } ?? false
    }

    private static func visitors(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let term = call.query.filled("term")?.lowercased()
        let shown: Set<String> = ["_id", "username", "name", "phone", "livechatData", "visitorEmails", "lastChat"]
        let visitors = workspace.small.visitors.rows.filter { visitor in
            guard let term else { return true }
            let texts = [visitor["name"]?.text, visitor["username"]?.text].compactMap { $0?.lowercased() }
            return texts.contains { $0.contains(term) }
        }
        return try workspace.list(
            "visitors", visitors, call, order: SortOrder("ts", descending: true), id: { $0["_id"]?.text ?? "" },
            document: { $0.filter { shown.contains($0.key) } })
    }

    private static func visitor(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard let index = workspace.small.visitors.index(call.query["visitorId"] ?? "") else {
            throw .failure("visitor-not-found")
        }
        var visitor = workspace.small.visitors.rows[index]
        if call.version >= Version(8, 5) { visitor["token"] = nil }
        return JSONBuffer.success(["visitor": .object(visitor)])
    }

    private static func contacts(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let text = call.query.filled("searchText")?.lowercased()
        let contacts = workspace.small.contacts.rows.filter { contact in
            if let unknown = call.query["unknown"], contact["unknown"]?.flag != (unknown == "true") { return false }
            return text.map { contact["name"]?.text?.lowercased().contains($0) ?? false } ?? true
        }
        return try workspace.list(
            "contacts", contacts, call, order: SortOrder("name"), id: { $0["_id"]?.text ?? "" }, document: { $0 })
    }

    private static func agents(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        try holders(of: "livechat-agent", workspace, call)
    }

    private static func managers(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        try holders(of: "livechat-manager", workspace, call)
    }

    private static func holders(of role: String, _ workspace: Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let users = UserRoutes.listed(workspace).filter { workspace.users[$0].roles.contains(role) }
        return try workspace.list(
            "users", users, call, order: SortOrder("name"), id: { workspace.users[$0].id },
            document: { index in
                let user = workspace.users[index]
                let departments = workspace.small.departmentAgents.rows.filter { $0["agentId"]?.text == user.id }
                var record: JSONObject = [
                    "_id": .string(user.id), "username": .string(user.username), "status": .string(user.status),
                    "statusLivechat": "available", "livechat": ["maxNumberSimultaneousChat": 5],
                    "departments": .array(departments.compactMap { $0["departmentId"] }),
                ]
                if let name = user.name { record["name"] = .string(name) }
                if let email = user.email { record["emails"] = [["address": .string(email), "verified": true]] }
                return record
            })
    }

    private static func departments(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let showsArchived = call.query["showArchived"] == "true"
        let departments = workspace.small.departments.rows.filter { showsArchived || $0["archived"]?.flag != true }
        return try workspace.list(
            "departments", departments, call, order: SortOrder("name"), id: { $0["_id"]?.text ?? "" },
            document: { $0 })
    }

    private static func departmentAgents(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let agents = workspace.small.departmentAgents.rows.filter { $0["departmentId"]?.text == call.path["_id"] }
        return try workspace.list(
            "agents", agents, call, order: SortOrder("username"), id: { $0["_id"]?.text ?? "" }, document: { $0 })
    }

    private static func inquiries(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let rooms = workspace.rooms.filter {
            $0.type == .livechat && !$0.isRemoved && $0.fields["open"]?.flag == true && $0.fields["servedBy"] == nil
        }
        return try workspace.list(
            "inquiries", rooms, call, order: SortOrder("ts", descending: true), id: { $0.id },
            document: { room in
                [
                    "_id": .string("inq" + room.id), "rid": .string(room.id), "status": "queued",
                    "name": room.fields["fname"] ?? .null, "ts": room.fields["ts"] ?? .null,
                    "department": room.fields["departmentId"] ?? .null, "t": "l", "_updatedAt": .date(room.updatedAt),
                ]
            })
    }

    private static func messages(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard let room = workspace.room(call.path["rid"] ?? ""), workspace.rooms[room].type == .livechat else {
            throw .failure("invalid-room")
        }
        guard workspace.canAccess(room, call.user) else { throw .failure("not-allowed") }
        let paging = try Paging(call, workspace.settings)
        let store = workspace.rooms[room].messages
        let rows = workspace.rows(of: room) { _ in true }.filter { row in
            guard store.rows[row].flags.contains(.system) else { return true }
            return store.body(row)["t"] == "livechat-close"
        }
        let page = paging.slice(rows).map { JSON.raw(workspace.encoded($0, of: room, for: call.user)) }
        // `count` echoes what was asked for, not what came.
        return JSONBuffer.success([
            "messages": .array(page), "count": .int(Int64(paging.count)), "offset": .int(Int64(paging.offset)),
            "total": .int(Int64(rows.count)),
        ])
    }
}
