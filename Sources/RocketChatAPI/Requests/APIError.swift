/// Why a read of the API failed, after all retries that made sense.
package struct APIError: Error, Sendable {
    /// What the failure means for the caller.
    package enum Kind: Sendable, Hashable {
        /// The configuration is wrong: bad credentials, wrong URL, an untrusted certificate. The sync stops.
        case configuration
        /// The server refuses this one resource to this user, or does not know it, in words that it is known to use for
        /// that. Skip it and say so.
        case refused
        /// The server says in its own way that the list is empty.
        case noRows
        /// A server of unknown version does not have the route (too old, too new, or not licensed).
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
    /// Whether Rocket.Chat itself said so, with `success: false`: it is up, whatever ails it. False for words of a gateway and where
    /// nothing came.
    package let isOfServer: Bool
    /// One or two sentences for a person: what was tried, what came back, what to do. Holds no secrets.
    package let message: String

    /// Creates an error.
    package init(
        _ kind: Kind, status: Int? = nil, errorType: String? = nil, isOfServer: Bool = false, _ message: String
    ) {
        self.kind = kind
        self.status = status
        self.errorType = errorType
        self.isOfServer = isOfServer
        self.message = message
    }
}

extension APIError: CustomStringConvertible {
    /// The message.
    package var description: String { message }
}
