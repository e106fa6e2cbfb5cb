import JSONBytes

/// A source's TRACE ERROR: what it says went wrong.
package struct SourceError: Sendable, Equatable {
    /// For people.
    package let message: String
    /// `config_error` means that a retry cannot help.
    package let isConfigurationError: Bool
    /// Nil when the error is about the whole run.
    package let stream: StreamKey?

    /// Reads the `trace` payload; nil when it is no error.
    init?(trace: JSON) {
        guard trace["type"]?.string == "ERROR", let error = trace["error"] else { return nil }
        message = error["message"]?.string ?? error["internal_message"]?.string ?? "the source gave no reason"
        isConfigurationError = error["failure_type"]?.string == "config_error"
        stream = StreamKey(error["stream_descriptor"])
    }
}

/// A source's TRACE STREAM_STATUS.
struct StatusReport: Equatable {
    /// The protocol's four; unknown words are not reports.
    enum Status: String {
        /// The stream's turn has come; no records yet.
        case started = "STARTED"
        /// Records flow, or the source waits for its server.
        case running = "RUNNING"
        /// All of it was delivered.
        case complete = "COMPLETE"
        /// It ended before all of it was delivered.
        case incomplete = "INCOMPLETE"
    }

    /// Whose status it is.
    let stream: StreamKey
    /// What it is.
    let status: Status
    /// Unix milliseconds until which the source waits for its API's quota; nil when it does not.
    let rateLimitedUntil: Int64?

    /// Reads the `trace` payload; nil when it is no stream status.
    init?(trace: JSON) {
        guard trace["type"]?.string == "STREAM_STATUS", let report = trace["stream_status"],
            let stream = StreamKey(report["stream_descriptor"]),
            let status = report["status"]?.string.flatMap(Status.init(rawValue:))
        else { return nil }
        self.stream = stream
        self.status = status
        rateLimitedUntil =
            report["reasons"]?.array?
            .first { $0["type"]?.string == "RATE_LIMITED" }?["rate_limited"]?["quota_reset"]?.integer
    }
}
