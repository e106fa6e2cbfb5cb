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

    init() {
        var rows = ListedRows(key: "_id", date: "_updatedAt")
        type = rows.probe("t")
        name = rows.probe("name")
        fullName = rows.probe("fname")
        messages = rows.probe("msgs")
        parent = rows.probe("prid")
        self.rows = rows
    }

    /// The room in a row, whose id and type were read.
    func room(_ id: String, _ type: String, _ page: ScannedPage, _ row: Int, isMember: Bool) -> Room {
        Room(
            id: id, type: type, names: [name, fullName].compactMap { page.string($0, at: row) },
            updatedAt: rows.date(at: row, of: page), messages: Counter.plausible(page.integer(messages, at: row)),
            parent: page.string(parent, at: row), isMember: isMember)
    }
}
