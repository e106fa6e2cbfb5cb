extension Founding {
    /// The collections nothing else refers to.
    mutating func fillCatalogues() {
        for (index, name) in ["party_parrot", "ship-it", "blåbær"].enumerated() {
            workspace.collections.emojis.rows.append([
                "_id": .string(random.identifier()), "name": .string(name), "aliases": index == 0 ? ["parrot"] : [],
                "extension": "png", "etag": .string(random.identifier()), "_updatedAt": .date(start + Int64(index)),
            ])
        }
        for (name, type) in [("In a meeting", "busy"), ("Gone fishing", "away")] {
            workspace.collections.statuses.rows.append([
                "_id": .string(random.identifier()), "name": .string(name), "statusType": .string(type),
                "_updatedAt": .date(start),
            ])
        }
        for index in 0..<3 { addIntegration(index) }
        addInvites()
        for day in 0..<30 { addStatistics(day) }
        addReports()
        addConferences()
    }

    private mutating func addIntegration(_ index: Int) {
        let isOutgoing = index == 2
        workspace.collections.integrations.rows.append([
            "_id": .string(random.identifier()), "type": .string(isOutgoing ? "webhook-outgoing" : "webhook-incoming"),
            "name": .string("hook \(index)"), "enabled": .bool(index != 1), "username": "rocket.cat",
            "userId": "rocket.cat", "channel": ["#general"], "event": isOutgoing ? "sendMessage" : .null,
            "urls": isOutgoing ? ["https://hooks.example.net/in"] : .null, "scriptEnabled": true,
            "script": "class Script {}", "scriptCompiled": "function Script() {}",
            "token": .string(random.identifier(43)), "alias": "hook", "avatar": .null, "emoji": ":robot:",
            "_createdAt": .date(start), "_createdBy": workspace.users[accounts[0]].reference(),
            "_updatedAt": .date(start + Int64(index) * 1000),
        ])
    }

    private mutating func addInvites() {
        for index in 0..<2 {
            let id = random.identifier(6)
            workspace.collections.invites.rows.append([
                "_id": .string(id), "days": index == 0 ? 0 : 7, "maxUses": .int(Int64(index * 10)),
                "rid": .string(workspace.rooms[.general].id), "userId": .string(workspace.users[accounts[0]].id),
                "createdAt": .date(end - 86_400_000), "expires": index == 0 ? .null : .date(end + 6 * 86_400_000),
                "uses": .int(Int64(index)), "inviteToken": .string(random.identifier(12)),
                "url": .string("https://go.example.com/invite/\(id)"), "_updatedAt": .date(end - 86_400_000),
            ])
        }
    }

    /// A day's counters. The oldest days lack members that came later; `lastLogin` and `lastSeenSubscription` are texts as
    /// JavaScript prints dates, empty when there was none.
    private mutating func addStatistics(_ day: Int) {
        let time = end - Int64(30 - day) * 86_400_000
        let users = Int64(workspace.users.count)
        var document: JSONObject = [
            "_id": .string(random.identifier()), "wizard": .object(JSONObject()), "uniqueId": "sandbox-workspace",
            "version": .string(options.version), "totalUsers": .int(users), "activeUsers": .int(users - 2),
            "onlineUsers": .int(Int64(random.below(20))), "totalRooms": .int(Int64(workspace.rooms.count)),
            "totalMessages": .int(Int64(options.messages)), "uploadsTotalSize": 123_456_789,
            "os": ["type": "Linux", "uptime": .number(1234.56)],
            "process": ["nodeVersion": "v22.16.0", "pid": 1, "uptime": .number(99.5)],
        ]
        if day >= 5 {
            document["lastLogin"] = .string(day == 5 ? "" : ServerTime.scriptText(time - 60_000))
            document["lastMessageSentAt"] = .date(time - 30_000)
            document["lastSeenSubscription"] = .string(day == 5 ? "" : ServerTime.scriptText(time - 30_000))
            document["nonActiveUsers"] = 2
            document["totalDiscussions"] = .int(Int64(day))
        }
        document["createdAt"] = .date(time)
        document["_updatedAt"] = .date(time)
        workspace.collections.statistics.rows.append(document)
    }

    /// Four messages of three people, the first of them reported by five people, and two reports of users.
    private mutating func addReports() {
        guard people.count > 8 else { return }
        for index in 0..<8 {
            let author = workspace.users[people[index < 5 ? 0 : index % 3]]
            let message: JSON = [
                "_id": .string("reported-message-\(max(0, index - 4))"), "msg": "something rude", "rid": "GENERAL",
                "ts": .date(end - 90_000_000), "u": author.reference(named: true),
                "_updatedAt": .date(end - 90_000_000),
            ]
            addReport(
                index,
                ["message": message, "room": ["_id": "GENERAL", "name": "general", "t": "c", "fname": "general"]])
        }
        for index in 8..<10 {
            addReport(index, ["reportedUser": workspace.users[people[1]].reference(named: true)])
        }
    }

    private mutating func addReport(_ index: Int, _ subject: JSONObject) {
        let time = end - Int64(index) * 3_600_000
        let report: JSONObject = [
            "_id": .string(random.identifier()), "description": "rude", "ts": .date(time), "_updatedAt": .date(time),
            "reportedBy": workspace.users[people[3 + index % 5]].reference(named: true),
        ]
        workspace.collections.reports.rows.append(report.merging(subject))
    }

    private mutating func addConferences() {
        for index in 0..<4 {
            let room = workspace.rooms[RoomIndex(index % min(workspace.rooms.count, 2))]
            let time = end - Int64(index) * 7_200_000
            let creator = workspace.users[accounts[0]].reference(named: true)
            let caller = (creator.object ?? JSONObject()).merging(["avatarETag": .null, "ts": .date(time)])
            workspace.collections.conferences.rows.append([
                "_id": .string(random.identifier()), "type": "videoconference", "rid": .string(room.id),
                "users": [.object(caller)], "status": .int(index == 0 ? 1 : 3), "messages": .object(JSONObject()),
                "url": .string("https://meet.example.com/\(index)"), "createdBy": creator, "createdAt": .date(time),
                "providerName": "jitsi", "title": .string("Stand-up \(index)"), "anonymousUsers": 0,
                "_updatedAt": .date(time),
            ])
            guard index > 0 else { continue }
            workspace.collections.conferences.rows[index]["endedAt"] = .date(time + 600_000)
        }
    }
}
