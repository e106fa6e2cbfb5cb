extension Workspace {
    /// Answers `*.messages`: all types and thread replies, newest first unless told otherwise. Hidden copies show
    /// before 7.11 (issue 36661 of the server) and always in `im.messages.others`.
    func messages(
        of room: RoomIndex, _ call: Call, showsHidden: Bool = false, sortsByTimeOnly: Bool = false
    ) throws(Refusal) -> [UInt8] {
        let paging = try Paging(call, settings)
        let filter = try QueryFilter(call, settings)
        var order = try SortOrder(call) ?? SortOrder("ts", descending: true)
        if sortsByTimeOnly {
            let byTime = order.keys.filter { $0.path == "ts" }
            order = byTime.isEmpty ? SortOrder("ts", descending: true) : order
            order.keys = order.keys.filter { $0.path == "ts" }
        }
        let store = rooms[room].messages
        let dropped: StoredMessage.Flags =
            showsHidden || call.version < Version(7, 11) ? .removed : [.removed, .hidden]
        var rows = store.rows.indices.filter { store.rows[$0].flags.isDisjoint(with: dropped) }
        if call.version >= Version(7, 0) { narrow(&rows, of: room, call) }
        if !filter.passesAll { rows.removeAll { !filter.passes(document($0, of: room, for: call.user)) } }
        sort(&rows, of: room, order, call.user)
        let page = paging.slice(rows)
        var buffer = JSONBuffer(capacity: page.count * 512)
        buffer.append("{\"messages\":[")
        for (index, row) in page.enumerated() {
            if index > 0 { buffer.append(",") }
            if filter.isEmpty {
                append(row, of: room, for: call.user, to: &buffer)
            } else {
                buffer.object(filter.project(document(row, of: room, for: call.user)))
            }
        }
        buffer.append("],")
        buffer.envelope(count: page.count, offset: paging.offset, total: rows.count)
        return buffer.bytes
    }

    /// The filters that came in place of `query`: `mentionIds`, `starredIds`, `pinned`.
    private func narrow(_ rows: inout [Int], of room: RoomIndex, _ call: Call) {
        let store = rooms[room].messages
        if call.query["pinned"] == "true" { rows.removeAll { !store.rows[$0].flags.contains(.pinned) } }
        if let ids = call.query.filled("starredIds")?.split(separator: ",").compactMap({ user(String($0)) }) {
            rows.removeAll { row in
                !(store.stars[store.rows[row].serial] ?? []).contains { ids.contains($0) }
            }
        }
        if let ids = call.query.filled("mentionIds")?.split(separator: ",").map({ String($0.drop { $0 == " " }) }) {
            rows.removeAll { row in
                guard store.rows[row].flags.contains(.mentions) else { return true }
                let mentions = store.body(row)["mentions"]?.elements ?? []
                return !mentions.contains { ids.contains($0.object?["_id"]?.text ?? "") }
            }
        }
    }

    /// Orders rows by columns where these suffice, else by whole documents.
    private func sort(_ rows: inout [Int], of room: RoomIndex, _ order: SortOrder, _ user: UserIndex) {
        let store = rooms[room].messages
        guard order.keys.allSatisfy({ ["ts", "_updatedAt", "_id"].contains($0.path) }) else {
            let documents = Dictionary(uniqueKeysWithValues: rows.map { ($0, document($0, of: room, for: user)) })
            rows.sort { left, right in
                guard let one = documents[left], let two = documents[right] else { return false }
                return order.precedes(one, two)
            }
            return
        }
        rows.sort { left, right in
            let (one, two) = (store.rows[left], store.rows[right])
            for key in order.keys {
                switch key.path {
                case "ts" where one.ts != two.ts: return (one.ts < two.ts) == key.isAscending
                case "_updatedAt" where one.updatedAt != two.updatedAt:
                    return (one.updatedAt < two.updatedAt) == key.isAscending
                case "_id":
                    return (messageIDs.text(one.serial) < messageIDs.text(two.serial)) == key.isAscending
                default: continue
                }
            }
            return left < right
        }
    }

    /// Answers `*.history`: by `ts`, newest first, between `oldest` and `latest`, without a total. System types hidden
    /// by the setting or the room are left out, and thread replies unless `showThreadMessages` says otherwise.
    func history(of room: RoomIndex, _ call: Call, includesThreads: Bool, capsCount: Bool) throws(Refusal) -> [UInt8] {
        let invalid = Refusal.failure("Invalid date")
        let latest = try call.date("latest", else: invalid) ?? call.now
        let oldest = try call.date("oldest", else: invalid) ?? .min
        let isInclusive = call.query["inclusive"] == "true"
        let showsThreads = call.query["showThreadMessages"].map { $0 == "true" } ?? includesThreads
        let paging = try Paging(call, settings)
        let isCapped = capsCount && call.version >= Version(4, 8)
        let asked = max(0, call.query.integer("count") ?? 20)
        let count = isCapped ? paging.count : asked
        let store = rooms[room].messages
        let types = hiddenTypes(of: room)
        var rows = store.rows.indices.filter { row in
            let message = store.rows[row]
            guard store.isVisible(row) else { return false }
            guard isInclusive ? message.ts <= latest : message.ts < latest else { return false }
            guard isInclusive ? message.ts >= oldest : message.ts > oldest else { return false }
            if !showsThreads, message.parent != 0, !message.flags.contains(.shown) { return false }
            if types.isEmpty || !message.flags.contains(.system) { return true }
            return !types.contains(store.body(row)["t"]?.text ?? "")
        }
        rows.sort { (store.rows[$1].ts, $1) < (store.rows[$0].ts, $0) }
        let page = count == 0 ? rows.dropFirst(paging.offset) : rows.dropFirst(paging.offset).prefix(count)
        var buffer = JSONBuffer(capacity: page.count * 512)
        buffer.append("{\"messages\":[")
        for (index, row) in page.enumerated() {
            if index > 0 { buffer.append(",") }
            append(row, of: room, for: call.user, to: &buffer)
        }
        buffer.append("],\"success\":true}")
        return buffer.bytes
    }

    /// System types `*.history` hides since 3.16: those of the setting and of the room's own `sysMes`.
    private func hiddenTypes(of room: RoomIndex) -> Set<String> {
        guard version >= Version(3, 16) else { return [] }
        if let own = rooms[room].fields["sysMes"]?.elements { return Set(own.compactMap(\.text)) }
        return Set(settings.hiddenSystemMessages)
    }
}
