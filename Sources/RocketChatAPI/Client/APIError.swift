/// Why a read of the API failed, after all retries that made sense.
package struct APIError: Error, Sendable {
    /// What the failure means for the caller.
    package enum Kind: Sendable, Hashable {
        /// The configuration is wrong: bad credentials, wrong URL, an untrusted certificate. The sync stops.
        case configuration
        /// The server refuses this one resource to this user, or does not know it (403, 404 in JSON, 400 with a
        /// code). Skip it and say so.
        case refused
        /// This server does not have the route (too old, too new, or not licensed).
        case unavailable
        /// The server does not accept the parameters; another form of the request may work.
        case invalidRequest
        /// The server or the way to it failed, and retrying for a while did not help. A later sync may succeed.
        case transient
        /// The body is larger than the request allows.
        case tooLarge
        /// The task was cancelled.
        case cancelled
    }

    /// What the failure means.
    package let kind: Kind
    /// The HTTP status of the last answer; `nil` when there was none.
    package let status: Int?
    /// The server's `errorType`, else the `[code]` at the end of its error text.
    package let errorType: String?
    /// One or two sentences for a person: what was tried, what came back, what to do. Holds no secrets.
    package let message: String

    /// Creates an error.
    package init(_ kind: Kind, status: Int? = nil, errorType: String? = nil, _ message: String) {
        self.kind = kind
        self.status = status
        self.errorType = errorType
        self.message = message
    }
}

extension APIError: CustomStringConvertible {
    /// The message.
    package var description: String { message }
}
