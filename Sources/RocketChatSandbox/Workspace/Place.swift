/// The place of a row in its table: that of a room is none in the users' table.
struct Place<Row>: Strideable, Hashable, Sendable {
    /// Rows before it.
    let number: Int

    /// The place after `number` rows.
    init(_ number: Int) {
        self.number = number
    }

    /// Rows from here to there.
    func distance(to other: Place) -> Int { other.number - number }
    /// The place that many rows on.
    func advanced(by rows: Int) -> Place { Place(number + rows) }
}

/// A place in the users' table.
typealias UserIndex = Place<User>
extension UserIndex {
    /// The server's own bot, the first user of every workspace.
    static let rocketCat = UserIndex(0)
    /// Who calls without credentials.
    static let nobody = UserIndex(-1)
}

/// A place in the rooms' table.
typealias RoomIndex = Place<Room>
extension RoomIndex {
    /// The channel that everybody is in, the first room of every workspace.
    static let general = RoomIndex(0)
}
