import Foundation
import RocketChatAPI
import TestSupport
import Testing

/// The transport against a local server that misbehaves.
struct CurlTransportTests {
    private static let compressed = Data(
        base64Encoded:
            "H4sIAAAAAAACA+3BMQEAAADCoKzrX8IaHkABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAArwaH+uIboIYBAA==")

    private func send(
        _ path: String = "/", to server: LoopbackServer, by transport: CurlTransport? = nil,
        timeout: Int = 600_000, maximumBodyBytes: Int = 1 << 20
    ) async -> Result<HTTPResponse, TransportError> {
        do throws(TransportError) {
            let request = HTTPRequest(
                url: server.url(path), headers: [("X-Auth-Token", "t"), ("Accept", "application/json")],
                timeout: timeout, maximumBodyBytes: maximumBodyBytes)
            let way = if let transport { transport } else { try CurlTransport() }
            return .success(try await way.send(request))
        } catch {
            return .failure(error)
        }
    }

    private func kind(_ result: Result<HTTPResponse, TransportError>) -> TransportError.Kind? {
        if case .failure(let error) = result { error.kind } else { nil }
    }

    @Test("Status, headers and body arrive, and the request is sent as asked")
    func exchanges() async throws {
        let server = try LoopbackServer { _ in
            [.answer(Array("hello".utf8), status: "404 Not Found", headers: ["X-One: 1", "date: yesterday "])]
        }
        let response = try await send("/api/info?a=%20b", to: server).get()
        #expect(response.status == 404)
        #expect(response.body == Array("hello".utf8))
        #expect(response.headers["x-one"] == "1")
        #expect(response.headers["Date"] == "yesterday")
        #expect(response.headers["Da"] == nil)
        let head = try #require(server.requests.all.first)
        #expect(head.hasPrefix("GET /api/info?a=%20b HTTP/1.1\r\n"))
        #expect(head.contains("X-Auth-Token: t\r\n"))
        #expect(head.contains("Accept: application/json"))
        #expect(!head.contains("Accept: */*"))
        #expect(head.contains("User-Agent: source-rocket-chat"))
        #expect(head.contains("Accept-Encoding: "))
    }

    @Test("Requests one after the other share a connection")
    func keepsAlive() async throws {
        let server = try LoopbackServer { _ in [.answer(Array("x".utf8))] }
        let transport = try CurlTransport()
        // As a sync runs. Else other tests can keep the next request waiting for minutes, and libcurl leaves connections that were idle
        // for two.
        try await withTaskExecutorPreference(transport.executor) { () async throws in
            for _ in 0..<20 { #expect(try await send(to: server, by: transport).get().body.count == 1) }
        }
        #expect(server.connections.all.count == 1)
    }

    @Test("Requests side by side open no more connections than allowed")
    func boundsConnections() async throws {
        let server = try LoopbackServer { _ in [.answer([UInt8](repeating: 7, count: 100_000))] }
        var settings = CurlSettings()
        settings.maximumConnections = 3
        let transport = try CurlTransport(settings)
        await withTaskGroup(of: Int.self) { group in
            for _ in 0..<40 {
                group.addTask { (try? await send(to: server, by: transport).get().body.count) ?? 0 }
            }
            for await count in group { #expect(count == 100_000) }
        }
        #expect(server.connections.all.count <= 3)
    }

    @Test("A compressed body is decompressed")
    func decompresses() async throws {
        let body = Array(try #require(Self.compressed))
        let server = try LoopbackServer { _ in [.answer(body, headers: ["Content-Encoding: gzip"])] }
        let response = try await send(to: server).get()
        #expect(response.body == Array(repeating: UInt8(ascii: "a"), count: 100_000))
    }

    @Test("A body that grows too large while it is decompressed is given up")
    func stopsBombs() async throws {
        let body = Array(try #require(Self.compressed))
        let server = try LoopbackServer { _ in [.answer(body, headers: ["Content-Encoding: gzip"])] }
        #expect(kind(await send(to: server, maximumBodyBytes: 50_000)) == .bodyTooLarge)
        #expect(try await send(to: server, maximumBodyBytes: 100_000).get().body.count == 100_000)
    }

    @Test("A body that announces or shows itself too large is given up", arguments: [true, false])
    func stopsLargeBodies(announced: Bool) async throws {
        let server = try LoopbackServer { _ in
            let bytes = [UInt8](repeating: 65, count: 5000)
            return announced
                ? [.answer(bytes)] : [.send(Array("HTTP/1.1 200 OK\r\n\r\n".utf8) + bytes), .close]
        }
        #expect(kind(await send(to: server, maximumBodyBytes: 4999)) == .bodyTooLarge)
        #expect(try await send(to: server, maximumBodyBytes: 5000).get().body.count == 5000)
    }

    @Test("A connection that ends early is told from a whole answer")
    func noticesTruncation() async throws {
        let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
        let cases: [[LoopbackServer.Step]] = [
            [.send(LoopbackServer.Step.head(length: 100) + Array("half".utf8)), .close],
            [.send(Array(chunked.utf8)), .close],
            [.send(Array("HTTP/1.1 200 OK\r\nContent-Le".utf8)), .close],
            [.close],
        ]
        for (index, steps) in cases.enumerated() {
            let server = try LoopbackServer { _ in steps }
            #expect(kind(await send(to: server)) == .truncated, "case \(index)")
        }
    }

    @Test("A slow answer runs into the request's time-out", arguments: [[], LoopbackServer.Step.head(length: 10)])
    func timesOut(sent: [UInt8]) async throws {
        let server = try LoopbackServer { _ in [.send(sent), .stall] }
        #expect(kind(await send(to: server, timeout: 150)) == .timeout)
    }

    @Test("A refused connection and an unknown host have kinds of their own")
    func failsToConnect() async throws {
        let server = try LoopbackServer { _ in [] }
        let transport = try CurlTransport()
        let closed = HTTPRequest(url: "http://127.0.0.1:1/")
        await #expect { try await transport.send(closed) } throws: { ($0 as? TransportError)?.kind == .connect }
        let unknown = HTTPRequest(url: "http://nowhere.invalid/", timeout: 20_000)
        await #expect { try await transport.send(unknown) } throws: { ($0 as? TransportError)?.kind == .resolve }
        let other = HTTPRequest(url: "ftp://127.0.0.1:\(server.port)/")
        await #expect { try await transport.send(other) } throws: { ($0 as? TransportError)?.kind == .other }
        let plain = HTTPRequest(url: "https://127.0.0.1:\(server.port)/", timeout: 300)
        await #expect(throws: TransportError.self) { try await transport.send(plain) }
    }

    @Test("A missing CA file is a mistake in the configuration")
    func needsCAFile() async throws {
        let server = try LoopbackServer { _ in [.close] }
        var settings = CurlSettings()
        try settings.trust("/nonexistent/ca.pem")
        let transport = try CurlTransport(settings)
        let request = HTTPRequest(url: "https://127.0.0.1:\(server.port)/")
        await #expect { try await transport.send(request) } throws: { ($0 as? TransportError)?.kind == .tls }
    }

    @Test("CA certificates may be given as PEM text; a text that is none is a mistake in the configuration")
    func takesCAText() async throws {
        let server = try LoopbackServer { _ in [.close] }
        let request = HTTPRequest(url: "https://127.0.0.1:\(server.port)/", timeout: 300)
        var settings = CurlSettings()
        // A certificate in form, but not one that can be read.
        let broken = String(repeating: "MIIBmDCCAT", count: 20)
        try settings.trust("-----BEGIN CERTIFICATE-----\n\(broken)\n-----END CERTIFICATE-----\n")
        let refused = try CurlTransport(settings)
        await #expect { try await refused.send(request) } throws: { ($0 as? TransportError)?.kind == .tls }
        // The server speaks no TLS, so this fails too, but later.
        try settings.trust(Self.authority)
        let accepted = try CurlTransport(settings)
        await #expect { try await accepted.send(request) } throws: { ($0 as? TransportError)?.kind != .tls }
    }

    @Test("A port for plain http that is asked for TLS is told from one that is broken")
    func tellsPlainPorts() async throws {
        // Node and nginx answer what is no HTTP with a 400, and hang up.
        let server = try LoopbackServer(awaitsHeads: false) { _ in
            [.answer([], status: "400 Bad Request", headers: ["Connection: close"]), .close]
        }
        let request = HTTPRequest(url: "https://127.0.0.1:\(server.port)/", timeout: 5000)
        let transport = try CurlTransport()
        await #expect { try await transport.send(request) } throws: { ($0 as? TransportError)?.fault == .plaintext }
    }

    @Test("A port for https that is asked in plain text is told from one that is broken")
    func tellsEncryptedPorts() async throws {
        // The alert with which OpenSSL answers what is no greeting.
        let alert: [UInt8] = [0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46]
        let server = try LoopbackServer { _ in [.send(alert)] }
        let request = HTTPRequest(url: "http://127.0.0.1:\(server.port)/", timeout: 2000)
        let transport = try CurlTransport()
        await #expect { try await transport.send(request) } throws: { ($0 as? TransportError)?.fault == .encrypted }
    }

    // Self-signed, made for this test; its key was thrown away.
    private static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIBmDCCAT+gAwIBAgIUAVisXuySyXVxW1QFcVR47kxzV7cwCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJbG9jYWxob3N0MB4XDTI2MTEyMjE1MTYzM1oXDTQ2MTExNzE1
        MTYzM1owFDESMBAGA1UEAwwJbG9jYWxob3N0MFkwEwYHKoZIzj0CAQYIKoZIzj0D
        AQcDQgAER1gzrxZlQa2wBYCD6jRxMfEwWHczZCq/aGjkMKsf9py+F6KZfCLfLNwT
        gOQmQY8r+deEsxct/MUMxn1kbJz4ZKNvMG0wHQYDVR0OBBYEFC44EEEEYcAiElr1
        tReyN9ptiM0OMB8GA1UdIwQYMBaAFC44EEEEYcAiElr1tReyN9ptiM0OMA8GA1Ud
        EwEB/wQFMAMBAf8wGgYDVR0RBBMwEYIJbG9jYWxob3N0hwR/AAABMAoGCCqGSM49
        BAMCA0cAMEQCIDycOLUe0+4ld3Lre2qNcZGoTFp8v02SWcKyf0KKSv20AiAq4nLL
        4/scvtM7tVZ60LX6IXD23b5vK5s4ZuvteE3ZuQ==
        -----END CERTIFICATE-----
        """

    @Test("Tasks run on the transport's own thread, and on the pool once it has been stopped")
    func runsTasks() async throws {
        let server = try LoopbackServer { head in [.answer(Array((head.contains("/b") ? "b" : "a").utf8))] }
        let transport = try CurlTransport()
        let base = "http://127.0.0.1:\(server.port)"
        let bodies = try await withTaskExecutorPreference(transport.executor) {
            try await withThrowingTaskGroup(of: [UInt8].self) { group in
                for index in 0..<20 {
                    group.addTask {
                        try await transport.send(HTTPRequest(url: base + (index % 2 == 0 ? "/a" : "/b"))).body
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
        }
        #expect(bodies.sorted() == Array((String(repeating: "a", count: 10) + String(repeating: "b", count: 10)).utf8))
        let isRunning = await withTaskExecutorPreference(transport.executor) {
            // Stopping from the thread itself must neither wait for itself nor strand this task.
            transport.stop()
            await Task.yield()
            return true
        }
        #expect(isRunning)
        await #expect(throws: TransportError.self) {
            try await withTaskExecutorPreference(transport.executor) {
                try await transport.send(HTTPRequest(url: base + "/a"))
            }
        }
    }

    @Test("Redirects are answers, not followed")
    func leavesRedirects() async throws {
        let server = try LoopbackServer { _ in
            [.answer([], status: "302 Found", headers: ["Location: /elsewhere"])]
        }
        let response = try await send(to: server).get()
        #expect(response.status == 302)
        #expect(response.headers["location"] == "/elsewhere")
        #expect(server.requests.all.count == 1)
    }

    @Test("Cancelling the task ends the transfer at once, and the transport goes on working")
    func cancels() async throws {
        let started = AsyncStream<Void>.makeStream()
        let server = try LoopbackServer { head in
            guard head.contains("/slow") else { return [.answer(Array("x".utf8))] }
            started.continuation.yield()
            return [.send(LoopbackServer.Step.head(length: 10)), .stall]
        }
        let transport = try CurlTransport()
        let task = Task { await send("/slow", to: server, by: transport) }
        for await _ in started.stream { break }
        task.cancel()
        #expect(kind(await task.value) == .cancelled)
        let early = Task {
            while !Task.isCancelled { await Task.yield() }
            return await send("/slow", to: server, by: transport)
        }
        early.cancel()
        #expect(kind(await early.value) == .cancelled)
        #expect(try await send(to: server, by: transport).get().body.count == 1)
    }

    @Test("Stopping ends transfers under way and refuses later ones")
    func stops() async throws {
        let started = AsyncStream<Void>.makeStream()
        let server = try LoopbackServer { _ in
            started.continuation.yield()
            return [.stall]
        }
        let transport = try CurlTransport()
        let task = Task { await send(to: server, by: transport) }
        for await _ in started.stream { break }
        transport.stop()
        #expect(kind(await task.value) == .cancelled)
        #expect(kind(await send(to: server, by: transport)) == .cancelled)
        transport.stop()
    }

    @Test("Interim answers leave no headers behind")
    func skipsInterimAnswers() async throws {
        let server = try LoopbackServer { _ in
            [
                .send(Array("HTTP/1.1 103 Early Hints\r\nX-Hint: 1\r\n\r\n".utf8)),
                .answer(Array("x".utf8), headers: ["X-Real: 1"]),
            ]
        }
        let response = try await send(to: server).get()
        #expect(response.status == 200)
        #expect(response.headers["X-Hint"] == nil)
        #expect(response.headers["X-Real"] == "1")
    }
}
