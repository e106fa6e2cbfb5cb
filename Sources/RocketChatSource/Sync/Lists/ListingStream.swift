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

    var state: JSONValue {
        guard isIncremental else { return .noCursor }
        return (now.withLock { $0 } ?? before ?? ListingState(endpoint: "", updated: 0, ids: nil)).json
    }

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
        now.withLock {
            $0 = ListingState(endpoint: endpoint.path, updated: context.checkpointLimit, ids: kept)
        }
    }

    private func walk(
        _ endpoint: ListEndpoint, _ query: [(String, String)], _ before: ListingState?, _ listed: inout ListedRows
    ) async throws(ReadError) {
        let shape = definition.shape(
            probing: [FieldPath(definition.primaryKey[0]), FieldPath(definition.cursor ?? "_updatedAt")])
        let outcome = try await ListingReader(context.client, endpoint, shape: shape, query: query)
            .read { page, rows throws(ReadError) in
                let strangers = listed.strangers
                let due = rows.filter { row in
                    switch listed.insert(page, row) {
                    case .repeated: return false
                    case .stranger: return true
                    case .known:
                        guard let before, listing.isStamped,
                            let date = page.probe(1, record: row, list: 0).flatMap({ page.milliseconds($0) })
                        else { return true }
                        return date > before.updated
                    }
                }
                do throws(OutputError) {
                    if isIncremental, listed.strangers > strangers { try announce(endpoint, before, listed) }
                    try output.deliver(page, list: 0, rows: due)
                } catch { throw ReadError.output(error) }
            }
        if let total = outcome.total { listed.shortfall += max(0, total - outcome.rows) }
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

/// What a listing has had so far, over all its walks.
private struct ListedRows {
    /// What a row is to the destination.
    enum Novelty {
        /// Met before in this sync.
        case repeated
        /// The last sync delivered it.
        case known
        /// Nothing says that it was ever delivered.
        case stranger
    }

    /// Ids met, nil when nobody needs them or there are too many to keep.
    private(set) var ids: [String]?
    /// Rows met that nothing says were ever delivered.
    private(set) var strangers = 0
    /// Rows that the server counts and did not hand out.
    var shortfall = 0
    private var seen: Set<KeyHash> = []
    private let known: Set<String>
    // Too many ids to keep them: only dates tell what is new.
    private let tellsByDate: Bool

    // One walk already hands out each row once, and a full read asks for nothing more.
    private let isNeeded: Bool

    init(isKept: Bool, isWalkedTwice: Bool, known before: ListingState?) {
        isNeeded = isKept || isWalkedTwice
        ids = isKept ? [] : nil
        known = Set(before?.ids ?? [])
        tellsByDate = before.map { $0.ids == nil } ?? false
    }

    /// Takes in a row; says what it is.
    mutating func insert(_ page: ScannedPage, _ row: Int) -> Novelty {
        guard isNeeded else { return .stranger }
        guard let key = page.probe(0, record: row, list: 0), seen.insert(page.keyHash(key)).inserted else {
            return .repeated
        }
        guard let id = page.string(key) else { return .stranger }
        ids?.append(id)
        if let count = ids?.count, count > ListingState.mostIDs { ids = nil }
        if known.contains(id) || tellsByDate { return .known }
        strangers += 1
        return .stranger
    }
}
