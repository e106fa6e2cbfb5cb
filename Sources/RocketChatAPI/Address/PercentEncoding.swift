/// Percent-encoding per RFC 3986 §2: everything but the unreserved characters is escaped.
enum PercentEncoding {
    /// Encodes one name or value of a query. Brackets of array names (`types[]`) are escaped too, which the server's
    /// parser decodes.
    static func query(_ text: String) -> String {
        // Ids, numbers and paths come for every request and need nothing.
        text.utf8.allSatisfy(isUnreserved) ? text : encode(text.utf8, keeping: isUnreserved)
    }

    /// Encodes a path, keeping its slashes.
    static func path(_ text: String) -> String {
        let isKept: (UInt8) -> Bool = { isUnreserved($0) || $0 == UInt8(ascii: "/") }
        return text.utf8.allSatisfy(isKept) ? text : encode(text.utf8, keeping: isKept)
    }

    /// Encodes a path segment typed by a person: escapes already there and the segment's legal punctuation stay.
    static func keepingEscapes(_ text: Substring) -> String {
        encode(text.utf8) { isUnreserved($0) || "%!$&'()*+,;=:@".utf8.contains($0) }
    }

    /// Letters, digits, hyphen, dot, underscore, tilde.
    static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: false
        }
    }

    private static func encode(_ bytes: some Sequence<UInt8>, keeping isKept: (UInt8) -> Bool) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        for byte in bytes {
            if isKept(byte) {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
