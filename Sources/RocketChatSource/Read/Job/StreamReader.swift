import JSONBytes

/// Reads one configured stream; `StreamTask` says which `ReadPlan` has which.
protocol StreamReader: Sendable {
    /// The stream, and where it goes.
    var job: StreamJob { get }

    /// The state that is safe to save now: everything it claims has been delivered.
    var state: JSON { get }

    /// Delivers the stream's rows, with states in between. Of a read that fails, what was delivered before stands.
    func read() async throws(ReadError)
}

extension StreamReader {
    /// What the stream is and how it is read.
    var definition: StreamDefinition { job.definition }
    /// What it shares with the other streams of the sync.
    var context: SyncContext { job.context }
    /// Where its records and states go.
    var output: StreamOutput { job.output }
    /// Whether the run goes on from an earlier one and leaves a mark for the next.
    var isIncremental: Bool { job.isIncremental }
}

extension JSON {
    /// State of a stream that keeps none: it must never suppress reading when a runner hands it back
    /// (airbyte-contract.md §2.10), so it carries the marker that Airbyte's own connectors use.
    static let noCursor = JSON.object(["__ab_no_cursor_state_message": .boolean(true)])
}
