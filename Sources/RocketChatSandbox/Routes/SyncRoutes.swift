/// `chat.syncMessages` and `chat.getDeletedMessages`, with every trap of rocket-chat-api.md §5.5.
enum SyncRoutes {
    /// The family.
    static let all: [Route] = [
        // Unchecked before 7.1: unknown parameters were passed over, the cursor's among them.
        Route(
            "chat.syncMessages",
            parameters: .only("lastUpdate", "next", "previous", "fromTs").with(.number, "count")
                .with(.one(["UPDATED", "DELETED"]), "type").requiring("roomId").since(7, 1), handler: sync),
        Route(
            "chat.getDeletedMessages",
            parameters: .list().with(.filled, "roomId").with(.filled, "since").requiring("roomId", "since").since(
                7, 10),
            handler: deleted),
    ]

    private static func sync(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard call.version >= Version(7, 1) else { return try beforeCursors(workspace, call) }
        guard let id = call.query.filled("roomId") else {
            throw .thrown("error-param-required", "The required \"roomId\" query param is missing")
        }
        let type = call.query.filled("type")
        guard type != nil || call.query.filled("lastUpdate") != nil else {
            throw .thrown("error-param-required", "The \"type\" or \"lastUpdate\" parameters must be provided")
        }
        let since = try call.date(
            "lastUpdate",
            else: .thrown(
                "error-lastUpdate-param-invalid", "The \"lastUpdate\" query parameter must be a valid date"))
        return try current(try room(id, workspace, call), type: type, since: since, workspace, call)
    }

    private static func beforeCursors(_ workspace: Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard let id = call.query.filled("roomId") else {
            throw .thrown("error-roomId-param-not-provided", "The required \"roomId\" query param is missing.")
        }
        let invalid = Refusal.thrown(
            "error-roomId-param-invalid", "The \"lastUpdate\" query parameter must be a valid date.")
        guard let since = try call.date("lastUpdate", else: invalid) else {
            throw .thrown("error-lastUpdate-param-not-provided", "The required \"lastUpdate\" query param is missing.")
        }
        return try everything(in: try room(id, workspace, call), since: since, workspace, call)
    }

    private static func room(_ id: String, _ workspace: Workspace, _ call: Call) throws(Refusal) -> RoomIndex {
        guard let room = workspace.room(id), workspace.canAccess(room, call.user) else { throw .notAllowed }
        return room
    }

    /// The answer of 7.1 and later.
    private static func current(
        _ room: RoomIndex, type: String?, since: Int64?, _ workspace: Workspace, _ call: Call
    ) throws(Refusal) -> [UInt8] {
        let next = call.query.filled("next")
        let previous = call.query.filled("previous")
        if next != nil || previous != nil, type == nil {
            throw .thrown(
                "error-type-param-required",
                "The \"type\" parameter is required when using the \"next\" or \"previous\" parameters")
        }
        if next != nil, previous != nil {
            throw .thrown(
                "error-cursor-conflict", "You cannot provide both \"next\" and \"previous\" parameters")
        }
        if next != nil || previous != nil, since != nil {
            throw .thrown(
                "error-cursor-and-lastUpdate-conflict",
                "The attributes \"next\", \"previous\" and \"lastUpdate\" cannot be used together")
        }
        if let since { return try everything(in: room, since: since, workspace, call) }
        // `type` without a cursor is not "from the beginning": there is no cursor, and the lists are empty or, in 7.1 and
        // 7.2, not even there.
        guard let cursor = next ?? previous else {
            return call.version < Version(7, 3)
                ? Array(#"{"result":{},"success":true}"#.utf8)
                : Array(#"{"result":{"updated":[],"deleted":[]},"success":true}"#.utf8)
        }
        guard let time = SyncPage.time(cursor) else { throw .failure("Invalid Date") }
        let asked = call.query.integer("count") ?? 20
        let page = SyncPage(
            room: room, isUpdates: type == "UPDATED", isForward: next != nil, time: time,
            count: asked == 0 ? 20 : asked, now: call.now, workspace)
        return page.encode(workspace, for: call.user)
    }

    /// The `lastUpdate` answer: all of it, by `ts` descending.
    private static func everything(
        in room: RoomIndex, since: Int64, _ workspace: Workspace, _ call: Call
    ) throws(Refusal) -> [UInt8] {
        let store = workspace.rooms[room].messages
        var from = Int64.min
        if call.version >= Version(8, 8) {
            from = try call.date("fromTs", else: .failure("Invalid Date")) ?? .min
        }
        let rows = store.rows(updatedAfter: since).filter { store.rows[$0].ts >= from }
            .sorted { (store.rows[$1].ts, $1) < (store.rows[$0].ts, $0) }
        let horizon = max(since, call.now - Workspace.trashLifetime)
        let deleted = store.trash.filter { $0.deletedAt > horizon && $0.ts >= from }.sorted { $0.ts > $1.ts }
        var buffer = JSONBuffer(capacity: rows.count * 512 + 64)
        buffer.append("{\"result\":{")
        SyncPage.append(updated: rows, of: room, workspace, call.user, to: &buffer)
        buffer.append(",")
        SyncPage.append(deleted: deleted, workspace, to: &buffer)
        buffer.append("},\"success\":true}")
        return buffer.bytes
    }

    private static func deleted(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        guard let id = call.query.filled("roomId") else {
            throw .thrown(text: "The required \"roomId\" query param is missing.")
        }
        let invalid =
            call.version >= Version(7, 10)
            ? Refusal.parameters(#"must match format "iso-date-time""#, isTyped: call.version >= Version(8, 3))
            : .thrown(text: "The \"since\" query parameter must be a valid date.")
        guard let since = try call.date("since", else: invalid) else {
            throw .thrown(text: "The required \"since\" query param is missing.")
        }
        let horizon = max(since, call.now - Workspace.trashLifetime)
        // No check of the caller's access to the room, as read in 8.6.1.
        let trash = workspace.rooms.first { $0.id == id }?.messages.trash ?? []
        let ids = trash.filter { $0.deletedAt > horizon }.map { workspace.messageIDs.text($0.serial) }
        return try workspace.list(
            "messages", ids, call, order: nil, honoursSort: false, id: { $0 }, document: { ["_id": .string($0)] })
    }
}
