import AirbyteProtocol
import JSONBytes
import RocketChatAPI
import Synchronization

/// One configured stream from STARTED to its last STATE.
final class StreamTask: Sendable {
    /// What the stream is and how it is read.
    let definition: StreamDefinition
    /// Where its records and states go.
    let output: StreamOutput
    private let context: SyncContext
    private let statuses: RunningStreams
    private let incremental: Bool
    private let stored: JSON?
    private let reader = Mutex<(any StreamReader)?>(nil)

    /// A task that reads `definition`, going on from `stored`.
    init(
        _ definition: StreamDefinition, context: SyncContext, statuses: RunningStreams, incremental: Bool,
        stored: JSON?
    ) {
        self.definition = definition
        self.context = context
        self.statuses = statuses
        self.incremental = incremental
        self.stored = stored
        let clock = context.clock
        output = StreamOutput(
            stream: definition.name, writer: context.writer, origin: context.origin, stamps: context.stamps,
            now: { clock.now() })
    }

    /// Reads the stream; returns whether it came to its end.
    ///
    /// On success COMPLETE goes before the last STATE; on failure the last safe STATE, the error, then INCOMPLETE
    /// (airbyte-contract.md §2.10).
    /// - Throws: `OutputError` when nothing more can be written; `CancellationError` when the run must end.
    func run() async throws -> Bool {
        let writer = context.writer
        try writer.status(.started, stream: definition.name)
        try writer.status(.running, stream: definition.name)
        statuses.begin(definition)
        defer { statuses.end(definition.name) }
        do {
            let reader = try makeReader()
            self.reader.withLock { $0 = reader }
            try await reader.read()
            self.reader.withLock { $0 = nil }
            try writer.status(.complete, stream: definition.name)
            try output.commit(reader.state)
            return true
        } catch let error as ReadError {
            if case .output(let cause) = error { throw cause }
            let reader = self.reader.withLock { reader in
                defer { reader = nil }
                return reader
            }
            if let reader { try output.commit(reader.state) }
            if let trace = error.trace(stream: definition.name) { try writer.error(trace) }
            try writer.status(.incomplete, stream: definition.name)
            return false
        }
    }

    /// Emits a STATE if the stream has been silent for too long.
    /// - Throws: `OutputError`.
    func beat() throws(OutputError) {
        guard let reader = reader.withLock({ $0 }) else { return }
        try output.checkpoint { reader.state }
    }

    private func makeReader() throws(ReadError) -> any StreamReader {
        switch definition.reading {
        case .listing(let listing):
            try ListingStream(
                definition, listing, context: context, output: output, incremental: incremental, stored: stored)
        case .updates(let updates):
            UpdatesStream(definition, updates, context: context, output: output, mark: try mark())
        case .messages(let scope):
            try MessagesStream(definition, scope, context: context, output: output, stored: stored)
        case .partitioned(let partition):
            try PartitionStream(
                definition, partition, context: context, output: output, incremental: incremental, stored: stored)
        case .growing(let endpoint):
            NewestFirstStream(definition, endpoint, context: context, output: output, mark: try mark())
        case .livechatRooms:
            try livechatRooms()
        case .workspace:
            WorkspaceStream(definition: definition, context: context, output: output)
        }
    }

    private func mark(_ source: ListingSource? = nil) throws(ReadError) -> SinceMark {
        try SinceMark(
            stored, incremental: incremental, source: source, context: context, stream: definition.name)
    }

    /// The listing has no filter by last change but can be sorted by it; a first read goes by age, which stands still.
    private func livechatRooms() throws(ReadError) -> NewestFirstStream {
        let plain = LivechatDirectory.endpoint(for: context.access, newestFirst: false)
        // A user's own conversations are some of everybody's, though asked for by a parameter.
        let own = "user=\(context.access.userID)"
        let mark = try mark(ListingSource(route: plain.path, scope: plain.isOwn ? [own] : [own, "all"]))
        let endpoint = LivechatDirectory.endpoint(for: context.access, newestFirst: mark.instant != nil)
        return NewestFirstStream(definition, endpoint, context: context, output: output, mark: mark)
    }
}
