/// The caller's memberships.
enum SubscriptionRoutes {
    /// The family.
    static let all: [Route] = [
        Route("subscriptions.get", parameters: .only("updatedSince"), handler: get),
        Route("subscriptions.getOne", parameters: .only().requiring("roomId"), handler: one),
    ]

    /// A membership as its owner sees it.
    static func document(_ subscription: Subscription, _ workspace: Workspace) -> JSONObject {
        let room = workspace.rooms[subscription.room]
        let user = workspace.users[subscription.user]
        var document: JSONObject = [
            "_id": .string(subscription.id), "rid": .string(room.id), "t": .string(room.type.rawValue),
            "u": user.reference(named: true), "open": .bool(subscription.isOpen),
            "alert": .bool(subscription.hasAlert), "unread": .int(Int64(subscription.unread)),
            "userMentions": .int(Int64(subscription.mentions)), "groupMentions": 0,
            "ts": .date(subscription.joinedAt),
        ]
        let (name, title) = names(of: room, for: user)
        document["name"] = .string(name)
        if let title { document["fname"] = .string(title) }
        if let seen = subscription.lastSeen {
            document["ls"] = .date(seen)
            document["lr"] = .date(seen)
        }
        if subscription.isFavourite { document["f"] = true }
        if !subscription.roles.isEmpty { document["roles"] = .strings(subscription.roles) }
        for key in ["prid", "archived"] { document[key] = room.fields[key] }
        for member in subscription.extra.members { document[member.key] = member.value }
        document["_updatedAt"] = .date(subscription.updatedAt)
        return document
    }

    private static func names(of room: Room, for user: User) -> (String, String?) {
        if let name = room.name { return (name, room.fields["fname"]?.text) }
        let others = (room.fields["usernames"]?.elements ?? []).compactMap(\.text).filter { $0 != user.username }
        if others.isEmpty { return (room.fields["fname"]?.text ?? user.username, room.fields["fname"]?.text) }
        return (others.joined(separator: ", "), others.joined(separator: ", "))
    }

    private static func get(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let since = try call.date(
            "updatedSince",
            else: .thrown("error-roomId-param-invalid", "The \"lastUpdate\" query parameter must be a valid date."))
        let own = workspace.memberships(of: call.user).filter { $0.updatedAt > since ?? .min }
        var removed: [JSON] = []
        if let since {
            let horizon = max(since, call.now - Workspace.trashLifetime)
            removed = workspace.subscriptionTrash.filter { $0.user == call.user && $0.deletedAt > horizon }
                .map { ["_id": .string($0.id), "_deletedAt": .date($0.deletedAt)] }
        }
        let snapshot = workspace
        return JSONBuffer.success([
            "update": .array(own.map { .object(document($0, snapshot)) }), "remove": .array(removed),
        ])
    }

    /// The caller's membership of one room, or null.
    private static func one(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard let id = call.query.filled("roomId") else { throw .failure("The 'roomId' param is required") }
        let own = workspace.room(id).flatMap { workspace.rooms[$0].members[call.user] }
        return JSONBuffer.success([
            "subscription": own.map { .object(document(workspace.subscriptions[$0], workspace)) } ?? .null
        ])
    }
}
