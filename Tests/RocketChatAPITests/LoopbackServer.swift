import Foundation
import TestSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A tiny HTTP server on a free local port that misbehaves as told: one thread per connection, keep-alive.
final class LoopbackServer: Sendable {
    /// One step of an answer.
    enum Step: Sendable {
        /// Sends these bytes.
        case send([UInt8])
        /// Keeps silent until the client closes the connection.
        case stall
        /// Closes the connection.
        case close
    }

    /// The port it listens on.
    let port: UInt16
    /// Heads of the requests so far.
    let requests = Recorder<String>()
    /// Descriptors of the connections accepted so far.
    let connections = Recorder<Int32>()

    private let listener: Int32
    private let script: @Sendable (String) -> [Step]
    private let awaitsHeads: Bool

    /// Listens on 127.0.0.1; `script` maps a request's head to the steps of its answer. Without `awaitsHeads` whatever comes
    /// first is answered, as servers answer what is no HTTP.
    init(awaitsHeads: Bool = true, _ script: @escaping @Sendable (String) -> [Step]) throws {
        self.awaitsHeads = awaitsHeads
        self.script = script
        #if os(Linux)
            listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            listener = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listening = listener
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                guard bind(listening, raw, length) == 0, listen(listening, 64) == 0 else { return Int32(-1) }
                return getsockname(listening, raw, &length)
            }
        }
        guard status == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        port = UInt16(bigEndian: address.sin_port)
        let thread = Thread { [weak self] in
            while true {
                let connection = accept(listening, nil, nil)
                guard connection >= 0 else { return }
                guard let self else {
                    closeSocket(connection)
                    return
                }
                self.connections.add(connection)
                Thread { self.serve(connection) }.start()
            }
        }
        thread.start()
    }

    deinit {
        stop()
    }

    /// Stops listening; connections end when their clients close them.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
    }

    /// The URL of a path.
    func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

    private func serve(_ connection: Int32) {
        defer { closeSocket(connection) }
        var pending: [UInt8] = []
        while let head = readHead(connection, &pending) {
            requests.add(head)
            for step in script(head) {
                switch step {
                case .send(let bytes):
                    guard write(bytes, to: connection) else { return }
                case .stall:
                    var byte: UInt8 = 0
                    while recv(connection, &byte, 1, 0) > 0 {}
                    return
                case .close:
                    return
                }
            }
        }
    }

    private func readHead(_ connection: Int32, _ pending: inout [UInt8]) -> String? {
        let end = Array("\r\n\r\n".utf8)
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            if let range = pending.firstRange(of: end) {
                let head = String(decoding: pending[..<range.lowerBound], as: UTF8.self)
                pending.removeSubrange(..<range.upperBound)
                return head
            }
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            pending += buffer[..<count]
            if !awaitsHeads {
                defer { pending = [] }
                return String(decoding: pending, as: UTF8.self)
            }
        }
    }

    private func write(_ bytes: [UInt8], to connection: Int32) -> Bool {
        #if os(Linux)
            let flags = Int32(MSG_NOSIGNAL)
        #else
            let flags: Int32 = 0
        #endif
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { send(connection, $0.baseAddress, $0.count, flags) }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }
}

private func closeSocket(_ descriptor: Int32) {
    close(descriptor)
}

extension LoopbackServer.Step {
    /// A whole answer with its length.
    static func answer(_ body: [UInt8], status: String = "200 OK", headers: [String] = []) -> LoopbackServer.Step {
        .send(head(length: body.count, status: status, headers: headers) + body)
    }

    /// The head of an answer that promises `length` bytes.
    static func head(length: Int, status: String = "200 OK", headers: [String] = []) -> [UInt8] {
        let lines = ["HTTP/1.1 \(status)", "Content-Length: \(length)"] + headers
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }
}
