/// Single messages, threads, and the derived lists of messages.
enum ChatRoutes {
    /// The family.
    static let all: [Route] = [
        Route("chat.getMessage", parameters: .only().requiring("msgId").since(8, 3), handler: message),
        Route(
            "chat.getThreadsList", since: Version(1, 0), parameters: .list("type", "text").requiring("rid"),
            handler: threads),
        Route(
            "chat.getThreadMessages", since: Version(1, 0), parameters: .list().requiring("tmid"),
            handler: replies),
        Route(
            "chat.getPinnedMessages", since: Version(2, 0), parameters: .list().requiring("roomId"),
            handler: pinned),
        Route(
            "chat.getStarredMessages", since: Version(2, 3), parameters: .list().requiring("roomId"),
            handler: starred),
        Route(
            "chat.getMentionedMessages", since: Version(2, 3), parameters: .list().requiring("roomId"),
            handler: mentioned),
        Route(
            "chat.getDiscussions", since: Version(2, 4), parameters: .list("text").requiring("roomId"),
            handler: discussions),
    ]

    private static func message(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard let id = call.query.filled("msgId"), let (room, row) = workspace.message(id),
            workspace.rooms[room].messages.isVisible(row)
        else { throw Refusal(400, ["success": false]) }
        guard workspace.canAccess(room, call.user) else { throw .notAllowed }
        return JSONBuffer.success(["message": .raw(workspace.encoded(row, of: room, for: call.user))])
    }

    private static func room(_ workspace: Workspace, _ call: Call, _ name: String) throws(Refusal) -> RoomIndex {
        guard let id = call.query.filled(name), let room = workspace.room(id), workspace.canAccess(room, call.user)
        else { throw .notAllowed }
        return room
    }

    private static func threads(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard workspace.settings.threadsEnabled else { throw .thrown("error-not-allowed", "Threads Disabled") }
        let room = try room(workspace, call, "rid")
        let threads = workspace.rooms[room].messages.threads
        let rows = workspace.rows(of: room) { threads[$0.serial].map { $0.count > 0 } ?? false }
        let sorted = rows.sorted { left, right in
            let store = workspace.rooms[room].messages
            return (threads[store.rows[left].serial]?.last ?? 0) > (threads[store.rows[right].serial]?.last ?? 0)
        }
        return try workspace.page("threads", sorted, of: room, call)
    }

    private static func replies(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard workspace.settings.threadsEnabled else { throw .thrown("error-not-allowed", "Threads Disabled") }
        guard let id = call.query.filled("tmid"), let (room, row) = workspace.message(id) else {
            throw .thrown("error-invalid-message", "Invalid Message")
        }
        guard workspace.canAccess(room, call.user) else { throw .notAllowed }
        let parent = workspace.rooms[room].messages.rows[row].serial
        return try workspace.page("messages", workspace.rows(of: room) { $0.parent == parent }, of: room, call)
    }

    private static func pinned(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let room = try room(workspace, call, "roomId")
        let rows = workspace.rows(of: room) { $0.flags.contains(.pinned) }
        return try workspace.page("messages", rows, of: room, call)
    }

    private static func starred(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let room = try room(workspace, call, "roomId")
        let stars = workspace.rooms[room].messages.stars
        let rows = workspace.rows(of: room) { stars[$0.serial]?.contains(call.user) ?? false }
        return try workspace.page("messages", rows.reversed(), of: room, call)
    }

    private static func mentioned(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let room = try room(workspace, call, "roomId")
        let store = workspace.rooms[room].messages
        let id = workspace.users[call.user].id
        let rows = workspace.rows(of: room) { $0.flags.contains(.mentions) }.filter { row in
            (store.body(row)["mentions"]?.elements ?? []).contains { $0.object?["_id"]?.text == id }
        }
        return try workspace.page("messages", rows.reversed(), of: room, call)
    }

    private static func discussions(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let room = try room(workspace, call, "roomId")
        let store = workspace.rooms[room].messages
        let rows = workspace.rows(of: room) { $0.flags.contains(.system) }
            .filter { store.body($0)["drid"] != nil }
        return try workspace.page("messages", rows.reversed(), of: room, call)
    }
}

extension Workspace {
    /// Visible rows of a room that pass a test, by `ts` ascending.
    func rows(of room: RoomIndex, _ passes: (StoredMessage) -> Bool) -> [Int] {
        let store = rooms[room].messages
        return store.rows.indices.filter { store.isVisible($0) && passes(store.rows[$0]) }
            .sorted { (store.rows[$0].ts, $0) < (store.rows[$1].ts, $1) }
    }

    /// Answers a page of messages in the order given.
    func page(_ key: String, _ rows: [Int], of room: RoomIndex, _ call: Call) throws(Refusal) -> [UInt8] {
        let paging = try Paging(call, settings)
        let page = paging.slice(rows).map { JSON.raw(encoded($0, of: room, for: call.user)) }
        return JSONBuffer.success([
            key: .array(page), "count": .int(Int64(page.count)), "offset": .int(Int64(paging.offset)),
            "total": .int(Int64(rows.count)),
        ])
    }
}
