/// One page of `chat.syncMessages` in cursor mode.
struct SyncPage {
    private let room: RoomIndex
    private let isUpdates: Bool
    private var rows: [Int] = []
    private var deleted: [TrashedMessage] = []
    private var next: Int64?
    private var previous: Int64?

    /// The page of `count` rows after (or before) a time. The bounds are strict and bare milliseconds, so rows that
    /// share the last row's millisecond are lost to whoever follows the cursor.
    init(
        room: RoomIndex, isUpdates: Bool, isForward: Bool, time: Int64, count: Int, now: Int64, _ workspace: Workspace
    ) {
        self.room = room
        self.isUpdates = isUpdates
        let store = workspace.rooms[room].messages
        var times: [Int64]
        let limit = max(0, count) + 1
        if isUpdates {
            rows =
                isForward
                ? Array(store.rows(updatedAfter: time).prefix(limit))
                : Array(store.rows(updatedBefore: time).prefix(limit))
            times = rows.map { store.rows[$0].updatedAt }
        } else {
            // Filtered by `_deletedAt` but ordered by the old `_updatedAt`: following the cursor skips deletions.
            let matching = store.trash.filter { trashed in
                guard trashed.deletedAt > now - Workspace.trashLifetime else { return false }
                return isForward ? trashed.deletedAt > time : trashed.deletedAt < time
            }
            deleted = Array(
                matching.enumerated().sorted { left, right in
                    let (one, two) = (left.element.updatedAt, right.element.updatedAt)
                    if one != two { return (one < two) == isForward }
                    return left.offset < right.offset
                }
                .map(\.element).prefix(limit))
            times = deleted.map(\.deletedAt)
        }
        let hasMore = times.count == limit
        if hasMore {
            times.removeLast()
            if isUpdates { rows.removeLast() } else { deleted.removeLast() }
        }
        if isForward {
            previous = times.first
            next = hasMore ? times.last : nil
        } else {
            next = times.first
            previous = hasMore ? times.last : nil
        }
    }

    /// The body. Releases before 7.3 name the list that was asked for only.
    func encode(_ workspace: Workspace, for user: UserIndex) -> [UInt8] {
        var buffer = JSONBuffer(capacity: rows.count * 512 + 128)
        buffer.append("{\"result\":{")
        let namesBoth = workspace.version >= Version(7, 3)
        if isUpdates || namesBoth { Self.append(updated: rows, of: room, workspace, user, to: &buffer) }
        if namesBoth { buffer.append(",") }
        if !isUpdates || namesBoth { Self.append(deleted: deleted, workspace, to: &buffer) }
        buffer.append(",\"cursor\":{\"next\":")
        buffer.value(next.map { .string("\($0)") } ?? .null)
        buffer.append(",\"previous\":")
        buffer.value(previous.map { .string("\($0)") } ?? .null)
        buffer.append("}},\"success\":true}")
        return buffer.bytes
    }

    /// Appends `"updated":[…]`.
    static func append(
        updated rows: [Int], of room: RoomIndex, _ workspace: Workspace, _ user: UserIndex, to buffer: inout JSONBuffer
    ) {
        buffer.append("\"updated\":[")
        for (index, row) in rows.enumerated() {
            if index > 0 { buffer.append(",") }
            workspace.append(row, of: room, for: user, to: &buffer)
        }
        buffer.append("]")
    }

    /// Appends `"deleted":[…]`.
    static func append(deleted: [TrashedMessage], _ workspace: Workspace, to buffer: inout JSONBuffer) {
        buffer.append("\"deleted\":[")
        for (index, trashed) in deleted.enumerated() {
            if index > 0 { buffer.append(",") }
            buffer.append("{\"_id\":")
            workspace.messageIDs.append(trashed.serial, to: &buffer)
            buffer.append(",\"_deletedAt\":")
            buffer.date(trashed.deletedAt)
            buffer.append("}")
        }
        buffer.append("]")
    }

    /// The milliseconds of a cursor: JavaScript's `parseInt`, which takes the leading digits of anything, an ISO date's
    /// year included; nil when there are none or the date cannot exist.
    static func time(_ cursor: String) -> Int64? {
        var digits = Substring(cursor.drop { $0 == " " })
        let isNegative = digits.first == "-"
        if isNegative { digits = digits.dropFirst() }
        let leading = digits.prefix { $0.isASCII && $0.isNumber }
        guard let value = Int64(leading), value <= 8_640_000_000_000_000 else { return nil }
        return isNegative ? -value : value
    }
}
