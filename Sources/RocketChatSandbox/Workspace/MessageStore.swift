/// The messages of one room: columns, and one arena of encoded bodies.
struct MessageStore: Sendable {
    /// Every row ever written, in order of arrival; removed ones are flagged.
    private(set) var rows: [StoredMessage] = []
    /// Encoded members of all bodies, old versions included.
    private(set) var arena: [UInt8] = []
    /// Rows by `_updatedAt`.
    private(set) var byUpdate = UpdateIndex()
    /// Threads by the serial of their parent.
    var threads: [UInt32: Thread] = [:]
    /// Last edits by serial.
    var edits: [UInt32: Edit] = [:]
    /// Users who starred, by serial.
    var stars: [UInt32: [UserIndex]] = [:]
    /// Removed messages in the order of removal.
    var trash: [TrashedMessage] = []
    /// Serials of rows that are in the trash and not yet removed.
    private var condemned: Set<UInt32> = []
    /// Rows that are not removed.
    private(set) var liveCount = 0
    /// Grows with every write.
    private(set) var revision = 0

    /// Makes room for messages of about `bytes` bytes each.
    mutating func reserve(_ count: Int, bytes: Int) {
        rows.reserveCapacity(count)
        byUpdate.reserve(count)
        arena.reserveCapacity(count * bytes)
    }

    /// Adds a message and returns its row.
    @discardableResult
    mutating func append(
        serial: UInt32, author: Int32, ts: Int64, updatedAt: Int64, parent: UInt32, flags: StoredMessage.Flags,
        body: [UInt8]
    ) -> Int {
        let row = rows.count
        rows.append(
            StoredMessage(
                serial: serial, author: author, ts: ts, updatedAt: updatedAt, offset: UInt32(arena.count),
                length: UInt32(body.count), parent: parent, flags: flags))
        arena.append(contentsOf: body)
        byUpdate.insert(time: updatedAt, row: Int32(row))
        liveCount += 1
        revision += 1
        return row
    }

    /// Stamps a row.
    mutating func touch(_ row: Int, at now: Int64) {
        revision += 1
        guard rows[row].updatedAt != now else { return }
        rows[row].updatedAt = now
        byUpdate.insert(time: now, row: Int32(row))
        let rows = rows
        byUpdate.compact(live: liveCount) { entry in
            let stored = rows[Int(entry.row)]
            return stored.updatedAt == entry.time && !stored.flags.contains(.removed)
        }
    }

    /// Rewrites the members of a row's body and stamps it.
    mutating func rewrite(_ row: Int, at now: Int64, _ change: (inout JSONObject) -> Void) {
        var body = self.body(row)
        change(&body)
        var buffer = JSONBuffer(capacity: Int(rows[row].length) + 64)
        buffer.members(body)
        rows[row].offset = UInt32(arena.count)
        rows[row].length = UInt32(buffer.bytes.count)
        arena.append(contentsOf: buffer.bytes)
        touch(row, at: now)
    }

    /// Changes the flags or columns of a row without stamping it.
    mutating func alter(_ row: Int, _ change: (inout StoredMessage) -> Void) {
        change(&rows[row])
        revision += 1
    }

    /// Moves a row to the trash.
    mutating func remove(_ row: Int, at now: Int64) {
        condemn(row, at: now)
        sweep(row)
    }

    /// Writes a row's trash record, anew when it has one. The row stays to be seen.
    mutating func condemn(_ row: Int, at now: Int64) {
        let message = rows[row]
        if !condemned.insert(message.serial).inserted { trash.removeAll { $0.serial == message.serial } }
        trash.append(
            TrashedMessage(serial: message.serial, ts: message.ts, updatedAt: message.updatedAt, deletedAt: now))
    }

    /// Takes a row out of the collection, its trash record written before.
    mutating func sweep(_ row: Int) {
        let serial = rows[row].serial
        rows[row].flags.insert(.removed)
        condemned.remove(serial)
        threads[serial] = nil
        edits[serial] = nil
        stars[serial] = nil
        liveCount -= 1
        revision += 1
    }

    /// The members of a row's body.
    func body(_ row: Int) -> JSONObject {
        let message = rows[row]
        let slice = arena[Int(message.offset)..<Int(message.offset + message.length)]
        return JSONParser.parse(Array("{".utf8) + slice + Array("}".utf8))?.object ?? JSONObject()
    }

    /// Whether a row is neither removed nor hidden.
    func isVisible(_ row: Int) -> Bool {
        rows[row].flags.isDisjoint(with: [.removed, .hidden])
    }

    /// Rows whose `_updatedAt` lies after that time and is current, in ascending order.
    func rows(updatedAfter time: Int64) -> some Sequence<Int> {
        byUpdate.entries[byUpdate.firstIndex(after: time)...].lazy.filter(isCurrent).map { Int($0.row) }
    }

    /// Rows whose `_updatedAt` lies before that time and is current, in descending order.
    func rows(updatedBefore time: Int64) -> some Sequence<Int> {
        byUpdate.entries[..<byUpdate.firstIndex(after: time - 1)].reversed().lazy.filter(isCurrent)
            .map { Int($0.row) }
    }

    private func isCurrent(_ entry: UpdateIndex.Entry) -> Bool {
        let message = rows[Int(entry.row)]
        return message.updatedAt == entry.time && message.flags.isDisjoint(with: [.removed, .hidden])
    }
}
