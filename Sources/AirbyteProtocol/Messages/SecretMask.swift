/// Replaces secrets in texts meant for people.
struct SecretMask: Sendable {
    private var secrets: [[UInt8]] = []

    /// Adds texts to be replaced; those under 4 characters would blank out ordinary words and are left alone.
    mutating func add(_ texts: [String]) {
        secrets += texts.filter { $0.count >= 4 }.map { Array($0.utf8) }
        // A secret that contains another one must go first.
        secrets.sort { $0.count > $1.count }
    }

    /// `text` with each secret replaced by `***`.
    func masked(_ text: String) -> String {
        var bytes = Array(text.utf8)
        for secret in secrets { bytes = Self.replacing(secret, in: bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func replacing(_ secret: [UInt8], in text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < text.count {
            if text[index...].starts(with: secret) {
                result += Array("***".utf8)
                index += secret.count
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return result
    }
}
