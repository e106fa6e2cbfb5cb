import Testing

@testable import RocketChatSandbox

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct ServerTests {
    private let office = Office()

    /// Sends raw requests over one connection and returns everything that came back until the other side closed.
    private func talk(_ port: UInt16, _ text: String) -> String {
        #if canImport(Glibc)
            let kind = Int32(SOCK_STREAM.rawValue)
        #else
            let kind = Int32(SOCK_STREAM)
        #endif
        let descriptor = socket(AF_INET, kind, 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let connected = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        guard connected == 0, Sockets.send(descriptor, Array(text.utf8)[...]) else { return "refused" }
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = buffer.withUnsafeMutableBytes { Sockets.receive(descriptor, into: $0) }
            guard count > 0 else { break }
            received.append(contentsOf: buffer[..<count])
        }
        return String(decoding: received, as: UTF8.self)
    }

    private func request(_ target: String, method: String = "GET", last: Bool = true) -> String {
        """
        \(method) \(target) HTTP/1.1\r
        Host: localhost\r
        X-Auth-Token: \(office.admin.token)\r
        X-User-Id: \(office.admin.userID)\r
        Connection: \(last ? "close" : "keep-alive")\r
        \r

        """
    }

    @Test func aConnectionServesSeveralRequests() throws {
        let server = try SandboxServer(office.sandbox)
        defer { server.stop() }
        let answer = talk(server.port, request("/api/v1/me", last: false) + request("/api/info"))
        #expect(answer.components("HTTP/1.1 200 OK") == 2)
        #expect(answer.contains("\"username\":\"sandbox.admin\"") && answer.contains("\"version\":\"8.6.1\""))
        #expect(answer.contains("Date: Sun, 22 Nov 2026 12:00:00 GMT"))
    }

    @Test func headHasNoBodyAndPostReadsOne() throws {
        let server = try SandboxServer(office.sandbox)
        defer { server.stop() }
        let head = talk(server.port, request("/api/v1/me", method: "HEAD"))
        #expect(head.hasPrefix("HTTP/1.1 200 OK") && !head.contains("sandbox.admin"))
        let post =
            "POST /_sandbox/live?steps=3 HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello"
            + "GET /_sandbox/accounts HTTP/1.1\r\nConnection: close\r\n\r\n"
        let answers = talk(server.port, post)
        #expect(answers.components("HTTP/1.1 200 OK") == 2 && answers.contains(office.bot.token))
    }

    @Test func answersAreCompressedForWhoTakesIt() throws {
        let server = try SandboxServer(Office { $0.compresses = true }.sandbox)
        defer { server.stop() }
        let plain = talk(server.port, request("/api/info"))
        #expect(plain.contains("\"success\":true") && !plain.contains("Content-Encoding"))
        let zipped = talk(
            server.port, "GET /api/info HTTP/1.1\r\nAccept-Encoding: deflate, gzip\r\nConnection: close\r\n\r\n")
        #expect(zipped.contains("Content-Encoding: gzip\r\n"))
        let member = Gzip.stored(Array("123456789".utf8))
        #expect(member.prefix(15) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1, 9, 0, 0xF6, 0xFF])
        #expect(member.suffix(8) == [0x26, 0x39, 0xF4, 0xCB, 9, 0, 0, 0], "the sum is CRC-32's check value")
        #expect(Gzip.stored(Array(repeating: 7, count: 100_000)).count == 10 + 2 * 5 + 100_000 + 8)
    }

    @Test func aTruncatedBodyEndsEarly() throws {
        let server = try SandboxServer(office.sandbox)
        defer { server.stop() }
        office.sandbox.inject(Fault(.truncated(after: 7)))
        let answer = talk(server.port, request("/api/v1/me", last: false))
        #expect(answer.hasSuffix("\r\n\r\n{\"_id\":"))
        office.sandbox.inject(Fault(.dropped))
        #expect(talk(server.port, request("/api/v1/me", last: false)).isEmpty)
    }

    @Test func aRestartClosesThePortAndOpensItAgain() throws {
        let server = try SandboxServer(office.sandbox)
        defer { server.stop() }
        office.sandbox.inject(Fault(.restart(milliseconds: 1000)))
        #expect(talk(server.port, request("/api/v1/me")).isEmpty)
        // The listening thread sees the restart within milliseconds; until then connections end without an answer.
        var answers: [String] = []
        while answers.last != "refused", answers.count < 100_000 {
            answers.append(talk(server.port, request("/api/v1/me")))
        }
        #expect(answers.last == "refused" && answers.dropLast().allSatisfy(\.isEmpty))
        office.sandbox.advance(milliseconds: 1000)
        var answer = ""
        for _ in 0..<100_000 where !answer.hasPrefix("HTTP/1.1 200") {
            answer = talk(server.port, request("/api/v1/me"))
        }
        #expect(answer.contains("sandbox.admin"))
    }

    @Test func controlRoutesServeTruthRequestsAndFaults() {
        let lines = office.get(path: "/_sandbox/truth", [("stream", "channels"), ("account", "user")], as: nil)
        #expect(lines.text.split(separator: "\n").count == office.sandbox.truth(.channels, for: office.user).count)
        #expect(office.get(path: "/_sandbox/fault", [("kind", "500"), ("route", "me")], as: nil).status == 200)
        #expect(office.get("me").status == 500)
        #expect(office.get("me").status == 200)
        let log = office.get(path: "/_sandbox/requests", as: nil).text.split(separator: "\n")
        #expect(log.count == 2 && log[0].contains("\"status\":500"))
        #expect(office.get(path: "/_sandbox/fault", [("kind", "nonsense")], as: nil).status == 400)
        #expect(office.get(path: "/_sandbox/nonsense", as: nil).status == 400)
    }
}

extension String {
    /// How often a part occurs.
    fileprivate func components(_ part: String) -> Int {
        var count = 0
        var rest = self[...]
        while let range = rest.firstRange(of: part) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}
