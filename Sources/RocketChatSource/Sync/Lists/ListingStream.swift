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
        let candidates = listing.endpoints.filter { context.access.meets($0.needs) }
        var refusal: ReadError?
        for endpoint in candidates.isEmpty ? listing.endpoints.suffix(1) : candidates {
            do {
                return try await read(endpoint)
            } catch .api(let error)
                where error.kind == .unavailable || error.kind == .invalidRequest || error.kind == .refused
            {
                // The next variant may do: older servers lack routes, and 7.0 to 7.3.2 refuse paging of channels.list (#35187).
                refusal = refusal ?? .api(error)
            }
        }
        throw refusal ?? .api(APIError(.unavailable, "No endpoint of stream '\(definition.name)' could be asked."))
    }

    private func read(_ endpoint: ListEndpoint) async throws(ReadError) {
        let before = self.before.flatMap { $0.endpoint == endpoint.path ? $0 : nil }
        let shape = definition.shape(probing: [FieldPath(definition.primaryKey[0]), "_updatedAt"])
        var ids: [String]? = isIncremental ? [] : nil
        let outcome = try await ListingReader(context.client, endpoint, shape: shape)
            .read { page, rows throws(ReadError) in
                let changed = rows.filter { row in
                    guard let before,
                        let cursor = page.probe(1, record: row, list: 0).flatMap({ page.milliseconds($0) })
                    else { return true }
                    return cursor > before.updated
                }
                do throws(OutputError) { try output.deliver(page, list: 0, rows: changed) } catch {
                    throw ReadError.output(error)
                }
                for row in rows where ids != nil {
                    if let id = page.probe(0, record: row, list: 0).flatMap({ page.string($0) }) { ids?.append(id) }
                }
                if let count = ids?.count, count > ListingState.mostIDs { ids = nil }
            }
        if let total = outcome.total, outcome.rows < total {
            context.report.doubt(
                "Stream '\(definition.name)': the server counts \(total) rows but handed out \(outcome.rows).")
        } else if let known = before?.ids, let ids {
            let present = Set(ids)
            let gone = known.filter { !present.contains($0) }
            do {
                try output.bury(gone.map { Tombstone.fields(id: $0, at: context.horizon) })
            } catch { throw .output(error) }
        }
        let kept = ids?.sorted()
        after.withLock {
            $0 = ListingState(endpoint: endpoint.path, updated: context.checkpointLimit, ids: kept)
        }
    }
}
