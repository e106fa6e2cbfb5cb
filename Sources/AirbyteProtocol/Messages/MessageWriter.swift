/// The only owner of standard output: every protocol message goes through here, one whole line at a time.
///
/// Any thread may call it; a line is never torn. SIGPIPE must be ignored by the process, so that a reader that is gone shows
/// as `OutputError.closed`.
package final class MessageWriter: Sendable {
    /// A writer to `descriptor`, which stays open; `now` gives Unix milliseconds.
    package init(descriptor: Int32 = 1, now: @escaping @Sendable () -> Int64) {
        fatalError("body follows")
    }

    /// Replaces these texts by `***` in all later log, error and status messages; those under 4 characters are left alone.
    package func mask(_ secrets: [String]) { fatalError("body follows") }

    /// The least serious level that is written.
    package var logLevel: LogLevel {
        get { fatalError("body follows") }
        set { fatalError("body follows") }
    }

    /// Appends records without any other message getting between them.
    package func write(_ body: (inout OutputBuffer) throws(OutputError) -> Void) throws(OutputError) {
        fatalError("body follows")
    }

    /// Writes a LOG message, unless its level is below `logLevel`.
    package func log(_ level: LogLevel, _ message: String) throws(OutputError) { fatalError("body follows") }

    /// Writes a TRACE STREAM_STATUS; `rateLimitedUntil` (Unix ms) adds the RATE_LIMITED reason, for `running` only.
    package func status(
        _ status: StreamStatus, stream: String, rateLimitedUntil: Int64? = nil
    ) throws(OutputError) { fatalError("body follows") }

    /// Writes a TRACE ERROR.
    package func error(_ error: TraceError) throws(OutputError) { fatalError("body follows") }

    /// Writes a TRACE ESTIMATE for one stream.
    package func estimate(stream: String, rows: Int, bytes: Int?) throws(OutputError) { fatalError("body follows") }

    /// Writes a STREAM state and everything before it; `recordCount` is the number of the stream's records since its last state.
    package func state(stream: String, state: some Encodable, recordCount: Int) throws(OutputError) {
        fatalError("body follows")
    }

    /// Writes the SPEC message; `bytes` is the whole `spec` payload as JSON text.
    package func spec(connectionSpecificationDocument bytes: [UInt8]) throws(OutputError) { fatalError("body follows") }

    /// Writes the CONNECTION_STATUS message.
    package func connectionStatus(_ status: ConnectionStatus) throws(OutputError) { fatalError("body follows") }

    /// Writes the CATALOG message.
    package func catalog(_ streams: [StreamDescription]) throws(OutputError) { fatalError("body follows") }

    /// Writes out everything that is waiting.
    package func flush() throws(OutputError) { fatalError("body follows") }
}
