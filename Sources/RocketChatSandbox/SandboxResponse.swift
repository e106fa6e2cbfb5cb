/// One HTTP answer of the sandbox.
package struct SandboxResponse: Sendable {
    /// The status code.
    package var status: Int
    /// Header fields, `Date` and `Content-Type` among them; the length is the server's to add.
    package var headers: [(String, String)]
    /// The complete body, whatever `delivery` makes of it.
    package var body: [UInt8]
    /// How the answer reaches the client.
    package var delivery: Delivery = .whole

    /// What becomes of the answer on its way; anything but `whole` is an injected fault.
    package enum Delivery: Sendable, Hashable {
        /// The client gets all of it.
        case whole
        /// `Content-Length` promises the whole body, the connection ends after that many bytes of it.
        case truncated(after: Int)
        /// The body comes in pieces, the whole of it over that many milliseconds.
        case slow(milliseconds: Int)
        /// The connection ends without an answer.
        case dropped
        /// The server is down: connections are refused.
        case refused
    }

    /// The value of the first header of that name, whatever its case.
    package func header(_ name: String) -> String? {
        headers.first { $0.0.lowercased() == name.lowercased() }?.1
    }
}
