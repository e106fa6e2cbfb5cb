import JSONBytes

/// Finds a secret as it is, percent-encoded, escaped as in JSON or in a program's text, or in any mixture.
enum SecretMatch {
    /// The index behind `secret` when it stands at `start`; nil when it does not.
    static func end(of secret: [UInt8], in text: [UInt8], at start: Int, isCut: Bool) -> Int? {
        var (index, place) = (start, 0)
        while place < secret.count {
            guard index < text.count else { return isCut && place >= 3 ? index : nil }
            guard let step = step(secret, place, text, index) else { return nil }
            index += step.text
            place += step.secret
        }
        return index
    }

    /// How many bytes of each the next character takes; nil where they differ.
    private static func step(
        _ secret: [UInt8], _ place: Int, _ text: [UInt8], _ index: Int
    ) -> (text: Int, secret: Int)? {
        let wanted = secret[place]
        switch text[index] {
        case UInt8(ascii: "%"):
            guard let byte = hex(text, index + 1, 2), byte == wanted else { break }
            // A percent sign that stands for itself, before two digits of the secret's own.
            let digits = text[(index + 1)...(index + 2)]
            if wanted == UInt8(ascii: "%"), secret[(place + 1)...].starts(with: digits) { break }
            return (3, 1)
        case UInt8(ascii: "\\"):
            if let escape = escape(secret, place, text, index) { return escape }
        case UInt8(ascii: "+") where wanted == UInt8(ascii: " "): return (1, 1)
        default: break
        }
        return text[index] == wanted ? (1, 1) : nil
    }

    /// A backslash or several of them, as texts inside of texts have, and what they stand for.
    private static func escape(
        _ secret: [UInt8], _ place: Int, _ text: [UInt8], _ index: Int
    ) -> (text: Int, secret: Int)? {
        let slashes = text[index...].prefix { $0 == UInt8(ascii: "\\") }.count
        let next = index + slashes
        let coded = coded(secret, place, text, next).map { (slashes + $0.text, $0.secret) }
        let own = secret[place...].prefix { $0 == UInt8(ascii: "\\") }.count
        if coded != nil || own > 0 { return coded ?? (slashes >= own ? (slashes, own) : nil) }
        guard next < text.count else { return nil }
        switch text[next] {
        case UInt8(ascii: "n") where secret[place] == 0x0A, UInt8(ascii: "t") where secret[place] == 0x09:
            return (slashes + 1, 1)
        case secret[place] where !isLetterOrDigit(secret[place]): return (slashes + 1, 1)
        default: return nil
        }
    }

    /// What `\x` or `\u` stands for, whose letter is at `next`.
    private static func coded(
        _ secret: [UInt8], _ place: Int, _ text: [UInt8], _ next: Int
    ) -> (text: Int, secret: Int)? {
        guard next < text.count else { return nil }
        switch text[next] {
        case UInt8(ascii: "x"): return hex(text, next + 1, 2) == UInt32(secret[place]) ? (3, 1) : nil
        case UInt8(ascii: "u"):
            return hex(text, next + 1, 4).flatMap { unicode($0, behind: next + 5, secret, place, text) }
        default: return nil
        }
    }

    /// A `\u` escape whose first code unit is `unit`; its second one may follow `behind`.
    private static func unicode(
        _ unit: UInt32, behind: Int, _ secret: [UInt8], _ place: Int, _ text: [UInt8]
    ) -> (text: Int, secret: Int)? {
        var (value, length) = (unit, 5)
        if unit & 0xFC00 == 0xD800, let tail = text[min(behind, text.count)...].firstIndex(where: { $0 != 0x5C }),
            tail > behind, text[tail] == UInt8(ascii: "u"), let low = hex(text, tail + 1, 4), low & 0xFC00 == 0xDC00
        {
            value = 0x10000 + (unit & 0x3FF) << 10 + (low & 0x3FF)
            length = tail + 5 - (behind - 5)
        }
        guard let scalar = Unicode.Scalar(value) else { return nil }
        let encoded = Array(String(Character(scalar)).utf8)
        return secret[place...].starts(with: encoded) ? (length, encoded.count) : nil
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        0x30...0x39 ~= byte || 0x41...0x5A ~= byte & 0xDF || byte >= 0x80
    }

    private static func hex(_ text: [UInt8], _ start: Int, _ count: Int) -> UInt32? {
        guard start + count <= text.count else { return nil }
        var value: UInt32 = 0
        for byte in text[start..<start + count] {
            guard let digit = JSONText.hexValue(byte) else { return nil }
            value = value << 4 | digit
        }
        return value
    }
}
