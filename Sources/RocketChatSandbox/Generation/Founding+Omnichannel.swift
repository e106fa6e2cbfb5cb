extension Founding {
    /// Departments, agents, visitors, contacts and live chats.
    mutating func openOmnichannel() {
        let agent = accounts[3]
        let agents = [agent] + people.prefix(2)
        for person in people.prefix(2) { workspace.users[person].roles.append("livechat-agent") }
        for (index, name) in ["Sales", "Support"].enumerated() {
            let id = random.identifier()
            workspace.small.departments.rows.append([
                "_id": .string(id), "name": .string(name), "enabled": true, "description": .string("\(name) desk"),
                "email": .string("\(name.lowercased())@corp.example"), "numAgents": .int(Int64(agents.count)),
                "showOnRegistration": true, "showOnOfflineForm": .bool(index == 0), "_updatedAt": .date(start),
            ])
            for (order, user) in agents.enumerated() {
                workspace.small.departmentAgents.rows.append([
                    "_id": .string(random.identifier()), "agentId": .string(workspace.users[user].id),
                    "departmentId": .string(id), "username": .string(workspace.users[user].username), "count": 0,
                    "order": .int(Int64(order)), "departmentEnabled": true, "_updatedAt": .date(start),
                ])
            }
        }
        for index in 0..<max(6, options.rooms / 4) { openChat(index, agents: agents) }
    }

    private mutating func openChat(_ index: Int, agents: [Int]) {
        let opened = start + Int64(200 + random.below(190)) * 86_400_000 + Int64(random.below(86_400_000))
        let visitor = addVisitor(index, at: opened)
        let served = index % 5 == 4 ? nil : agents[index % agents.count]
        let isClosed = index % 3 == 0 && served != nil
        let department = workspace.small.departments.rows[index % 2]
        var fields: JSONObject = [
            "fname": .string(workspace.users[visitor].name ?? ""), "ts": .date(opened), "ro": false, "default": false,
            "v": visitorReference(visitor), "cl": false, "source": ["type": "widget", "id": "1"],
            "departmentId": department["_id"] ?? .null, "livechatData": .object(JSONObject()), "priorityWeight": 99,
            "estimatedWaitingTimeQueue": 9_999_999, "queuedAt": .date(opened),
            "tags": index % 2 == 0 ? ["refund"] : [],
        ]
        if let served {
            fields["servedBy"] = [
                "_id": .string(workspace.users[served].id), "username": .string(workspace.users[served].username),
                "ts": .date(opened + 2000),
            ]
        }
        if isClosed {
            fields["closedAt"] = .date(opened + 1_800_000)
            fields["closer"] = "user"
            fields["closedBy"] = served.map { workspace.users[$0].reference() } ?? .null
            fields["metrics"] = [
                "chatDuration": .number(1800.5), "v": ["lq": .date(opened)],
                "response": ["tt": .number(12.25), "total": 3, "avg": .number(4.083), "ft": 6],
            ]
        } else {
            fields["open"] = true
            fields["waitingResponse"] = true
        }
        let room = workspace.add(
            Room(id: random.identifier(), type: .livechat, fields: fields, updatedAt: opened))
        if let served, !isClosed { workspace.subscribe(served, to: room, at: opened) }
        workspace.rooms[room].userCount = 2
    }

    private func visitorReference(_ visitor: Int) -> JSON {
        [
            "_id": .string(workspace.users[visitor].id), "username": .string(workspace.users[visitor].username),
            "token": .string("visitor-token-\(workspace.users[visitor].id)"), "status": "online",
        ]
    }

    private mutating func addVisitor(_ index: Int, at time: Int64) -> Int {
        let name = "\(random.pick(Phrases.names)) \(random.pick(Phrases.families))"
        let visitor = User(
            id: random.identifier(24), username: "guest-\(index + 1)", name: name, kind: .visitor, roles: [],
            createdAt: time, updatedAt: time)
        let phone: JSON = index % 3 == 0 ? .null : [["phoneNumber": .string("+4930\(1000 + index)")]]
        workspace.small.visitors.rows.append([
            "_id": .string(visitor.id), "username": .string(visitor.username), "name": .string(name), "phone": phone,
            "livechatData": ["crm.id": .string("C\(index)")], "token": .string("visitor-token-\(visitor.id)"),
            "visitorEmails": [["address": .string("guest\(index)@mail.example")]], "ts": .date(time),
            "_updatedAt": .date(time),
        ])
        workspace.small.contacts.rows.append([
            "_id": .string(random.identifier()), "name": .string(name),
            "phones": phone == .null ? [] : [["phoneNumber": .string("+4930\(1000 + index)")]],
            "emails": [["address": .string("guest\(index)@mail.example")]], "unknown": .bool(index % 2 == 1),
            "contactManager": .string(workspace.users[accounts[3]].id), "customFields": .object(JSONObject()),
            "channels": [
                [
                    "name": "widget", "verified": false, "blocked": false,
                    "visitor": ["visitorId": .string(visitor.id), "source": ["type": "widget"]],
                    "details": ["type": "widget"],
                ]
            ],
            "createdAt": .date(time), "activity": ["2026-01"], "_updatedAt": .date(time),
        ])
        return workspace.add(visitor)
    }
}
