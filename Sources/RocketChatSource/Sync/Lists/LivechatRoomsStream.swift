import AirbyteProtocol
import RocketChatAPI
import Synchronization

/// Omnichannel conversations. The listing has no filter by last change, but it can be sorted by it: an increment is read
/// newest change first until a known one is met, which also finds tags and fields edited after the end of a conversation.
/// A conversation that changes under way moves to the front and is met by the next sync.
final class LivechatRoomsStream: StreamReader {
    private let definition: StreamDefinition
    private let context: SyncContext
    private let output: StreamOutput
    private let isIncremental: Bool
    private let since: Int64?
    private let after = Mutex<Int64?>(nil)

    /// A reader of `definition`, going on from `stored` when incremental.
    /// - Throws: `ReadError.state` for a state that cannot be used.
    init(
        _ definition: StreamDefinition, context: SyncContext, output: StreamOutput, incremental: Bool,
        stored: JSONValue?
    ) throws(ReadError) {
        self.definition = definition
        self.context = context
        self.output = output
        isIncremental = incremental
        since = incremental ? try UpdatesState.instant(in: stored) : nil
    }

    var state: any Encodable & Sendable {
        isIncremental ? UpdatesState(updated: after.withLock { $0 } ?? since ?? 0) : NoCursorState()
    }

    func read() async throws(ReadError) {
        let reader = ListingReader(
            context.client, LivechatDirectory.endpoint(for: context.access, newestFirst: since != nil),
            shape: definition.shape(probing: ["_id", "_updatedAt"]))
        let walk = CursorWalk(reader: reader, since: since, endsAtKnown: true)
        _ = try await walk.read { page, rows throws(ReadError) in
            do throws(OutputError) { try output.deliver(page, list: 0, rows: rows) } catch {
                throw ReadError.output(error)
            }
        }
        after.withLock { $0 = context.checkpointLimit }
    }
}
