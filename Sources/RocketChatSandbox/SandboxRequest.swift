/// One HTTP request as the sandbox sees it.
package struct SandboxRequest: Sendable {
    /// `GET`, `HEAD` or `POST`.
    package var method: String
    /// The request target: path and, after `?`, the still encoded query.
    package var target: String
    /// Header fields in order of arrival.
    package var headers: [(String, String)]
    /// The body; empty for reads.
    package var body: [UInt8]
    /// The address the request came from; the limiter counts by it.
    package var remoteAddress: String

    /// A request for `target`.
    package init(
        method: String = "GET", target: String, headers: [(String, String)] = [], body: [UInt8] = [],
        remoteAddress: String = "127.0.0.1"
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.remoteAddress = remoteAddress
    }

    /// The value of the first header of that name, whatever its case.
    package func header(_ name: String) -> String? {
        headers.first { $0.0.count == name.count && $0.0.lowercased() == name.lowercased() }?.1
    }
}
