/// Who can mend a failure; the raw value is the protocol's word.
package enum FailureType: String, Sendable {
    /// The user, by changing the configuration: a retry cannot help, and the platform makes none.
    case config = "config_error"
    /// Time: the platform retries.
    case transient = "transient_error"
    /// We.
    case system = "system_error"
}

/// A failure, for TRACE ERROR.
package struct TraceError: Error, Sendable, Hashable {
    /// What the user reads.
    package let message: String
    /// What the platform shows as the reason of a `config` failure, and detail for developers otherwise.
    package let internalMessage: String
    /// Who can mend it.
    package let failureType: FailureType
    /// The stream that failed; `nil` for the whole run.
    package let stream: String?

    /// A failure; without an internal message the user's message stands in for it.
    package init(message: String, internalMessage: String? = nil, failureType: FailureType, stream: String? = nil) {
        self.message = message
        self.internalMessage = internalMessage ?? message
        self.failureType = failureType
        self.stream = stream
    }
}
