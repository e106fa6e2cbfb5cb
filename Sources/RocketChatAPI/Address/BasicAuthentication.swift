/// User name and password for something before the server that wants HTTP's basic authentication (RFC 7617).
package struct BasicAuthentication: Sendable {
    /// The value of the `Authorization` header.
    let headerValue: String
    /// What must be in no text: the header, the pair and the password.
    package let secrets: [String]

    /// Reads `user:password`. Throws without the text in the message.
    package init(_ text: String) throws(OptionError) {
        guard let colon = text.firstIndex(of: ":"), colon > text.startIndex else {
            throw OptionError("The option `basic_authentication` is not of the form `user:password`.")
        }
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw OptionError("The option `basic_authentication` holds control characters, which no header may carry.")
        }
        let encoded = Self.base64(Array(text.utf8))
        headerValue = "Basic " + encoded
        secrets = [headerValue, encoded, text, String(text[text.index(after: colon)...])].filter { !$0.isEmpty }
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let number = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                text.append(place > group.count ? UInt8(ascii: "=") : alphabet[number >> (18 - 6 * place) & 63])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
