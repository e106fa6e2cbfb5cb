extension Founding {
    /// Departments, agents, visitors, contacts and live chats.
    mutating func openOmnichannel() {
        let agent = accounts[3]
        let agents = [agent] + people.prefix(2)
        for person in people.prefix(2) { workspace.users[person].roles.append("livechat-agent") }
        for (index, name) in ["Sales", "Support"].enumerated() {
            let id = random.identifier()
            workspace.collections.departments.rows.append([
                "_id": .string(id), "name": .string(name), "enabled": true, "description": .string("\(name) desk"),
                "email": .string("\(name.lowercased())@corp.example"), "numAgents": .int(Int64(agents.count)),
                "showOnRegistration": true, "showOnOfflineForm": .bool(index == 0), "_updatedAt": .date(start),
            ])
            for (order, user) in agents.enumerated() {
                workspace.collections.departmentAgents.rows.append([
                    "_id": .string(random.identifier()), "agentId": .string(workspace.users[user].id),
                    "departmentId": .string(id), "username": .string(workspace.users[user].username), "count": 0,
                    "order": .int(Int64(order)), "departmentEnabled": true, "_updatedAt": .date(start),
                ])
            }
        }
        openTags()
        for index in 0..<max(6, options.rooms / 4) { openChat(index, agents: agents) }
    }

    /// One tag for all departments, and one of each department.
    private mutating func openTags() {
        let departments = workspace.collections.departments.rows.compactMap { $0["_id"] }
        for (name, owners) in [("refund", []), ("order", departments.prefix(1)), ("outage", departments.suffix(1))] {
            workspace.collections.tags.rows.append([
                "_id": .string("tag-\(name)"), "name": .string(name), "description": .string("About \(name)s"),
                "numDepartments": .int(Int64(owners.count)), "departments": .array(Array(owners)),
                "_updatedAt": .date(start),
            ])
        }
    }

    private mutating func openChat(_ index: Int, agents: [UserIndex]) {
        let opened = start + Int64(200 + random.below(190)) * 86_400_000 + Int64(random.below(86_400_000))
        let name = "\(random.pick(Phrases.names)) \(random.pick(Phrases.families))"
        let room = workspace.openChat(name, department: index % 2, at: opened)
        workspace.rooms[room].fields["tags"] = index % 2 == 0 ? ["refund"] : []
        guard index % 5 != 4 else { return }
        workspace.take(chat: room, agent: agents[index % agents.count], at: opened + 2000)
        if index % 3 == 0 { workspace.close(chat: room, tags: ["refund"], at: opened + 1_800_000) }
    }
}
