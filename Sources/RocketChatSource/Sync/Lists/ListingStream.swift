import AirbyteProtocol
import RocketChatAPI
import Synchronization

/// A stream read from a list endpoint.
///
/// Incremental reads still walk the whole listing, because the server cannot filter it, but deliver only rows changed since
/// the last sync, rows that it did not have before however old they are, and tombstones for rows that it has no more. A row
/// met for the first time is named in a state before it leaves: should the run be killed, the next one knows of it.
final class ListingStream: StreamReader {
    private let definition: StreamDefinition
    private let listing: Listing
    private let context: SyncContext
    private let output: StreamOutput
    private let before: ListingState?
    private let isIncremental: Bool
    private let now = Mutex<ListingState?>(nil)

    /// A reader of `definition`, going on from `stored` when incremental.
    /// - Throws: `ReadError.state` for a state that cannot be used.
    init(
        _ definition: StreamDefinition, _ listing: Listing, context: SyncContext, output: StreamOutput,
        incremental: Bool, stored: JSONValue?
    ) throws(ReadError) {
        self.definition = definition
        self.listing = listing
        self.context = context
        self.output = output
        isIncremental = incremental && definition.cursor != nil
        do { before = isIncremental ? try ListingState(stored) : nil } catch { throw .state(error) }
    }

    /// The last finished walk and, while one is under way, the ids of new rows as pending; none in full refresh.
    var state: JSONValue {
        guard isIncremental else { return .noCursor }
        return (now.withLock { $0 } ?? before ?? ListingState(endpoint: "", updated: 0, ids: nil)).json
    }

    /// Walks the first variant of the listing that the server answers, and once more for each of its passes.
    /// - Throws: `ReadError`; the rows met before a failure of the server are delivered.
    func read() async throws(ReadError) {
        try await listing.firstAnswer(context, stream: definition.name) { endpoint throws(ReadError) in
            try await read(endpoint)
        }
    }

    private func read(_ endpoint: ListEndpoint) async throws(ReadError) {
        var before = self.before
        // Rows of another variant have other members and dates: all are due again, and what this one does not list is gone.
        if before?.endpoint != endpoint.path { before?.updated = 0 }
        do { try await context.waitForHorizon() } catch { throw .cancelled }
        var rows = ListedRows(isKept: isIncremental, isWalkedTwice: !endpoint.passes.isEmpty, known: before)
        try await walk(endpoint, [], before, &rows)
        for pass in endpoint.passes {
            do { try await walk(endpoint, [pass], before, &rows) } catch .api(let error)
                where error.kind == .invalidRequest
            {
                // A server that does not know the parameter lists everything without it.
            }
        }
        if rows.shortfall > 0 {
            context.report.doubt(
                "Stream '\(definition.name)': the server counts \(rows.shortfall) rows more than it handed out.")
        } else if let before, let present = rows.ids {
            let gone = Set(before.ids ?? []).union(before.pending ?? []).subtracting(present).sorted()
            do { try output.bury(gone.map { Tombstone.fields(id: $0, at: context.horizon) }) } catch {
                throw .output(error)
            }
        }
        let kept = rows.ids?.sorted()
        if isIncremental, kept == nil {
            context.report.doubt(
                "Stream '\(definition.name)' has more than \(ListingState.mostIDs) rows, too many to keep their ids: rows that were "
                    + "removed, or that became visible with an old date, show only in a full refresh.")
        }
        now.withLock {
            $0 = ListingState(endpoint: endpoint.path, updated: context.checkpointLimit, ids: kept)
        }
    }

    private func walk(
        _ endpoint: ListEndpoint, _ query: [(String, String)], _ before: ListingState?, _ listed: inout ListedRows
    ) async throws(ReadError) {
        let shape = definition.shape(
            probing: [FieldPath(definition.primaryKey[0]), FieldPath(definition.cursor ?? "_updatedAt")])
        var held = HeldRows()
        let outcome: ListingReader.Outcome
        do {
            outcome = try await ListingReader(context.client, endpoint, shape: shape, query: query)
                .read { page, rows throws(ReadError) in
                    let strangers = listed.strangers
                    let due = rows.filter { isDue($0, of: page, before, &listed) }
                    held.hold(page, due, strangers: listed.strangers - strangers)
                    if held.isDue(met: listed.strangers) { try release(&held, endpoint, before, listed) }
                }
        } catch {
            // What was met before the failure is worth having.
            try release(&held, endpoint, before, listed)
            throw error
        }
        try release(&held, endpoint, before, listed)
        if let total = outcome.total { listed.shortfall += max(0, total - outcome.rows) }
    }

    private func isDue(
        _ row: Int, of page: ScannedPage, _ before: ListingState?, _ listed: inout ListedRows
    ) -> Bool {
        switch listed.insert(page, row) {
        case .repeated: return false
        case .stranger: return true
        case .known:
            guard let before, listing.isStamped, let date = page.milliseconds(1, record: row, list: 0) else {
                return true
            }
            return date > before.updated
        }
    }

    /// Delivers the rows that wait, behind a state that names them if there are new ones among them.
    private func release(
        _ held: inout HeldRows, _ endpoint: ListEndpoint, _ before: ListingState?, _ listed: ListedRows
    ) throws(ReadError) {
        do throws(OutputError) {
            if isIncremental, held.strangers > 0 { try announce(endpoint, before, listed) }
            for (page, rows) in held.release() { try output.deliver(page, list: 0, rows: rows) }
        } catch { throw .output(error) }
    }

    /// Writes a state that names the rows met so far, with nothing claimed of them.
    private func announce(
        _ endpoint: ListEndpoint, _ before: ListingState?, _ listed: ListedRows
    ) throws(OutputError) {
        guard let ids = listed.ids else { return }
        let known = Set(before?.ids ?? [])
        let state = ListingState(
            endpoint: endpoint.path, updated: before?.updated ?? 0, ids: known.sorted(),
            pending: Set(before?.pending ?? []).union(ids).subtracting(known).sorted())
        now.withLock { $0 = state }
        try output.commit(state.json)
    }
}
