import Synchronization

/// Serves a sandbox over HTTP/1.1 on 127.0.0.1: a thread for each connection, at most 256 of them.
package final class SandboxServer: Sendable {
    private struct Open: Sendable {
        var isStopped = false
        var connections: Set<Int32> = []
    }

    private static let mostConnections = 256
    private let sandbox: Sandbox
    private let open: Mutex<Open>
    /// The port it listens on.
    package let port: UInt16

    /// Starts to listen; port 0 takes a free one. Throws `SocketError` when the port is taken.
    package init(_ sandbox: Sandbox, port: UInt16 = 0) throws {
        let (listener, actual) = try Sockets.listen(port: port)
        self.sandbox = sandbox
        self.port = actual
        open = Mutex(Open())
        guard SystemThread.start({ [self] in acceptConnections(listener) }) else {
            Sockets.release(listener)
            throw SocketError(action: "start a thread", code: 11)
        }
    }

    /// Stops listening and closes every connection. The listening thread notices within 20 ms.
    package func stop() {
        open.withLock { open in
            open.isStopped = true
            for connection in open.connections { Sockets.end(connection) }
        }
    }

    /// The address to give to a client, with the sandbox's path prefix.
    package var baseURL: String { "http://127.0.0.1:\(port)\(sandbox.options.pathPrefix)" }

    /// One JSON line that says where the server is and who may use it.
    package var announcement: String {
        var object: JSONObject = ["url": .string(baseURL), "version": .string(sandbox.options.version)]
        object["accounts"] = .object(Control.accounts(sandbox.accounts))
        return String(decoding: JSONBuffer.encode(.object(object)), as: UTF8.self)
    }

    private func acceptConnections(_ first: Int32) {
        var listener = first
        while !open.withLock({ $0.isStopped }) {
            if sandbox.isDown {
                listener = sleepThroughRestart(listener)
                continue
            }
            if let connection = Sockets.accept(listener, milliseconds: 20) { admit(connection) }
        }
        Sockets.release(listener)
    }

    /// Closes the listening socket while an injected restart lasts, so that connections are refused, and opens it again.
    private func sleepThroughRestart(_ listener: Int32) -> Int32 {
        Sockets.release(listener)
        open.withLock { open in
            for connection in open.connections { Sockets.end(connection) }
        }
        while true {
            let isOver = !sandbox.isDown || open.withLock { $0.isStopped }
            if isOver, let (reopened, _) = try? Sockets.listen(port: port) { return reopened }
            Sockets.rest(milliseconds: 2)
        }
    }

    private func admit(_ connection: Int32) {
        let isAdmitted = open.withLock { open in
            guard !open.isStopped, open.connections.count < Self.mostConnections else { return false }
            open.connections.insert(connection)
            return true
        }
        let isServed =
            isAdmitted
            && SystemThread.start { [self] in
                var served = HTTPConnection(connection, sandbox)
                served.serve()
                release(connection)
            }
        if !isServed { release(connection) }
    }

    private func release(_ connection: Int32) {
        // Under the lock, so that `stop` never ends a descriptor that has been given away again.
        open.withLock { open in
            open.connections.remove(connection)
            Sockets.release(connection)
        }
    }
}
