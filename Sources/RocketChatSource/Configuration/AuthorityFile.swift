import AirbyteProtocol
import CSystem
import JSONBytes
import RocketChatAPI

/// The file that `ca_certificate` names: looked at before libcurl sees it, whose words for what is wrong tell nobody what to do.
enum AuthorityFile {
    /// More than any bundle of certificates has, in bytes.
    private static let limit = 16 << 20

    /// - Throws: `APIError` when `setting` is neither the text of certificates nor a file with some.
    static func check(_ setting: String) throws(APIError) {
        guard !setting.contains("-----BEGIN"), !setting.contains("-----END") else { return }
        let shown = setting.count > 80 ? setting.prefix(79) + "…" : setting[...]
        let content: Result<[UInt8], WholeFile.Fault> = WholeFile.read(setting, limit: limit) { _ throws(Never) in }
        switch content {
        case .failure(.tooLong): throw error("names the file \(shown), which is too long for one of certificates")
        case .failure(.refused(let reason)):
            throw error("is neither the text of a certificate nor a file that can be read: \(shown): \(reason)")
        case .success(let bytes):
            if let fault = fault(of: bytes) { throw error("names the file \(shown), which \(fault)") }
        }
    }

    /// What is wrong with the content of a file; nil when there is a certificate in it.
    static func fault(of bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        if text.contains("CERTIFICATE-----") && !text.contains("CERTIFICATE REQUEST-----") {
            return text.contains("-----END") ? nil : "ends in the middle of a certificate"
        }
        if bytes.first == 0x30, bytes.contains(where: { $0 > 0x7E || $0 < 0x09 }) {
            return "is a certificate in DER: `openssl x509 -inform der -in FILE -out ca.pem` makes a PEM file of it"
        }
        if let start = text.firstRange(of: "-----BEGIN ") {
            return
                "holds a \(text[start.upperBound...].prefix { $0 != "-" && $0 != "\n" }.lowercased()) and no certificate"
        }
        return "holds no certificate: it has to begin with -----BEGIN CERTIFICATE-----"
    }

    private static func error(_ reason: String) -> APIError {
        APIError(.configuration, "The option `ca_certificate` \(reason).")
    }
}
