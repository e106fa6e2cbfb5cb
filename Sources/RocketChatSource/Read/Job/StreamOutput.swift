import AirbyteProtocol
package import JSONBytes
import RocketChatAPI
import Synchronization

/// What leaves the connector for one stream: its records, its states and the counts that tie them together.
///
/// Records and the count that the next STATE reports change under one lock, so that `recordCount` is always the number of
/// records between two states on standard output, however many rooms are read side by side.
///
/// Everything here throws `ReadError.output` when standard output cannot be written.
package final class StreamOutput: Sendable {
    /// Name of the stream.
    package let stream: String
    private let writer: MessageWriter
    private let line: RecordLine
    private let origin: Origin
    private let stamps: ServerStamps
    private let clock: any SyncClock
    private let course = Mutex(Course())

    private struct Course {
        var totals = StreamTotals()
        var sinceState = 0
        var pace = CheckpointPace()
    }

    /// Output of `stream`, whose states are marked with the origin of the sync and the newest of its stamps.
    init(stream: String, context: SyncContext) {
        self.stream = stream
        writer = context.writer
        origin = context.origin
        stamps = context.stamps
        clock = context.clock
        line = RecordLine(stream: stream)
    }

    /// Delivers rows of a page; `adding` gives the members to splice into a row.
    package func deliver(
        _ page: ScannedPage, rows: [Int], adding: (Int) -> AddedFields? = { _ in nil }
    ) throws(ReadError) {
        guard !rows.isEmpty else { return }
        try write { course throws(OutputError) in
            let emittedAt = clock.now()
            try writer.write { buffer throws(OutputError) in
                try buffer.records(
                    line, page: page, list: .first, rows: rows, emittedAt: emittedAt, adding: adding)
            }
            course.totals.records += rows.count
            course.sinceState += rows.count
            course.pace.note(bytes: page.body.count)
        }
    }

    /// Delivers tombstones, one for each set of fields.
    package func deliverTombstones(_ tombstones: [AddedFields]) throws(ReadError) {
        guard !tombstones.isEmpty else { return }
        try write { course throws(OutputError) in
            let emittedAt = clock.now()
            try writer.write { buffer throws(OutputError) in
                try buffer.records(line, fields: tombstones, emittedAt: emittedAt)
            }
            course.totals.tombstones += tombstones.count
            course.sinceState += tombstones.count
            course.pace.note(bytes: tombstones.count * 200)
        }
    }

    /// Emits a STATE if one is due; `state` is only made then, and only from what was delivered before.
    package func checkpoint(_ state: () -> JSON) throws(ReadError) {
        try write { course throws(OutputError) in
            guard course.pace.isDue(at: clock.now()) else { return }
            try emit(state(), &course)
        }
    }

    /// Emits a STATE now, made only from what was delivered before.
    package func commit(_ state: () -> JSON) throws(ReadError) {
        try write { course throws(OutputError) in try emit(state(), &course) }
    }

    private func write(_ body: (inout Course) throws(OutputError) -> Void) throws(ReadError) {
        do { try course.withLock { course throws(OutputError) in try body(&course) } } catch { throw .output(error) }
    }

    private func emit(_ state: JSON, _ course: inout Course) throws(OutputError) {
        let size = try writer.state(
            stream: stream, state: origin.stamp(state, newest: stamps.newest), recordCount: course.sinceState)
        course.sinceState = 0
        course.totals.states += 1
        course.pace.reset(at: clock.now(), size: size)
    }

    /// The numbers so far.
    package var totals: StreamTotals { course.withLock { $0.totals } }
}
