import RocketChatAPI
import Testing

@testable import JSONBytes
@testable import RocketChatSource

/// What `ca_certificate` may name, and the sentences for what it may not.
struct AuthorityFileTests {
    private func fault(_ content: [UInt8]) throws -> String? {
        let folder = try ScratchFolder()
        let path = try folder.write("ca.pem", "")
        #expect(throws: APIError.self) { try AuthorityFile.check(path) }
        return AuthorityFile.fault(of: content)
    }

    @Test(arguments: [
        ("", "holds no certificate"), ("MIIBmDCCAT+gAwIBAgIU", "it has to begin with -----BEGIN CERTIFICATE-----"),
        ("-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----", "holds a private key and no certificate"),
        (
            "-----BEGIN CERTIFICATE REQUEST-----\nx\n-----END CERTIFICATE REQUEST-----",
            "holds a certificate request and no"
        ),
        ("-----BEGIN CERTIFICATE-----\nMIIB", "ends in the middle of a certificate"),
        ("0\u{82}\u{1}\u{98}0\u{82}", "openssl x509 -inform der"),
    ])
    func aFileWithoutOneIsTold(content: String, words: String) throws {
        #expect(
            try fault(Array(content.utf8))?.contains(words) == true,
            "\(AuthorityFile.fault(of: Array(content.utf8)) ?? "")")
    }

    @Test func certificatesAreTaken() throws {
        let pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
        #expect(AuthorityFile.fault(of: Array(pem.utf8)) == nil)
        #expect(AuthorityFile.fault(of: Array("subject=x\r\n\(pem)".utf8)) == nil)
        let folder = try ScratchFolder()
        try AuthorityFile.check(try folder.write("ca.pem", pem))
        try AuthorityFile.check(pem)
    }

    @Test(arguments: ["/no/such/ca.pem", "/tmp", "MIIBmDCCAT+gAwIBAgIU"])
    func whatIsNoFileIsTold(setting: String) {
        let error = #expect(throws: APIError.self) { try AuthorityFile.check(setting) }
        #expect(error?.kind == .configuration)
        #expect(error?.message.contains("is neither the text of a certificate nor a file that can be read") == true)
    }
}
