import AirbyteProtocol
import RocketChatAPI
import Synchronization

/// A stream whose rows never change once they are there: read newest first, until a known row is met.
///
/// Rows that the server drops in time (statistics are kept for a year) are no removals: nothing is told of them.
final class GrowingStream: StreamReader {
    private let definition: StreamDefinition
    private let endpoint: ListEndpoint
    private let context: SyncContext
    private let output: StreamOutput
    private let isIncremental: Bool
    private let since: Int64?
    private let after = Mutex<Int64?>(nil)

    /// A reader of `definition`, going on from `stored` when incremental.
    /// - Throws: `ReadError.state` for a state that cannot be used.
    init(
        _ definition: StreamDefinition, _ endpoint: ListEndpoint, context: SyncContext, output: StreamOutput,
        incremental: Bool, stored: JSONValue?
    ) throws(ReadError) {
        self.definition = definition
        self.endpoint = endpoint
        self.context = context
        self.output = output
        isIncremental = incremental
        since = incremental ? try UpdatesState.instant(in: stored) : nil
    }

    var state: any Encodable & Sendable {
        isIncremental ? UpdatesState(updated: after.withLock { $0 } ?? since ?? 0) : NoCursorState()
    }

    func read() async throws(ReadError) {
        let shape = definition.shape(
            probing: [FieldPath(definition.primaryKey[0]), FieldPath(definition.cursor ?? "_updatedAt")])
        let walk = CursorWalk(
            reader: ListingReader(context.client, endpoint, shape: shape), since: since, endsAtKnown: true)
        _ = try await walk.read { page, rows throws(ReadError) in
            do throws(OutputError) { try output.deliver(page, list: 0, rows: rows) } catch {
                throw ReadError.output(error)
            }
        }
        after.withLock { $0 = context.checkpointLimit }
    }
}
