/// Sends one GET request and returns the whole answer.
///
/// The production transport is ``CurlTransport``; tests answer from a script or from an in-process server.
/// An implementation follows no redirects, never retries a request that got an answer, and obeys task cancellation.
package protocol HTTPTransport: Sendable {
    /// Sends `request`; throws when no complete answer arrived. Any HTTP status is an answer, not an error.
    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse
    /// Where tasks that send much had best run; `nil` when it makes no difference.
    var executor: (any TaskExecutor)? { get }
}

extension HTTPTransport {
    /// No preference.
    package var executor: (any TaskExecutor)? { nil }
}

/// One GET request.
package struct HTTPRequest: Sendable {
    /// Absolute `http` or `https` URL, percent-encoded.
    package var url: String
    /// Header fields in sending order. Names and values hold no control characters.
    package var headers: [(String, String)]
    /// Time allowed for the whole exchange, connection set-up included, in ms.
    package var timeout: Int
    /// Largest accepted body in bytes, counted after decompression.
    package var maximumBodyBytes: Int

    /// Creates a request; by default it may take two minutes and return 256 MB.
    package init(
        url: String, headers: [(String, String)] = [], timeout: Int = 120_000, maximumBodyBytes: Int = 256 << 20
    ) {
        self.url = url
        self.headers = headers
        self.timeout = timeout
        self.maximumBodyBytes = maximumBodyBytes
    }
}

/// A complete answer: status, headers and the decompressed body.
package struct HTTPResponse: Sendable {
    /// The HTTP status code, for example 200.
    package var status: Int
    /// The header fields of the final answer.
    package var headers: HTTPHeaders
    /// The body after content decoding.
    package var body: [UInt8]

    /// Creates an answer.
    package init(status: Int, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// Why no complete answer arrived.
package struct TransportError: Error, Sendable {
    /// The classes of failure a caller treats differently.
    package enum Kind: Sendable, Hashable {
        /// The host name (or the proxy's) was not found.
        case resolve
        /// No connection: refused, unreachable, or the TLS handshake broke off.
        case connect
        /// The certificate was not accepted, the CA file could not be used, or the port speaks something else. Repeating does
        /// not help.
        case tls
        /// A proxy of the environment answered the wish for a tunnel to the server with this status.
        case tunnel(Int)
        /// The time allowed is over.
        case timeout
        /// The connection ended before the answer was complete.
        case truncated
        /// The body is larger than the request allows.
        case bodyTooLarge
        /// The task was cancelled or the transport was stopped.
        case cancelled
        /// Anything else; the message tells.
        case other
    }

    /// The class of failure.
    package let kind: Kind
    /// What happened, in words, without URL or headers.
    package let message: String
    /// With kind `.tls`: what is wrong, where that is known.
    package let fault: TLSFault?

    /// Creates an error.
    package init(_ kind: Kind, _ message: String, fault: TLSFault? = nil) {
        self.kind = kind
        self.message = message
        self.fault = fault
    }
}

extension TransportError: CustomStringConvertible {
    /// The message.
    package var description: String { message }
}
