/// Threads by time of change.
enum ThreadRoutes {
    /// The family.
    static let all: [Route] = [
        Route(
            "chat.syncThreadsList", since: Version(1, 0),
            parameters: .only().requiring("rid", "updatedSince"), handler: threads),
        Route(
            "chat.syncThreadMessages", since: Version(1, 0),
            parameters: .list().requiring("tmid", "updatedSince"), handler: replies),
    ]

    private static func since(_ workspace: Workspace, _ call: Call) throws(Refusal) -> Int64 {
        guard workspace.settings.threadsEnabled else { throw .thrown("error-not-allowed", "Threads Disabled") }
        let invalid = Refusal.thrown(
            "error-updatedSince-param-invalid", "The \"updatedSince\" query parameter must be a valid date.")
        guard let since = try call.date("updatedSince", else: invalid) else { throw invalid }
        return since
    }

    private static func threads(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let since = try since(workspace, call)
        guard let id = call.query.filled("rid"), let room = workspace.room(id), workspace.canAccess(room, call.user)
        else { throw .notAllowed }
        let threads = workspace.rooms[room].messages.threads
        let rows = workspace.rows(of: room) { message in
            message.updatedAt > since && (threads[message.serial]?.count ?? 0) > 0
        }
        return answer("threads", rows, removed: { _ in false }, since, room, workspace, call)
    }

    private static func replies(_ workspace: inout Workspace, _ call: Call) throws(Refusal) -> [UInt8] {
        let since = try since(workspace, call)
        guard let id = call.query.filled("tmid"), let (room, row) = workspace.message(id) else {
            throw .thrown("error-invalid-message", "Invalid Message")
        }
        guard workspace.canAccess(room, call.user) else { throw .notAllowed }
        let store = workspace.rooms[room].messages
        let parent = store.rows[row].serial
        let rows = workspace.rows(of: room) { $0.parent == parent && $0.updatedAt > since }
        let gone = Set(store.rows.filter { $0.parent == parent && $0.flags.contains(.removed) }.map(\.serial))
        return answer("messages", rows, removed: { gone.contains($0) }, since, room, workspace, call)
    }

    private static func answer(
        _ key: String, _ rows: [Int], removed: (UInt32) -> Bool, _ since: Int64, _ room: RoomIndex,
        _ workspace: Workspace, _ call: Call
    ) -> [UInt8] {
        let horizon = max(since, call.now - Workspace.trashLifetime)
        let trash = workspace.rooms[room].messages.trash.filter { $0.deletedAt > horizon && removed($0.serial) }
        let gone = trash.map { trashed -> JSON in
            ["_id": .string(workspace.messageIDs.text(trashed.serial)), "_deletedAt": .date(trashed.deletedAt)]
        }
        let updated = rows.map { JSON.raw(workspace.encoded($0, of: room, for: call.user)) }
        return JSONBuffer.success([key: ["update": .array(updated), "remove": .array(gone)]])
    }
}
