import TestSupport
import Testing

@testable import RocketChatAPI

/// Headers for something before the server.
struct AdditionalHeadersTests {
    @Test("Lines become headers of every request, and of no other server")
    func areSent() async throws {
        let headers = try AdditionalHeaders("Authorization: Basic am9lOmhvcnNl\\n\n X-Service-Token : s3cret: 1 \r\n")
        #expect(headers.secrets.contains("am9lOmhvcnNl") && headers.secrets.contains("s3cret: 1"))
        let clock = VirtualClock()
        let transport = ScriptedTransport { request, number throws(TransportError) in
            number == 0
                ? .json(#"{"success":true}"#)
                : HTTPResponse(status: 302, headers: HTTPHeaders([("Location", "https://elsewhere.example/")]))
        }
        let client = RocketChatClient(
            server: try ServerAddress("https://a.example"),
            credentials: try Credentials(token: "t", userID: "u", additional: headers), transport: transport,
            clock: clock)
        try await clock.run {
            _ = try? await client.json(ServerInfo.request) { $0 }
            _ = try? await client.json(APIRequest("v1/me")) { $0 }
        }
        for request in transport.requests {
            #expect(request.url.hasPrefix("https://a.example/"))
            #expect(request.headers.contains { $0 == ("Authorization", "Basic am9lOmhvcnNl") })
            #expect(request.headers.contains { $0 == ("X-Service-Token", "s3cret: 1") })
        }
    }

    @Test(
        "What is no header is refused by its line, without its value",
        arguments: [
            "nonsense-hunter2", ": hunter2", "X Y: hunter2", "X-Auth-Token: hunter2", "host: hunter2", "X-A:",
            "X-A: hunter2\u{7}x",
        ])
    func refuses(line: String) {
        let error = #expect(throws: OptionError.self) { try AdditionalHeaders("X-Good: 1\n" + line) }
        #expect(error?.message.contains("Line 2") == true && error?.message.contains("hunter2") == false)
    }
}

/// `user:password` for something before the server.
struct BasicAuthenticationTests {
    @Test(
        "The header is that of RFC 7617 (samples of RFC 4648 §10)",
        arguments: [
            ("Aladdin:open sesame", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), ("f:o", "Basic Zjpv"),
            ("fo:b", "Basic Zm86Yg=="),
            ("foo:", "Basic Zm9vOg=="), ("f:oob", "Basic Zjpvb2I="), ("ü:ß", "Basic w7w6w58="),
        ])
    func encodes(text: String, header: String) throws {
        let basic = try BasicAuthentication(text)
        #expect(basic.headerValue == header)
        #expect(basic.secrets.contains(String(header.dropFirst(6))) && basic.secrets.contains(text))
    }

    @Test("What is no login is refused without it", arguments: ["hunter2", ":hunter2", "a:hunter2\u{7}"])
    func refuses(text: String) {
        let error = #expect(throws: OptionError.self) { try BasicAuthentication(text) }
        #expect(error?.message.contains("basic_authentication") == true && error?.message.contains("hunter2") == false)
    }

    @Test("Two logins exclude each other")
    func isAlone() throws {
        let basic = try BasicAuthentication("a:b")
        #expect(try AdditionalHeaders("X-A: 1").adding(basic).fields.map(\.0) == ["X-A", "Authorization"])
        #expect(throws: OptionError.self) { try AdditionalHeaders("authorization: Bearer x").adding(basic) }
    }
}

struct CertificateTextTests {
    private static let body = String(repeating: "MIIBmDCCAT", count: 20)
    private static let good = """
        -----BEGIN CERTIFICATE-----
        \(body.prefix(64))
        \(body.dropFirst(64).prefix(64))
        \(body.dropFirst(128).prefix(64))
        \(body.dropFirst(192))
        -----END CERTIFICATE-----

        """

    @Test(
        "A certificate is read however a form mangled it",
        arguments: [
            good, good.replacing("\n", with: "\\n"), good.replacing("\n", with: " "), good.replacing("\n", with: ""),
            good.replacing("\n", with: "\r\n"), "bag attributes\n  friendlyName: x\n" + good,
        ])
    func reads(text: String) {
        #expect(CertificateText.normalized(text) == Self.good)
        #expect(CertificateText.normalized(text + "\n" + text) == Self.good + Self.good)
    }

    @Test(
        "What is no certificate is said to be none",
        arguments: [
            "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----", "-----BEGIN CERTIFICATE-----\nMIIB",
            "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----",
            "-----BEGIN CERTIFICATE-----\n<html>\n-----END CERTIFICATE-----",
        ])
    func refuses(text: String) {
        let error = #expect(throws: TransportError.self) {
            var settings = CurlSettings()
            try settings.trust(text)
        }
        #expect(error?.kind == .tls && error?.message.contains("no whole certificate") == true)
    }
}
