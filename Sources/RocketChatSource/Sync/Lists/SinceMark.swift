import AirbyteProtocol
import Synchronization

/// How far a stream with one date for all of its rows was read before, and is read now.
final class SinceMark: Sendable {
    /// Version of the shape that this connector writes.
    private static let version: Int64 = 1

    /// Whether the run goes on from an earlier one and leaves a date for the next.
    let isIncremental: Bool
    /// Changes up to here (Unix ms) were delivered before; nil for a first or full read.
    let instant: Int64?
    private let reached = Mutex<Int64?>(nil)

    /// Goes on from `stored` when incremental.
    /// - Throws: `ReadError.state` for a state that cannot be used.
    init(_ stored: JSONValue?, incremental: Bool) throws(ReadError) {
        isIncremental = incremental
        guard incremental else {
            instant = nil
            return
        }
        do {
            instant = try StoredState.members(of: stored, version: Self.version)?["updated"]?.integerValue
        } catch { throw .state(error) }
    }

    /// Notes that everything up to `instant` (Unix ms) has been delivered.
    func reach(_ instant: Int64) { reached.withLock { $0 = instant } }

    /// The state that is safe to save now.
    var state: JSONValue {
        isIncremental ? Self.state(updated: reached.withLock { $0 } ?? instant ?? 0) : .noCursor
    }

    /// The state `{"version":1,"updated":1795165200000}`: changes and removals up to `instant` (Unix ms) are delivered.
    static func state(updated instant: Int64) -> JSONValue {
        .object(["version": .integer(version), "updated": .integer(instant)])
    }
}
