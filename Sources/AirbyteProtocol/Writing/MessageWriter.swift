package import JSONBytes
import Synchronization

/// The only owner of standard output: every protocol message goes through here, one whole line at a time.
///
/// Any thread may call it; a line is never torn. Records wait in a buffer of 128 KB; every other message goes out at once,
/// with everything before it. SIGPIPE must be ignored by the process, so that a reader that is gone shows as
/// `OutputError.closed`. Methods throw `OutputError` when the system refuses the output, and from then on always.
package final class MessageWriter: Sendable {
    private struct State {
        var buffer: OutputBuffer
        var secrets: Set<String> = []
        var redactor = Redactor()
        var logLevel = LogLevel.info
        var lastFlush: Int64
    }

    private let state: Mutex<State>
    private let now: @Sendable () -> Int64

    /// A writer to `descriptor`, which stays open; `now` gives Unix milliseconds.
    package init(descriptor: Int32 = 1, now: @escaping @Sendable () -> Int64) {
        self.now = now
        state = Mutex(State(buffer: OutputBuffer(descriptor: Descriptor(descriptor)), lastFlush: now()))
    }

    /// Replaces these texts by `***` in all later log, error and status messages; those under 4 characters would blank out
    /// ordinary words and are left alone.
    package func mask(_ secrets: [String]) {
        state.withLock { state in
            state.secrets.formUnion(secrets.filter { $0.count >= 4 })
            state.redactor = Redactor(state.secrets)
        }
    }

    /// No text for people is longer than this many bytes, so that a quoted answer of a server cannot make a giant line.
    private static let longestText = 32 << 10

    private static func shown(_ text: String, _ state: borrowing State) -> String {
        state.redactor(text, lineBreak: "\n", limit: longestText)
    }

    /// The least serious level that is written; `info` at first.
    package var logLevel: LogLevel {
        get { state.withLock { $0.logLevel } }
        set { state.withLock { $0.logLevel = newValue } }
    }

    /// Appends records without any other message getting between them.
    ///
    /// They wait for more, but not longer than a second if `write` is called again.
    package func write(_ body: (inout OutputBuffer) throws(OutputError) -> Void) throws(OutputError) {
        try state.withLock { state throws(OutputError) in
            try body(&state.buffer)
            let now = now()
            if now - state.lastFlush >= 1000 {
                state.lastFlush = now
                try state.buffer.flush()
            }
        }
    }

    /// Writes a LOG message, unless its level is below `logLevel`.
    package func log(_ level: LogLevel, _ message: String) throws(OutputError) {
        try send { state in
            level < state.logLevel ? nil : MessageText.log(level, Self.shown(message, state))
        }
    }

    /// Writes a TRACE STREAM_STATUS; `rateLimitedUntil` (Unix ms) adds the RATE_LIMITED reason, for `running` only.
    package func status(
        _ status: StreamStatus, stream: String, rateLimitedUntil: Int64? = nil
    ) throws(OutputError) {
        let until = status == .running ? rateLimitedUntil : nil
        try send { _ in MessageText.status(status, stream: stream, rateLimitedUntil: until, at: now()) }
    }

    /// Writes a TRACE ERROR.
    package func error(_ error: TraceError) throws(OutputError) {
        try send { state in
            let masked = TraceError(
                message: Self.shown(error.message, state),
                internalMessage: Self.shown(error.internalMessage, state),
                failureType: error.failureType, stream: error.stream)
            return MessageText.error(masked, at: now())
        }
    }

    /// Writes a TRACE ESTIMATE for one stream; `bytes` is left out when unknown.
    package func estimate(stream: String, rows: Int, bytes: Int?) throws(OutputError) {
        try send { _ in MessageText.estimate(stream: stream, rows: rows, bytes: bytes, at: now()) }
    }

    /// Writes a STREAM state and everything before it.
    ///
    /// - Parameters:
    ///   - state: an object; keys go out sorted.
    ///   - recordCount: the number of the stream's records since its last state.
    /// - Returns: bytes of the line.
    @discardableResult
    package func state(stream: String, state: JSON, recordCount: Int) throws(OutputError) -> Int {
        let line = MessageText.state(stream: stream, state: state, recordCount: recordCount)
        try send { _ in line }
        return line.count
    }

    /// Writes the SPEC message; `bytes` is the whole `spec` payload as JSON text, which the program was built with.
    package func spec(connectionSpecificationDocument bytes: [UInt8]) throws(OutputError) {
        try send { _ in MessageText.spec(bytes) }
    }

    /// Writes the CONNECTION_STATUS message.
    package func connectionStatus(_ status: ConnectionStatus) throws(OutputError) {
        try send { state in
            switch status {
            case .failed(let message): MessageText.connectionStatus(.failed(Self.shown(message, state)))
            case .succeeded(let message):
                MessageText.connectionStatus(.succeeded(message.map { Self.shown($0, state) }))
            }
        }
    }

    /// Writes the CATALOG message.
    package func catalog(_ streams: [StreamDescription]) throws(OutputError) {
        try send { _ in MessageText.catalog(streams) }
    }

    /// Writes out everything that is waiting.
    package func flush() throws(OutputError) {
        try send { _ in nil }
    }

    /// Writes everything that is waiting and then the line, if there is one.
    private func send(_ line: (borrowing State) -> [UInt8]?) throws(OutputError) {
        try state.withLock { state throws(OutputError) in
            if let line = line(state) { state.buffer.append(line) }
            try state.buffer.flush()
            state.lastFlush = now()
        }
    }
}
