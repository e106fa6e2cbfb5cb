import AirbyteProtocol
import RocketChatAPI
import Synchronization

/// A stream read from a list endpoint.
///
/// Incremental reads still walk the whole listing, because the server cannot filter it, but deliver only rows changed since
/// the last sync, and tombstones for rows that the listing has no more.
final class ListingStream: StreamReader {
    private let definition: StreamDefinition
    private let listing: Listing
    private let context: SyncContext
    private let output: StreamOutput
    private let before: ListingState?
    private let isIncremental: Bool
    private let after = Mutex<ListingState?>(nil)

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

    var state: any Encodable & Sendable {
        guard isIncremental else { return NoCursorState() }
        return after.withLock { $0 } ?? before ?? ListingState(endpoint: "", updated: 0, ids: nil)
    }

    func read() async throws(ReadError) {
        try await listing.firstAnswer(context, stream: definition.name) { endpoint throws(ReadError) in
            try await read(endpoint)
        }
    }

    private func read(_ endpoint: ListEndpoint) async throws(ReadError) {
        let before = self.before.flatMap { $0.endpoint == endpoint.path ? $0 : nil }
        var rows = ListedRows(isKept: isIncremental)
        try await walk(endpoint, [], since: before?.updated, &rows)
        for pass in endpoint.passes {
            do { try await walk(endpoint, [pass], since: before?.updated, &rows) } catch .api(let error)
                where error.kind == .invalidRequest
            {
                // A server that does not know the parameter lists everything without it.
            }
        }
        if rows.shortfall > 0 {
            context.report.doubt(
                "Stream '\(definition.name)': the server counts \(rows.shortfall) rows more than it handed out.")
        } else if let known = before?.ids, let present = rows.ids {
            let gone = Set(known).subtracting(present).sorted()
            do { try output.bury(gone.map { Tombstone.fields(id: $0, at: context.horizon) }) } catch {
                throw .output(error)
            }
        }
        let kept = rows.ids?.sorted()
        after.withLock {
            $0 = ListingState(endpoint: endpoint.path, updated: context.checkpointLimit, ids: kept)
        }
    }

    private func walk(
        _ endpoint: ListEndpoint, _ query: [(String, String)], since: Int64?, _ listed: inout ListedRows
    ) async throws(ReadError) {
        let shape = definition.shape(
            probing: [FieldPath(definition.primaryKey[0]), FieldPath(definition.cursor ?? "_updatedAt")])
        let outcome = try await ListingReader(context.client, endpoint, shape: shape, query: query)
            .read { page, rows throws(ReadError) in
                let fresh = rows.filter { row in listed.insert(page, row) }
                let changed = fresh.filter { row in
                    guard let since,
                        let date = page.probe(1, record: row, list: 0).flatMap({ page.milliseconds($0) })
                    else { return true }
                    return date > since
                }
                do throws(OutputError) { try output.deliver(page, list: 0, rows: changed) } catch {
                    throw ReadError.output(error)
                }
            }
        if let total = outcome.total { listed.shortfall += max(0, total - outcome.rows) }
    }
}

/// What a listing has had so far, over all its walks.
private struct ListedRows {
    /// Ids met, nil when nobody needs them or there are too many to keep.
    private(set) var ids: [String]?
    /// Rows that the server counts and did not hand out.
    var shortfall = 0
    private var seen: Set<KeyHash> = []

    init(isKept: Bool) { ids = isKept ? [] : nil }

    /// Takes in a row; says whether it is new.
    mutating func insert(_ page: ScannedPage, _ row: Int) -> Bool {
        guard let key = page.probe(0, record: row, list: 0), seen.insert(page.keyHash(key)).inserted else {
            return false
        }
        if let id = page.string(key) { ids?.append(id) }
        if let count = ids?.count, count > ListingState.mostIDs { ids = nil }
        return true
    }
}
