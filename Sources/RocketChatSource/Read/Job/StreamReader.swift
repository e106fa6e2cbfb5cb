import AirbyteProtocol
import JSONBytes

/// Reads one configured stream.
protocol StreamReader: Sendable {
    /// Delivers the stream's rows, with states in between.
    /// - Throws: `ReadError`; what was delivered before stands.
    func read() async throws(ReadError)

    /// The state that is safe to save now: everything it claims has been delivered.
    var state: JSON { get }
}

extension JSON {
    /// State of a stream that keeps none: it must never suppress reading when a runner hands it back
    /// (airbyte-contract.md §2.10), so it carries the marker that Airbyte's own connectors use.
    static let noCursor = JSON.object(["__ab_no_cursor_state_message": .boolean(true)])
}
