/// Makes texts fit for people to read: secrets are replaced, and the length is bounded.
struct HumanText: Sendable {
    /// No text is longer than this many bytes, so that a quoted answer of a server cannot make a giant line.
    static let limit = 32 << 10

    private var secrets: [[UInt8]] = []

    /// Adds texts to be replaced; those under 4 characters would blank out ordinary words and are left alone.
    mutating func hide(_ texts: [String]) {
        secrets += texts.filter { $0.count >= 4 }.map { Array($0.utf8) }
        // A secret that contains another one must go first.
        secrets.sort { $0.count > $1.count }
    }

    /// `text` with each secret replaced by `***`, cut at the limit.
    func prepared(_ text: String) -> String {
        var bytes = Array(text.utf8)
        for secret in secrets { bytes = Self.replacing(secret, in: bytes) }
        guard bytes.count > Self.limit else { return String(decoding: bytes, as: UTF8.self) }
        return String(decoding: bytes[..<Self.limit], as: UTF8.self) + "…"
    }

    private static func replacing(_ secret: [UInt8], in text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < text.count {
            if text[index] == secret[0], text[index...].starts(with: secret) {
                result += "***".utf8
                index += secret.count
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return result
    }
}
