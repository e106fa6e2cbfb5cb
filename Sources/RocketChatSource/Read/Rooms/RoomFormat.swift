import JSONBytes

/// What is looked at in each room of a listing.
struct RoomFormat: Sendable {
    /// `_id` and `_updatedAt`.
    let rows: ListedRows
    /// `t`.
    let type: RecordShape.Probe
    private let name: RecordShape.Probe
    private let fullName: RecordShape.Probe
    private let messages: RecordShape.Probe
    private let parent: RecordShape.Probe
    private let newest: RecordShape.Probe
    private let last: RecordShape.Probe
    private let lastChange: RecordShape.Probe

    init() {
        var rows = ListedRows(key: "_id", date: "_updatedAt")
        type = rows.probe("t")
        name = rows.probe("name")
        fullName = rows.probe("fname")
        messages = rows.probe("msgs")
        parent = rows.probe("prid")
        newest = rows.probe("lm")
        last = rows.probe("lastMessage._id")
        lastChange = rows.probe("lastMessage._updatedAt")
        self.rows = rows
    }

    /// The room in a row, whose id and type were read.
    func room(_ id: String, _ type: String, _ page: ScannedPage, _ row: Int, isMember: Bool) -> Room {
        var room = Room(
            id: id, type: type, names: [name, fullName].compactMap { page.string($0, at: row) },
            updatedAt: rows.date(at: row, of: page), messages: Counter.plausible(page.integer(messages, at: row)),
            parent: page.string(parent, at: row), isMember: isMember)
        let instants = [newest, lastChange].map { page.milliseconds($0, at: row) }
        room.newestMessage = instants.compactMap(\.self).max()
        // The listing of the administrators has the counter alone, which a removal and a reply in a thread leave as it was.
        if let count = page.integer(messages, at: row), room.updatedAt != nil {
            room.fingerprint = Fingerprint.of([
                "\(count)", instants[0].map { "\($0)" } ?? "", page.string(last, at: row) ?? "",
                instants[1].map { "\($0)" } ?? "",
            ])
        }
        return room
    }
}

/// A short sum of texts by which a later sync sees that they are the same: FNV-1a of 32 bits.
enum Fingerprint {
    /// The sum of `texts`, in order.
    static func of(_ texts: [String]) -> UInt32 {
        var sum: UInt32 = 2_166_136_261
        for text in texts {
            for byte in text.utf8 { sum = (sum ^ UInt32(byte)) &* 16_777_619 }
            sum = (sum ^ 0xFF) &* 16_777_619
        }
        return sum ^ sum >> 29
    }
}
