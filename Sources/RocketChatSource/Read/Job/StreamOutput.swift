package import AirbyteProtocol
package import JSONBytes
import Synchronization

/// What leaves the connector for one stream: its records, its states and the counts that tie them together.
///
/// Records and the count that the next STATE reports change under one lock, so that `recordCount` is always the number of
/// records between two states on standard output, however many rooms are read side by side.
package final class StreamOutput: Sendable {
    /// Name of the stream.
    package let stream: String
    private let writer: MessageWriter
    private let line: RecordLine
    private let origin: Origin
    private let stamps: ServerStamps
    private let now: @Sendable () -> Int64
    private let counts = Mutex(Counts())

    /// Numbers of one stream in one run.
    package struct Counts: Sendable {
        /// Rows delivered, tombstones not among them.
        package var records = 0
        /// Tombstones delivered.
        package var tombstones = 0
        /// States emitted.
        package var states = 0
        fileprivate var sinceState = 0
        fileprivate var pace = CheckpointPace()
    }

    /// Output of `stream` by way of `writer`, whose states are marked with `origin` and the newest of `stamps`; `now` in Unix ms.
    init(
        stream: String, writer: MessageWriter, origin: Origin, stamps: ServerStamps,
        now: @escaping @Sendable () -> Int64
    ) {
        self.stream = stream
        self.writer = writer
        self.origin = origin
        self.stamps = stamps
        self.now = now
        line = RecordLine(stream: stream)
    }

    /// Delivers rows of a page; `adding` gives the members to splice into a row.
    /// - Throws: `OutputError` when standard output cannot be written.
    package func deliver(
        _ page: ScannedPage, rows: [Int], adding: (Int) -> AddedFields? = { _ in nil }
    ) throws(OutputError) {
        guard !rows.isEmpty else { return }
        try counts.withLock { counts throws(OutputError) in
            let emittedAt = now()
            try writer.write { buffer throws(OutputError) in
                try buffer.records(
                    line, page: page, list: .first, rows: rows, emittedAt: emittedAt, adding: adding)
            }
            counts.records += rows.count
            counts.sinceState += rows.count
            counts.pace.note(bytes: page.body.count)
        }
    }

    /// Delivers tombstones, one for each set of fields.
    /// - Throws: `OutputError` when standard output cannot be written.
    package func deliverTombstones(_ tombstones: [AddedFields]) throws(OutputError) {
        guard !tombstones.isEmpty else { return }
        try counts.withLock { counts throws(OutputError) in
            let emittedAt = now()
            try writer.write { buffer throws(OutputError) in
                try buffer.records(line, fields: tombstones, emittedAt: emittedAt)
            }
            counts.tombstones += tombstones.count
            counts.sinceState += tombstones.count
            counts.pace.note(bytes: tombstones.count * 200)
        }
    }

    /// Emits a STATE if one is due; `state` is only made then, and only from what was delivered before.
    /// - Throws: `OutputError` when standard output cannot be written.
    package func checkpoint(_ state: () -> JSON) throws(OutputError) {
        try counts.withLock { counts throws(OutputError) in
            guard counts.pace.isDue(at: now()) else { return }
            try emit(state(), &counts)
        }
    }

    /// Emits a STATE now.
    /// - Throws: `OutputError` when standard output cannot be written.
    package func commit(_ state: JSON) throws(OutputError) {
        try commit { state }
    }

    /// Emits a STATE now, made only from what was delivered before.
    /// - Throws: `OutputError` when standard output cannot be written.
    package func commit(_ state: () -> JSON) throws(OutputError) {
        try counts.withLock { counts throws(OutputError) in try emit(state(), &counts) }
    }

    private func emit(_ state: JSON, _ counts: inout Counts) throws(OutputError) {
        let size = try writer.state(
            stream: stream, state: origin.stamp(state, newest: stamps.newest), recordCount: counts.sinceState)
        counts.sinceState = 0
        counts.states += 1
        counts.pace.reset(at: now(), size: size)
    }

    /// The numbers so far.
    package var totals: Counts { counts.withLock { $0 } }
}
