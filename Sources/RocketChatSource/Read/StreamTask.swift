import AirbyteProtocol
import JSONBytes
import Synchronization

/// One configured stream from STARTED to its last STATE.
final class StreamTask: Sendable {
    /// What is read, and where it goes.
    let job: StreamJob
    private let statuses: RunningStreams
    private let reader = Mutex<(any StreamReader)?>(nil)

    init(_ job: StreamJob, statuses: RunningStreams) {
        self.job = job
        self.statuses = statuses
    }

    /// Reads the stream; returns whether it came to its end.
    ///
    /// On success COMPLETE goes before the last STATE; on failure the last safe STATE, the error, then INCOMPLETE
    /// (airbyte-contract.md §2.10).
    /// - Throws: `OutputError` when nothing more can be written; `CancellationError` when the run must end.
    func run() async throws -> Bool {
        let writer = job.context.writer
        let stream = job.definition.name
        try writer.status(.started, stream: stream)
        try writer.status(.running, stream: stream)
        statuses.begin(job.definition)
        defer { statuses.end(stream) }
        do {
            let reader = try makeReader()
            self.reader.withLock { $0 = reader }
            try await reader.read()
            self.reader.withLock { $0 = nil }
            try writer.status(.complete, stream: stream)
            try job.output.commit { reader.state }
            return true
        } catch let error as ReadError {
            if case .output(let cause) = error { throw cause }
            let reader = self.reader.withLock { reader in
                defer { reader = nil }
                return reader
            }
            if let reader { try job.output.commit { reader.state } }
            let obstacle = Offer(job.context.access).obstacle(to: job.definition)?.sentence(for: job.definition)
            if let trace = error.trace(stream: stream, obstacle: obstacle) { try writer.error(trace) }
            try writer.status(.incomplete, stream: stream)
            return false
        }
    }

    /// Emits a STATE if the stream has been silent for too long.
    func beat() throws(ReadError) {
        guard let reader = reader.withLock({ $0 }) else { return }
        try job.output.checkpoint { reader.state }
    }

    /// The reader for the stream's plan.
    private func makeReader() throws(ReadError) -> any StreamReader {
        switch job.definition.reading {
        case .listing(let listing): try ListingStream(job, listing)
        case .updates(let updates): try UpdatesStream(job, updates)
        case .messages(let scope): try MessagesStream(job, scope)
        case .partitioned(let partition) where partition.isReadWhole && job.isIncremental:
            try WholePartsStream(job, partition)
        case .partitioned(let partition): try PartitionStream(job, partition)
        case .growing(let endpoint): NewestFirstStream(job, endpoint, from: try SinceMark(job))
        case .livechatRooms: try NewestFirstStream(livechatRooms: job)
        case .workspace: WorkspaceStream(job: job)
        }
    }
}
