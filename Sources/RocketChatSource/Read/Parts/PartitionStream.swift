import JSONBytes
import Synchronization

/// A stream whose endpoint is asked for each room, team, role or user, several at once.
///
/// Each parent has a watermark of its own: one date for all would lose the older rows of a room that the token joins later,
/// and one room that fails would hold back all others. Parents that share a date share an entry of the state.
final class PartitionStream: StreamReader {
    /// The stream, and where it goes.
    let job: StreamJob
    private let partition: Partition
    private let watermarks: Mutex<ParentWatermarks>

    init(_ job: StreamJob, _ partition: Partition) throws(ReadError) {
        self.job = job
        self.partition = partition
        let lookback = job.context.lookback
        var state: ParentWatermarks
        do { state = try ParentWatermarks(job.isIncremental ? job.stored : nil) } catch { throw .state(error) }
        if state.rooms.values.contains(where: { lookback.isAhead($0.updated) }) {
            state.rooms = state.rooms.filter { !lookback.isAhead($0.value.updated) }
            job.context.report.aheadOfClock(job.definition.name)
        }
        watermarks = Mutex(state)
    }

    /// How far each parent has been delivered; none when it is not read incrementally.
    var state: JSON {
        isIncremental ? watermarks.withLock { $0.json } : .noCursor
    }

    /// Reads all parents, as many at once as the configuration allows.
    /// - Throws: `ReadError`; `.parts` when single parents failed: all the others were read.
    func read() async throws(ReadError) {
        let listing = try await partition.parents.list(context, stream: definition.name)
        let reader = PartReader(job, partition)
        // What is stamped up to S0 must be there when it is asked for, or the mark would pass over it.
        if isIncremental { try await context.waitForHorizon() }
        let basis = context.stamps.newest ?? 0
        let failures = try await PartWalk(job: job, partition: partition, reader: reader).each(of: listing) {
            [self] parent throws(ReadError) in
            let since = isIncremental ? watermarks.withLock { $0.rooms[parent.id]?.updated } : nil
            // What the server counts and did not hand out is read again by the next sync. No rows at all move no mark: a list that is
            // empty by mistake would pass over everything dated up to there.
            let ending = try await reader.read(parent, since: since) { page, rows throws(ReadError) in
                try reader.deliver(page, rows, of: parent.id)
            }
            if ending.isComplete, !ending.isEmpty {
                try advance(parent, since: since, basis: max(basis, ending.firstDate ?? 0), pending: ending.pending)
            }
        }
        // A parent that a listing failed to name keeps its mark.
        if listing.isWhole {
            let listed = Set(listing.parents.map(\.id))
            watermarks.withLock { $0.rooms = $0.rooms.filter { listed.contains($0.key) } }
        }
        try failures.conclude()
    }

    // Rows that may still change are read again: nothing counts as read from the oldest of them on.
    private func advance(_ parent: Parent, since: Int64?, basis: Int64, pending: Int64?) throws(ReadError) {
        guard isIncremental else { return }
        let mark = min(context.mark(after: since ?? 0, basis: basis), (pending ?? .max) - 1)
        watermarks.withLock { $0.rooms[parent.id] = Watermark(at: mark, asked: context.horizon) }
        try output.checkpoint { state }
    }
}
