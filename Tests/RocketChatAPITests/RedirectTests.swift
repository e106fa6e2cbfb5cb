import RocketChatAPI
import TestSupport
import Testing

/// Which redirects are followed, and that the token goes nowhere else.
struct RedirectTests {
    private func client(from endpoint: String, to location: String) throws -> ScriptedClient {
        try ScriptedClient(endpoint: endpoint) { request, number in
            if number == 0 {
                return HTTPResponse(status: 301, headers: HTTPHeaders([("Location", location)]))
            }
            return .json(#"{"messages":[],"success":true}"#)
        }
    }

    @Test(
        "A redirect to the same host or its https twin is followed with the credentials",
        arguments: [
            ("http://a.example", "https://a.example/api/v1/x"), ("http://a.example:3000", "https://a.example/api/v1/x"),
            ("http://a.example:3000", "https://a.example:3000/api/v1/x"), ("https://a.example", "/chat/api/v1/x"),
            ("https://a.example", "https://A.example:443/api/v1/y"), ("https://a.example", "//a.example/api/v1/y"),
            ("https://a.example/chat", "y?z=1"), ("http://a.example", "http://a.example:80/api"),
        ])
    func follows(endpoint: String, location: String) async throws {
        let scripted = try client(from: endpoint, to: location)
        #expect(try await scripted.read("v1/x").get() == 0)
        #expect(scripted.transport.requests.count == 2)
        #expect(scripted.transport.requests[1].headers.contains { $0.0 == "X-Auth-Token" })
    }

    @Test(
        "Any other redirect is a mistake in the configuration, and nothing is sent there",
        arguments: [
            ("https://a.example", "https://b.example/api/v1/x", "https://b.example"),
            ("https://a.example", "http://a.example/api/v1/x", "http://a.example"),
            ("https://a.example", "https://a.example:8443/x", "https://a.example:8443"),
            ("http://a.example:3000", "https://a.example:9999/x", "https://a.example:9999"),
            ("https://a.example", "https://a.example@b.example/x", "unreadable"),
            ("https://a.example", "https://a.example.b.example/x?token=1", "https://a.example.b.example"),
            ("https://a.example", "//b.example/x", "https://b.example"), ("https://a.example", "", "unreadable"),
            ("https://a.example", "ftp://a.example/", "unreadable"),
        ])
    func refuses(endpoint: String, location: String, named: String) async throws {
        let scripted = try client(from: endpoint, to: location)
        let error = try #require(try await scripted.read("v1/x").error)
        #expect(error.kind == .configuration)
        #expect(error.message.contains(named), "\(error)")
        #expect(!error.message.contains("token=1"))
        #expect(scripted.transport.requests.count == 1)
    }

    @Test("Relative locations are resolved")
    func resolves() async throws {
        let scripted = try client(from: "https://a.example/chat", to: "y?z=1#top")
        _ = try await scripted.read("v1/x")
        #expect(scripted.transport.requests[1].url == "https://a.example/chat/api/v1/y?z=1")
    }

    @Test("Circles end")
    func endsCircles() async throws {
        let scripted = try ScriptedClient(endpoint: "https://a.example") { request, _ in
            HTTPResponse(status: 302, headers: HTTPHeaders([("Location", request.url)]))
        }
        let error = try await scripted.read("v1/x").error
        #expect(error?.kind == .configuration)
        #expect(scripted.transport.requests.count == 6)
    }

    @Test("After a move to https, later requests start there")
    func remembersUpgrade() async throws {
        let scripted = try ScriptedClient(endpoint: "http://a.example/chat") { request, _ in
            if request.url.hasPrefix("http:") {
                let location = "https:" + request.url.dropFirst(5)
                return HTTPResponse(status: 307, headers: HTTPHeaders([("location", location)]))
            }
            return .json(#"{"messages":[],"success":true}"#)
        }
        for _ in 0..<3 { _ = try await scripted.read("v1/x", query: [("a", "b c")]).get() }
        #expect(scripted.transport.requests.map { $0.url.hasPrefix("https:") } == [false, true, true, true])
    }
}
