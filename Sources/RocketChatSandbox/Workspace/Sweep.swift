/// The second half of a bulk removal. In a room that is gone itself the trash records are written with it.
struct Sweep: Sendable {
    /// Index of the room.
    let room: RoomIndex
    /// Rows in the room's store.
    let rows: [Int]
    /// When the messages go, Unix milliseconds.
    let due: Int64
}
