import JSONBytes

/// Certificates as text, put right where a form has mangled it: line ends that became a literal `\n`, blanks or nothing.
enum CertificateText {
    private static let begin = "-----BEGIN CERTIFICATE-----"
    private static let end = "-----END CERTIFICATE-----"
    private static let lineLength = 64

    /// The certificates in `text` as PEM; nil when there is none.
    static func normalized(_ text: String) -> String? {
        var blocks = ""
        var rest = text[...]
        while let start = rest.firstRange(of: begin), let stop = rest[start.upperBound...].firstRange(of: end) {
            let inside = rest[start.upperBound..<stop.lowerBound].replacing("\\n", with: "").replacing("\\r", with: "")
            let body = inside.utf8.filter { $0 > 0x20 }
            // A certificate is an ASN.1 sequence of some hundred bytes at least: in Base64 an M comes first.
            guard body.count > 100, body.first == UInt8(ascii: "M"), body.allSatisfy(isBase64) else { return nil }
            blocks += begin + "\n" + lines(body) + end + "\n"
            rest = rest[stop.upperBound...]
        }
        return blocks.isEmpty ? nil : blocks
    }

    private static func lines(_ body: [UInt8]) -> String {
        stride(from: 0, to: body.count, by: lineLength).map { start in
            String(decoding: body[start..<min(start + lineLength, body.count)], as: UTF8.self) + "\n"
        }.joined()
    }

    private static func isBase64(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="):
            true
        default: false
        }
    }
}
