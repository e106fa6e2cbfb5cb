/// Where a stream stands, for TRACE STREAM_STATUS; the raw value is the protocol's word.
package enum StreamStatus: String, Sendable {
    /// Reading began.
    case started = "STARTED"
    /// Records are on their way, or the source waits for its server; also for a stream that turns out to have none.
    case running = "RUNNING"
    /// Everything asked of the stream was read.
    case complete = "COMPLETE"
    /// The stream failed.
    case incomplete = "INCOMPLETE"
}
