import TestSupport
import Testing

@testable import RocketChatAPI

/// What to do about a connection that cannot be: nothing of it changes by trying again.
struct TLSFaultTests {
    @Test(
        "The words of libcurl, OpenSSL and GnuTLS are understood",
        arguments: [
            ("SSL certificate problem: certificate has expired", TLSFault.expired),
            ("server certificate expiration date has passed.", .expired),
            ("SSL certificate problem: certificate is not yet valid", .notYetValid),
            ("server certificate not activated yet.", .notYetValid),
            ("SSL: no alternative certificate subject name matches target host name 'localhost'", .otherName),
            ("SSL: no alternative certificate subject name matches target ipv4 address '127.0.0.1'", .otherName),
            ("SSL: certificate subject name 'a' does not match target host name 'b'", .otherName),
            ("SSL certificate problem: self-signed certificate", .unknownAuthority),
            ("SSL certificate problem: self signed certificate in certificate chain", .unknownAuthority),
            ("SSL certificate problem: unable to get local issuer certificate", .unknownAuthority),
            ("server certificate verification failed. CAfile: none CRLfile: none", .unknownAuthority),
            ("something new", .other),
        ])
    func reads(detail: String, fault: TLSFault) {
        #expect(TLSFault(detail, isAboutAuthorities: false, isAboutCertificate: true) == fault)
    }

    @Test("Other failures are none of it")
    func leavesOthers() {
        for detail in [
            "Connection refused", "OpenSSL SSL_connect: Connection reset by peer", "Empty reply from server",
        ] {
            #expect(TLSFault(detail, isAboutAuthorities: false, isAboutCertificate: false) == nil)
        }
        let wrong = TLSFault("error setting certificate file: x", isAboutAuthorities: true, isAboutCertificate: true)
        #expect(wrong == .unusableAuthorities)
    }

    @Test(
        "Each has its advice and is not tried again",
        arguments: [
            (.expired, "has expired: it has to be renewed there"), (.notYetValid, "the clock of this machine is wrong"),
            (.otherName, "for another host than chat.example.org"),
            (.unknownAuthority, "`ca_certificate` must hold it"),
            (.unusableAuthorities, "`ca_certificate` is no file with certificates"),
            (.plaintext, "speaks no TLS at that port: is its address http://chat.example.org/team ?"),
        ] as [(TLSFault, String)])
    func advises(fault: TLSFault, words: String) async throws {
        let scripted = try ScriptedClient([.failure(TransportError(.tls, "libcurl's words", fault: fault))])
        let error = try await scripted.read().error
        #expect(error?.kind == .configuration && error?.message.contains(words) == true, "\(error?.message ?? "")")
        #expect(scripted.transport.requests.count == 1)
    }

    @Test("A name that does not exist is asked for once more, and as often as anything where the address is proven")
    func namesAreLookedUpTwice() async throws {
        let failure = TransportError(.resolve, "Could not resolve host")
        let scripted = try ScriptedClient([.failure(failure)])
        #expect(try await scripted.read().error?.kind == .configuration)
        #expect(scripted.transport.requests.count == 2)
        let proven = try ScriptedClient([.failure(failure)])
        proven.client.trustAddress()
        #expect(try await proven.read().error?.kind == .transient)
        #expect(proven.transport.requests.count == 7)
    }

    private func root(_ endpoint: String, _ answer: Result<HTTPResponse, TransportError>) async throws -> APIError? {
        let scripted = try ScriptedClient([answer], endpoint: endpoint)
        let client = scripted.client
        return try await scripted.clock.run {
            do throws(APIError) {
                _ = try await client.json(ServerInfo.request, read: ServerInfo.init)
                return nil
            } catch { return error }
        }
    }

    @Test(
        "http to a port for https is told, in the words of nginx, Go and Apache",
        arguments: [
            "<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head>",
            "Client sent an HTTP request to an HTTPS server.",
        ])
    func tellsOfHTTPS(body: String) async throws {
        let answer = HTTPResponse(status: 400, body: Array(body.utf8))
        let error = try await root("http://chat.example.org:8443", .success(answer))
        #expect(error?.kind == .configuration)
        #expect(
            error?.message.contains("is its address https://chat.example.org:8443 ?") == true, "\(error?.message ?? "")"
        )
    }

    @Test("A server that hangs up on plain http is asked about, too")
    func tellsOfSilence() async throws {
        let error = try await root("http://chat.example.org", .failure(TransportError(.truncated, "Empty reply")))
        #expect(error?.message.contains("is its address https://chat.example.org ?") == true)
        let other = try await root("https://chat.example.org", .failure(TransportError(.truncated, "Empty reply")))
        #expect(other?.message.contains("is its address") == false)
    }

    @Test(
        "A page of the browser is no address, and the address is told",
        arguments: [
            ("https://chat.example.org/home", "https://chat.example.org ?"),
            ("https://example.org/chat/channel/general", "https://example.org/chat ?"),
            ("https://chat.example.org/direct/abc", "https://chat.example.org ?"),
            ("https://chat.example.org/account/tokens", "https://chat.example.org ?"),
        ])
    func tellsOfPages(endpoint: String, workspace: String) async throws {
        let page = HTTPResponse(
            status: 200, headers: HTTPHeaders([("Content-Type", "text/html")]), body: Array("<html></html>".utf8))
        let error = try await root(endpoint, .success(page))
        #expect(error?.message.contains("is a page of the browser") == true)
        #expect(error?.message.contains("is that \(workspace)") == true, "\(error?.message ?? "")")
        #expect(try await root("https://chat.example.org/team", .success(page))?.message.contains("sub-path") == true)
    }
}
