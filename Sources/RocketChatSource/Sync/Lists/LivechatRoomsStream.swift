import AirbyteProtocol
import RocketChatAPI
import Synchronization

/// Omnichannel conversations. The server cannot list them by last change, but a few short listings cover all that can
/// change: those begun since, those still open, waiting or on hold, and those closed since (rocket-chat-api.md §4.9).
///
/// Tags and custom fields edited after the end of a conversation show in a full refresh only.
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
        var seen: Set<KeyHash> = []
        if let since {
            let start = #"{"start":"\#(Timestamp.text(since))"}"#
            try await list([("createdAt", start)], &seen)
            try await list([("open", "true")], &seen)
            // Older servers count waiting and held conversations among the open ones and refuse these parameters.
            try await list([("queued", "true")], &seen, isOptional: true)
            try await list([("onhold", "true")], &seen, isOptional: true)
            try await list([("closedAt", start)], &seen)
        } else {
            try await list([], &seen)
        }
        after.withLock { $0 = context.checkpointLimit }
    }

    private func list(
        _ query: [(String, String)], _ seen: inout Set<KeyHash>, isOptional: Bool = false
    ) async throws(ReadError) {
        let endpoint = LivechatDirectory.endpoint(for: context.access)
        let reader = ListingReader(
            context.client, endpoint, shape: definition.shape(probing: ["_id", "_updatedAt"]), query: query)
        let walk = CursorWalk(reader: reader, since: since, endsAtKnown: false)
        do {
            _ = try await walk.read { page, rows throws(ReadError) in
                let fresh = rows.filter { row in
                    page.probe(0, record: row, list: 0).map { seen.insert(page.keyHash($0)).inserted } ?? false
                }
                do throws(OutputError) { try output.deliver(page, list: 0, rows: fresh) } catch {
                    throw ReadError.output(error)
                }
            }
        } catch .api(let error) where isOptional && error.kind == .invalidRequest {
            return
        }
    }
}
