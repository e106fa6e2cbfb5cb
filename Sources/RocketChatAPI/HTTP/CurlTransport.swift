/// How a ``CurlTransport`` behaves.
package struct CurlSettings: Sendable {
    /// PEM file of certificate authorities to trust instead of libcurl's default bundle. Where libcurl was built with a
    /// default CA *directory* as well (Debian, Ubuntu), the authorities there stay trusted.
    package var caCertificatePath: String?
    /// Connections kept open and used at once, over all hosts and per host.
    package var maximumConnections = 8
    /// The `User-Agent` header.
    package var userAgent = "source-rocket-chat"
    /// Time allowed to resolve, connect and shake hands, in ms.
    package var connectTimeout = 20_000
    /// A transfer that moves no byte for this long is given up, in ms, even if its own timeout is longer.
    package var stallTimeout = 120_000

    /// Creates the default settings.
    package init() {}
}

/// HTTP by libcurl: all transfers run on one thread of its own.
package final class CurlTransport: HTTPTransport {
    /// Starts the thread.
    package init(_ settings: CurlSettings = CurlSettings()) {}

    /// Sends one request.
    package func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        fatalError("body follows")
    }
}
