import JSONBytes

/// One stream's part of a sync: what is read, for whom, where it goes and what it goes on from.
struct StreamJob: Sendable {
    /// What the stream is and how it is read.
    let definition: StreamDefinition
    /// What it shares with the other streams of the sync.
    let context: SyncContext
    /// Where its records and states go.
    let output: StreamOutput
    /// Whether the run goes on from an earlier one and leaves a mark for the next.
    let isIncremental: Bool
    /// The state that the runner handed over; nil for none.
    let stored: JSON?

    /// The job of reading `definition`; a stream without a cursor is read whole, whatever was asked for.
    init(_ definition: StreamDefinition, context: SyncContext, incremental: Bool, stored: JSON?) {
        self.definition = definition
        self.context = context
        output = StreamOutput(stream: definition.name, context: context)
        isIncremental = incremental && definition.cursor != nil
        self.stored = stored
    }

    /// The instant (Unix ms) that this sync's rows bear when `former` was that of the last one: S0, but never one that is not younger,
    /// because a server's clock may go back.
    func syncInstant(after former: Int64?) -> Int64 { max(context.horizon, (former ?? .min) &+ 1) }

    /// Tells what the stream will cost whose `parts` are asked on `route`, and from then on how far it has come.
    func progress(on route: String, parts: Int, forecast: Forecast) throws(ReadError) -> Progress {
        try Progress(
            definition.name, parts: parts, forecast: forecast, pace: context.client.pace(of: route),
            writer: context.writer, clock: context.clock)
    }
}
