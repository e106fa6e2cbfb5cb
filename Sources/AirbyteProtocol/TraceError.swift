/// A failure, as TRACE ERROR tells it.
package struct TraceError: Error, Sendable, Hashable {
    /// What the user reads.
    package let message: String
    /// What the platform shows as the reason of a `config` failure, and detail for developers otherwise.
    package let internalMessage: String
    /// Who can mend it; nil when a source does not say. We always do.
    package let failureType: FailureType?
    /// The stream that failed; nil for the whole run.
    package let stream: StreamKey?

    /// Without an internal message the user's message stands in for it.
    package init(message: String, internalMessage: String? = nil, failureType: FailureType?, stream: StreamKey?) {
        self.message = message
        self.internalMessage = internalMessage ?? message
        self.failureType = failureType
        self.stream = stream
    }

    /// A failure of ours, of a stream by its name.
    package init(message: String, internalMessage: String? = nil, failureType: FailureType, stream: String? = nil) {
        self.init(
            message: message, internalMessage: internalMessage, failureType: failureType,
            stream: stream.map { StreamKey($0) })
    }
}
