/// Live chats, visitors, contacts, agents and departments.
enum OmnichannelRoutes {
    /// The family.
    static let all: [Route] = [
        LivechatRooms.route,
        Route(
            "livechat/visitors.search", since: Version(3, 6), permissions: ["view-l-room"],
            parameters: .list().requiring("term").legacy(), handler: visitors),
        Route(
            "livechat/visitors.info", permissions: ["view-l-room"],
            parameters: .only().requiring("visitorId").legacy(), handler: visitor),
        Route(
            "omnichannel/contacts.search", since: Version(7, 0), permissions: ["view-livechat-contact"],
            parameters: .only("sort", "searchText").with(.number, "count", "offset").with(.flag, "unknown").legacy(),
            handler: contacts),
        Route(
            "livechat/users/agent",
            parameters: .list("text", "excludeId").with(.flag, "onlyAvailable", "showIdleAgents").legacy(),
            handler: agents),
        Route("livechat/users/manager", parameters: .list("text").legacy(), handler: managers),
        Route(
            "livechat/department", permissions: ["view-livechat-departments", "view-l-room"],
            parameters: .list("text", "enabled", "showArchived", "excludeDepartmentId")
                .with(.one(["true", "false"]), "onlyMyDepartments").legacy(), handler: departments),
        Route(
            "livechat/department/:_id/agents", permissions: ["view-livechat-departments", "view-l-room"],
            parameters: .list().legacy(), handler: departmentAgents),
        Route(
            "livechat/inquiries.list", permissions: ["view-l-room"], parameters: .list("department").legacy(),
            handler: inquiries),
        Route(
            "livechat/:rid/messages", since: Version(4, 2), permissions: ["view-l-room"],
            parameters: .list("searchTerm").legacy(), handler: messages),
    ]

    private static func visitors(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let term = call.query.filled("term")?.lowercased()
        let shown: Set<String> = ["_id", "username", "name", "phone", "livechatData", "visitorEmails", "lastChat"]
        let visitors = workspace.collections.visitors.rows.filter { visitor in
            guard let term else { return true }
            let texts = [visitor["name"]?.text, visitor["username"]?.text].compactMap { $0?.lowercased() }
            return texts.contains { $0.contains(term) }
        }
        return try workspace.list(
            "visitors", visitors, call, order: SortOrder("ts", descending: true), id: { $0["_id"]?.text ?? "" },
            document: { $0.filter { shown.contains($0.key) } })
    }

    private static func visitor(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard let index = workspace.collections.visitors.index(call.query["visitorId"] ?? "") else {
            throw .failure("visitor-not-found")
        }
        var visitor = workspace.collections.visitors.rows[index]
        if call.version >= Version(8, 5) { visitor["token"] = nil }
        return JSONBuffer.success(["visitor": .object(visitor)])
    }

    /// Known contacts, or with `unknown=true` the unknown ones: never both. `count` echoes what was asked for.
    private static func contacts(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let text = call.query.filled("searchText")?.lowercased() ?? ""
        let isUnknown = call.query["unknown"] == "true"
        let contacts = workspace.collections.contacts.rows.filter { contact in
            guard contact["unknown"]?.flag == isUnknown else { return false }
            // Hidden since 7.11 (issue 36589 of the server).
            if contact["enabled"]?.flag == false, call.version >= Version(7, 11) { return false }
            let lists = ["emails": "address", "phones": "phoneNumber"].flatMap { list, member in
                (contact[list]?.elements ?? []).compactMap { $0.object?[member]?.text }
            }
            return text.isEmpty || ([contact["name"]?.text ?? ""] + lists).contains { $0.lowercased().contains(text) }
        }
        let paging = try Paging(call, workspace.settings)
        let sorted = Workspace.stableSorted(contacts, try SortOrder(call) ?? SortOrder("name"))
        return JSONBuffer.success([
            "contacts": .array(paging.slice(sorted).map { .object($0) }), "count": .int(Int64(paging.count)),
            "offset": .int(Int64(paging.offset)), "total": .int(Int64(contacts.count)),
        ])
    }

    private static func agents(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let permissions = ["transfer-livechat-guest", "edit-omnichannel-contact"]
        guard permissions.contains(where: { workspace.has($0, call.user) }) else { throw .forbidden }
        return try holders(of: "livechat-agent", workspace, call)
    }

    private static func managers(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard workspace.has("view-livechat-manager", call.user) else { throw .forbidden }
        return try holders(of: "livechat-manager", workspace, call)
    }

    private static func holders(of role: String, _ workspace: Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let text = call.query.filled("text")?.lowercased()
        let users = UserRoutes.listed(workspace).filter { index in
            let user = workspace.users[index]
            guard user.roles.contains(role), user.id != call.query.filled("excludeId") else { return false }
            if call.query["onlyAvailable"] == "true", !isAvailable(user) { return false }
            if call.query["showIdleAgents"] == "false", user.status == "offline" { return false }
            guard let text else { return true }
            return [user.username, user.name, user.email].contains { $0?.lowercased().contains(text) == true }
        }
        return try workspace.list(
            "users", users, call, order: SortOrder("name"), id: { workspace.users[$0].id },
            document: { index in
                let user = workspace.users[index]
                let departments = workspace.collections.departmentAgents.rows.filter { $0["agentId"]?.text == user.id }
                var record: JSONObject = [
                    "_id": .string(user.id), "username": .string(user.username), "status": .string(user.status),
                    "statusLivechat": isAvailable(user) ? "available" : "not-available",
                    "livechat": ["maxNumberSimultaneousChat": 5],
                    "departments": .array(departments.compactMap { $0["departmentId"] }),
                ]
                if let name = user.name { record["name"] = .string(name) }
                if let email = user.email { record["emails"] = [["address": .string(email), "verified": true]] }
                return record
            })
    }

    private static func isAvailable(_ user: User) -> Bool { user.active && user.status != "offline" }

    private static func departments(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let showsArchived = call.query["showArchived"] == "true"
        let text = call.query.filled("text")?.lowercased()
        let isOwnOnly = call.query["onlyMyDepartments"] == "true"
        let own = isOwnOnly ? workspace.unitDepartments(of: call.user) : nil
        let departments = workspace.collections.departments.rows.filter { department in
            guard showsArchived || department["archived"]?.flag != true else { return false }
            if call.query["enabled"] == "true", department["enabled"]?.flag != true { return false }
            if let own, !own.contains(department["_id"]?.text ?? "") { return false }
            if department["_id"]?.text == call.query.filled("excludeDepartmentId") { return false }
            return text.map { department["name"]?.text?.lowercased().contains($0) == true } ?? true
        }
        return try workspace.list(
            "departments", departments, call, order: SortOrder("name"), id: { $0["_id"]?.text ?? "" },
            document: { $0 })
    }

    private static func departmentAgents(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let agents = workspace.collections.departmentAgents.rows.filter { $0["departmentId"]?.text == call.path["_id"] }
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
