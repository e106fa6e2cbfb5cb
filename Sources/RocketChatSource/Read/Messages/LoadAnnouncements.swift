import Synchronization

/// Which first loads the state names before their first row leaves.
///
/// A run that is killed can leave rows of a room at the destination that no STATE knows of. If one of them is removed before
/// the next run, that run must ask for removals, so the state has to say since when: a room goes into it, with nothing read
/// yet, before it is read. Rooms are announced some at a time, because each announcement is a whole STATE; the more rooms there
/// are in it already the more are announced at once, so that a first sync of many rooms does not spend itself on states.
final class LoadAnnouncements: Sendable {
    /// Fewest rooms announced at once.
    private static let least = 32
    /// Of the rooms announced before, this part is announced next. A run that takes up an interrupted one asks each announced
    /// room for removals, so most of them should have been begun.
    private static let growth = 4

    private let rooms: [String]
    private let announced = Mutex<(next: Int, all: Set<String>)>((0, []))

    /// Announcements for the first loads among `steps`, in their order.
    init(_ steps: [RoomPlan.Step]) { rooms = steps.filter(\.isFirstLoad).map(\.room.id) }

    /// Makes sure that the state names the room of `step`, if this is its first load; `announce` writes a state that names
    /// these rooms too.
    func prepare(_ step: RoomPlan.Step, _ announce: ([String]) throws(ReadError) -> Void) throws(ReadError) {
        guard step.isFirstLoad else { return }
        try announced.withLock { announced throws(ReadError) in
            while announced.next < rooms.count, !announced.all.contains(step.room.id) {
                let share = Array(rooms[announced.next...].prefix(max(Self.least, announced.next / Self.growth)))
                try announce(share)
                announced.next += share.count
                announced.all.formUnion(share)
            }
        }
    }
}

extension RoomPlan.Step {
    /// Whether nothing of the room has ever been read.
    fileprivate var isFirstLoad: Bool {
        if case .load(from: nil) = mode { true } else { false }
    }
}
