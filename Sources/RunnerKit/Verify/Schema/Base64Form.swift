/// The form of bytes written as text (RFC 4648 §4).
enum Base64Form {
    /// Whether `text` is base64: groups of four letters, the last one filled up with `=`.
    static func fits(_ text: String) -> Bool {
        let letters = Array(text.utf8)
        guard letters.count.isMultiple(of: 4) else { return false }
        let filling = letters.reversed().prefix(2).prefix { $0 == UInt8(ascii: "=") }.count
        return letters.dropLast(filling).allSatisfy(isDigit)
    }

    private static func isDigit(_ letter: UInt8) -> Bool {
        switch letter {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"): true
        default: false
        }
    }
}
