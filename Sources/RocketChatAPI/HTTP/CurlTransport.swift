import JSONBytes

/// How a ``CurlTransport`` behaves.
package struct CurlSettings: Sendable {
    /// Certificate authorities to trust instead of libcurl's default bundle: PEM text, or the path of a PEM file. Where
    /// libcurl was built with a default CA *directory* as well (Debian, Ubuntu), the authorities there stay trusted.
    package private(set) var caCertificate: String?
    /// Transfers under way at once, and connections kept open; later requests wait, without their time-out running.
    package var maximumConnections = 8
    /// The `User-Agent` header.
    package var userAgent = "source-rocket-chat"
    /// Time allowed to resolve, connect and shake hands, in ms.
    package var connectTimeout = 20_000
    /// A transfer that moves no byte for this long is given up, in ms, even if its own timeout is longer.
    package var stallTimeout = 120_000

    /// Whether ``caCertificate`` is the text itself and not a path.
    var isAuthorityText: Bool { caCertificate?.contains("-----BEGIN") ?? false }

    /// Creates the default settings.
    package init() {}

    /// Trusts these authorities: text of certificates, or the path of a file with them.
    /// - Throws: `TransportError` of kind `.tls` when it is text that holds no certificate.
    package mutating func trust(_ authority: String) throws(TransportError) {
        guard authority.contains("-----BEGIN") || authority.contains("-----END") else {
            caCertificate = authority
            return
        }
        guard let text = CertificateText.normalized(authority) else {
            throw TransportError(
                .tls,
                "The text of `ca_certificate` holds no whole certificate (-----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----). Paste the "
                    + "certificate of the authority, not a key or a request.")
        }
        caCertificate = text
    }
}

/// HTTP by libcurl: all transfers run on one thread of its own and share a pool of kept-alive connections.
///
/// libcurl reads the proxy variables (`http_proxy`, `HTTPS_PROXY`, `NO_PROXY`, …; see `CurlVariables`), decompresses whatever it was built for, and speaks HTTP/2 over TLS. It follows no redirects here and
/// opens nothing but `http` and `https`. A body cut short on the wire is reported; a compressed stream that was stored
/// cut short is not, libcurl takes what there is, so the reader must check the content (JSON does by its nature).
/// Letting go of the transport stops the thread.
package final class CurlTransport: HTTPTransport {
    private let loop: CurlLoop

    /// Loads libcurl and starts the thread.
    /// - Throws: `TransportError` when there is no libcurl on this system, or none that can do what is set.
    package init(_ settings: CurlSettings = CurlSettings()) throws(TransportError) {
        loop = try CurlLoop(settings)
        try loop.launch()
    }

    deinit {
        loop.stop()
    }

    /// The transport's own thread, which runs tasks between its turns: without it, each request costs two hand-overs from
    /// thread to thread and back (for 500 pages, 1000 context switches instead of under 300). What runs there must not wait for
    /// long without suspending; time that it does wait is not held against the transfers under way.
    package var executor: (any TaskExecutor)? { loop }

    /// Ends the thread; requests under way and later ones fail as cancelled. Returns when the thread has ended.
    package func stop() {
        loop.stop()
    }

    /// Sends one request. Cancelling the task ends the transfer at once.
    package func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let id = loop.nextID()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                loop.start(CurlJob(id: id, request: request, continuation: continuation))
            }
        } onCancel: {
            loop.cancel(id)
        }
        loop.forget(id)
        return try result.get()
    }
}
