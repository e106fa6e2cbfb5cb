/// Reads JSON into a tree: query parameters, and the sandbox's own stored bodies when they change.
struct JSONParser {
    private let bytes: [UInt8]
    private var index = 0

    /// The value of a whole text, or nil when it is not JSON.
    static func parse(_ bytes: [UInt8]) -> JSON? {
        var parser = JSONParser(bytes: bytes)
        guard let value = parser.value() else { return nil }
        parser.skipSpace()
        return parser.index == bytes.count ? value : nil
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private mutating func take(_ word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        guard index + length <= bytes.count else { return false }
        for offset in 0..<length where bytes[index + offset] != word.utf8Start[offset] { return false }
        index += length
        return true
    }

    private mutating func value() -> JSON? {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return object()
        case UInt8(ascii: "["): return array()
        case UInt8(ascii: "\""): return string()
        case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
        case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
        case UInt8(ascii: "n"): return take("null") ? .null : nil
        default: return number()
        }
    }

    private mutating func object() -> JSON? {
        index += 1
        var members: [JSONObject.Member] = []
        skipSpace()
        if take("}") { return .object(JSONObject()) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\""), case .string(let key)? = string() else { return nil }
            skipSpace()
            guard take(":"), let value = value() else { return nil }
            members.append(.init(key: key, value: value))
            skipSpace()
        } while take(",")
        return take("}") ? .object(JSONObject(members)) : nil
    }

    private mutating func array() -> JSON? {
        index += 1
        var elements: [JSON] = []
        skipSpace()
        if take("]") { return .array([]) }
        repeat {
            guard let value = value() else { return nil }
            elements.append(value)
            skipSpace()
        } while take(",")
        return take("]") ? .array(elements) : nil
    }

    private mutating func number() -> JSON? {
        let start = index
        var isInteger = true
        while let byte = next {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): break
            case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"): isInteger = false
            default:
                return number(String(decoding: bytes[start..<index], as: UTF8.self), isInteger)
            }
            index += 1
        }
        return number(String(decoding: bytes[start..<index], as: UTF8.self), isInteger)
    }

    private func number(_ text: String, _ isInteger: Bool) -> JSON? {
        if isInteger, let value = Int64(text) { return .int(value) }
        return Double(text).map { .number($0) }
    }

    private mutating func string() -> JSON? {
        let start = index
        index += 1
        if let plain = plainString() { return .string(plain) }
        var text: [UInt8] = []
        var hasLoneSurrogate = false
        while let byte = next, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { return nil }
            index += 1
            guard byte == UInt8(ascii: "\\") else {
                text.append(byte)
                continue
            }
            guard let scalar = escape() else { return nil }
            if let scalar = Unicode.Scalar(scalar) {
                text.append(contentsOf: Array(String(Character(scalar)).utf8))
            } else {
                hasLoneSurrogate = true
            }
        }
        guard take("\"") else { return nil }
        if hasLoneSurrogate { return .raw(Array(bytes[start..<index])) }
        return .string(String(decoding: text, as: UTF8.self))
    }

    /// The rest of a string that holds no escapes, which most do not; else nil, with nothing read.
    private mutating func plainString() -> String? {
        var end = index
        while end < bytes.count {
            let byte = bytes[end]
            if byte == UInt8(ascii: "\"") {
                defer { index = end + 1 }
                return String(decoding: bytes[index..<end], as: UTF8.self)
            }
            guard byte >= 0x20, byte != UInt8(ascii: "\\") else { return nil }
            end += 1
        }
        return nil
    }

    /// The code point of the escape after a backslash; a lone surrogate comes back as itself.
    private mutating func escape() -> UInt32? {
        guard let kind = next else { return nil }
        index += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UInt32(kind)
        case UInt8(ascii: "b"): return 8
        case UInt8(ascii: "f"): return 12
        case UInt8(ascii: "n"): return 10
        case UInt8(ascii: "r"): return 13
        case UInt8(ascii: "t"): return 9
        case UInt8(ascii: "u"):
            guard let high = hexadecimal() else { return nil }
            guard (0xD800..<0xDC00).contains(high) else { return high }
            let mark = index
            if take("\\u"), let low = hexadecimal(), (0xDC00..<0xE000).contains(low) {
                return 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
            }
            index = mark
            return high
        default: return nil
        }
    }

    private mutating func hexadecimal() -> UInt32? {
        guard index + 4 <= bytes.count,
            let value = UInt32(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
        else { return nil }
        index += 4
        return value
    }
}
