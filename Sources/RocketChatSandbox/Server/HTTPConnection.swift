/// One keep-alive connection: reads requests, lets the sandbox answer, writes what its delivery leaves of the answers.
struct HTTPConnection {
    private static let largestHead = 64 * 1024
    private let descriptor: Int32
    private let sandbox: Sandbox
    private var pending: [UInt8] = []

    /// A connection that has just been accepted.
    init(_ descriptor: Int32, _ sandbox: Sandbox) {
        self.descriptor = descriptor
        self.sandbox = sandbox
    }

    /// Serves until one side ends it.
    mutating func serve() {
        while let head = readHead(), let (request, staysOpen) = parse(head) {
            let response = compressed(Control.handle(request, by: sandbox), for: request)
            guard write(response, to: request, staysOpen: staysOpen), staysOpen else { return }
        }
    }

    private func compressed(_ response: SandboxResponse, for request: SandboxRequest) -> SandboxResponse {
        guard sandbox.options.compresses, !response.body.isEmpty,
            request.header("Accept-Encoding")?.contains("gzip") == true
        else { return response }
        var response = response
        response.body = Gzip.stored(response.body)
        response.headers += [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")]
        return response
    }

    /// The bytes up to and with the empty line, or nil at the end of the connection.
    private mutating func readHead() -> ArraySlice<UInt8>? {
        var searched = 0
        while true {
            if let end = Self.endOfHead(pending, from: searched) {
                let head = pending[..<end]
                pending = Array(pending[end...])
                return head
            }
            searched = max(0, pending.count - 3)
            guard pending.count < Self.largestHead, receive() else { return nil }
        }
    }

    private static func endOfHead(_ bytes: [UInt8], from start: Int) -> Int? {
        guard bytes.count >= 4 else { return nil }
        for index in start...(bytes.count - 4)
        where bytes[index] == 13 && bytes[index + 1] == 10 && bytes[index + 2] == 13 && bytes[index + 3] == 10 {
            return index + 4
        }
        return nil
    }

    private mutating func receive() -> Bool {
        let count = withUnsafeTemporaryAllocation(byteCount: 16 * 1024, alignment: 16) { buffer in
            let count = Sockets.receive(descriptor, into: buffer)
            if count > 0 { pending.append(contentsOf: buffer[..<count]) }
            return count
        }
        return count > 0
    }

    /// The request of a head, with its body read, and whether the connection stays open after it.
    private mutating func parse(_ head: ArraySlice<UInt8>) -> (SandboxRequest, Bool)? {
        let lines = String(decoding: head, as: UTF8.self).split(whereSeparator: \.isNewline)
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count == 3 else { return nil }
        var headers: [(String, String)] = []
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            headers.append((String(line[..<colon]), String(value)))
        }
        var request = SandboxRequest(method: String(words[0]), target: String(words[1]), headers: headers)
        let length = request.header("Content-Length").flatMap { Int($0) } ?? 0
        while pending.count < length { guard receive() else { return nil } }
        request.body = Array(pending.prefix(length))
        pending.removeFirst(length)
        let wish = request.header("Connection")?.lowercased()
        return (request, words[2] == "HTTP/1.0" ? wish == "keep-alive" : wish != "close")
    }

    /// Writes an answer; false ends the connection.
    private func write(_ response: SandboxResponse, to request: SandboxRequest, staysOpen: Bool) -> Bool {
        var out: [UInt8] = []
        out.reserveCapacity(response.body.count + 512)
        func line(_ text: String) { out.append(contentsOf: text.utf8) }
        line("HTTP/1.1 \(response.status) \(Self.reason(response.status))\r\n")
        for (name, value) in response.headers { line("\(name): \(value)\r\n") }
        line("Content-Length: \(response.body.count)\r\n")
        line("Connection: \(staysOpen ? "keep-alive" : "close")\r\n\r\n")
        guard request.method != "HEAD" else { return Sockets.send(descriptor, out[...]) }
        switch response.delivery {
        case .whole:
            out.append(contentsOf: response.body)
            return Sockets.send(descriptor, out[...])
        case .truncated(let count):
            out.append(contentsOf: response.body.prefix(count))
            _ = Sockets.send(descriptor, out[...])
            return false
        case .slow(let milliseconds):
            guard Sockets.send(descriptor, out[...]) else { return false }
            let pieces = 10
            let size = max(1, (response.body.count + pieces - 1) / pieces)
            for start in stride(from: 0, to: response.body.count, by: size) {
                Sockets.rest(milliseconds: milliseconds / pieces)
                let piece = response.body[start..<min(start + size, response.body.count)]
                guard Sockets.send(descriptor, piece) else { return false }
            }
            return true
        case .dropped, .refused: return false
        }
    }

    private static func reason(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 302: "Found"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 429: "Too Many Requests"
        case 500: "Internal Server Error"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        default: "Status"
        }
    }
}
