package import JSONBytes

extension TraceError {
    /// Reads the `trace` payload; nil when it is no error.
    package init?(trace: JSON) {
        guard trace["type"]?.string == "ERROR", let error = trace["error"] else { return nil }
        let detail = error["internal_message"]?.string
        self.init(
            message: error["message"]?.string ?? detail ?? "the source gave no reason", internalMessage: detail,
            failureType: error["failure_type"]?.string.flatMap(FailureType.init(rawValue:)),
            stream: StreamKey(error["stream_descriptor"]))
    }
}

/// A source's TRACE STREAM_STATUS.
package struct StatusReport: Sendable, Hashable {
    /// Whose status it is.
    package let stream: StreamKey
    /// What it is: one of the protocol's four; unknown words are not reports.
    package let status: StreamStatus
    /// Unix milliseconds until which the source waits for its API's quota; nil when it does not.
    package let rateLimitedUntil: Int64?

    /// Reads the `trace` payload; nil when it is no stream status.
    package init?(trace: JSON) {
        guard trace["type"]?.string == "STREAM_STATUS", let report = trace["stream_status"],
            let stream = StreamKey(report["stream_descriptor"]),
            let status = report["status"]?.string.flatMap(StreamStatus.init(rawValue:))
        else { return nil }
        self.stream = stream
        self.status = status
        rateLimitedUntil =
            report["reasons"]?.array?
            .first { $0["type"]?.string == "RATE_LIMITED" }?["rate_limited"]?["quota_reset"]?.integer
    }
}
