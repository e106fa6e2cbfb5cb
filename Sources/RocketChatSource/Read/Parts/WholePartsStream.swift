import JSONBytes
import Synchronization

/// An incremental stream whose endpoint is asked for each room, team, role or department, and whose rows bear no date to go by: each
/// sync delivers all of them, and tombstones for those that the last complete reading of a parent had and this one lacks.
///
/// Rows and tombstones bear the instant of the sync as cursor. A row met for the first time is named in a state before it leaves: should
/// the run be killed, the next one knows of it.
final class WholePartsStream: StreamReader {
    /// The stream, and where it goes.
    let job: StreamJob
    private let partition: Partition
    private let before: PartState
    private let instant: Int64
    private let content = Mutex(Content())

    private struct Content: Sendable {
        // None until the parents are listed.
        var ledger: PartLedger?
        var held = HeldRows()
    }

    init(_ job: StreamJob, _ partition: Partition) throws(ReadError) {
        self.job = job
        self.partition = partition
        do { before = try PartState(job.stored) } catch { throw .state(error) }
        instant = job.syncInstant(after: before.at)
    }

    /// The keys of all rows that may be at the destination.
    var state: JSON {
        var state = content.withLock { $0.ledger?.state } ?? before
        state.at = instant
        return state.json
    }

    /// Reads all parents, as many at once as the configuration allows.
    /// - Throws: `ReadError`; `.parts` when single parents failed: all the others were read.
    func read() async throws(ReadError) {
        try await context.waitForHorizon()
        let known = before.views.reduce(into: Set<String>()) { $0.formUnion($1.parts.keys) }
        let listing = try await partition.parents.list(context, stream: definition.name, known: known)
        content.withLock { $0.ledger = PartLedger(before, seen: views(of: listing)) }
        let reader = PartReader(job, partition)
        var ended: ReadError?
        var failures: PartFailures?
        do {
            failures = try await PartWalk(job: job, partition: partition, reader: reader).each(of: listing) {
                [self] parent throws(ReadError) in
                let ending = try await reader.read(
                    parent, since: nil,
                    isRowMissing: { content.withLock { $0.ledger?.isRowMissing(of: parent.id) ?? false } }
                ) { page, rows throws(ReadError) in try take(page, rows, of: parent.id, reader) }
                try conclude(parent, ending)
            }
        } catch { ended = error }
        // What was met before a failure is worth having.
        try release(reader)
        if let ended { throw ended }
        if listing.isWhole, listing.view != nil {
            let gone = content.withLock { $0.ledger?.conclude(alive: listing.alive, isEmpty: listing.isEmpty) ?? [] }
            for parting in gone { try deliverTombstones(parting.keys, of: parting.parent) }
        }
        tell()
        try failures?.conclude()
    }

    private func views(of listing: ParentListing) -> PartViews {
        PartViews(
            parents: listing.view ?? PartView(scope: ["user=\(context.access.userID)"]),
            rows: PartView(partition.variants.map(\.endpoint), access: context.access))
    }

    private func take(_ page: ScannedPage, _ rows: [Int], of parent: String, _ reader: PartReader) throws(ReadError) {
        let keys = reader.keys(page, rows)
        let isDue: Bool? = content.withLock { content in
            let newRows = content.ledger?.meet(keys, of: parent) ?? 0
            guard newRows > 0 else { return nil }
            content.held.hold(page, rows, of: parent, newRows: newRows)
            return content.held.isDue(met: content.ledger?.newRows ?? 0)
        }
        switch isDue {
        case nil: try reader.deliver(page, rows, of: parent, at: instant)
        case true?: try release(reader)
        case false?: break
        }
    }

    /// Delivers the rows that wait, behind a state that names them if there are new ones among them.
    private func release(_ reader: PartReader) throws(ReadError) {
        let (batches, isNews) = content.withLock { content in
            let isNews = content.held.newRows > 0 && (content.ledger?.state.size ?? 0) <= PartState.mostBytes
            return (content.held.release(), isNews)
        }
        if isNews { try output.commit { state } }
        for batch in batches { try reader.deliver(batch.page, batch.rows, of: batch.parent, at: instant) }
    }

    private func conclude(_ parent: Parent, _ ending: PartReader.Ending) throws(ReadError) {
        let gone = content.withLock {
            $0.ledger?.end(
                parent.id, ending.isComplete ? .complete : .short, mayConclude: ending.mayConclude) ?? []
        }
        try deliverTombstones(gone, of: parent.id)
        try output.checkpoint { state }
    }

    private func deliverTombstones(_ keys: [String], of parent: String) throws(ReadError) {
        try output.deliverTombstones(
            keys.map { key in
                Tombstone.fields(keys: [partition.key: parent, partition.rowKeyName: key], at: instant)
            })
    }

    private func tell() {
        let (emptied, size) = content.withLock { ($0.ledger?.emptied ?? 0, $0.ledger?.state.size ?? 0) }
        if emptied > 0 {
            context.report.doubt(
                "\(emptied) parents had rows at the last sync and have none now, or are not listed any more. Their rows are "
                    + "kept; if the next sync finds the same, they count as removed.",
                of: definition.name)
        }
        if size > PartState.mostBytes {
            context.report.doubt(
                "it has too many rows to keep their keys: they would take \(size / 1000) KB of the state and may take "
                    + "\(PartState.mostBytes / 1000) KB. Rows that were removed show only in a full refresh. Fewer rooms (`rooms`) "
                    + "make it smaller.",
                of: definition.name)
        }
    }
}
