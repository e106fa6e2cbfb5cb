/// Why bytes are not JSON that every runner reads alike.
struct NotJSON: Error, CustomStringConvertible {
    let description: String
}

/// A strict parser of one JSON text: RFC 8259, UTF-8, no repeated names, no lone surrogates. Written for the tests alone, so that
/// it shares no mistake with the connector.
struct StrictJSON {
    private let bytes: [UInt8]
    private var position = 0

    /// The value that the whole of `bytes` spells.
    /// - Throws: `NotJSON`.
    static func parse(_ bytes: some Sequence<UInt8>) throws -> JSON {
        var parser = StrictJSON(bytes: Array(bytes))
        guard String(validating: parser.bytes, as: UTF8.self) != nil else { throw parser.fault("invalid UTF-8") }
        parser.skipSpace()
        let value = try parser.value()
        parser.skipSpace()
        guard parser.position == parser.bytes.count else { throw parser.fault("text behind the value") }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func fault(_ what: String) -> NotJSON {
        let around = bytes[max(0, position - 20)..<min(bytes.count, position + 20)]
        return NotJSON(description: "\(what) at byte \(position), near '\(String(decoding: around, as: UTF8.self))'")
    }

    private mutating func skipSpace() {
        while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }

    private mutating func take(_ byte: Unicode.Scalar) throws {
        guard next == UInt8(ascii: byte) else { throw fault("'\(byte)' is missing") }
        position += 1
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws -> JSON {
        let end = position + word.utf8CodeUnitCount
        guard end <= bytes.count,
            bytes[position..<end].elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: end - position))
        else { throw fault("an unknown word") }
        position = end
        return value
    }

    private mutating func value() throws -> JSON {
        switch next {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object() throws -> JSON {
        position += 1
        var members: [JSON.Member] = []
        var names: Set<String> = []
        skipSpace()
        if next == UInt8(ascii: "}") {
            position += 1
            return .object([])
        }
        while true {
            skipSpace()
            let name = try string()
            guard names.insert(name).inserted else { throw fault("the name '\(name)' comes twice") }
            skipSpace()
            try take(":")
            skipSpace()
            members.append(JSON.Member(name: name, value: try value()))
            skipSpace()
            if next == UInt8(ascii: "}") { break }
            try take(",")
        }
        position += 1
        return .object(members)
    }

    private mutating func array() throws -> JSON {
        position += 1
        var elements: [JSON] = []
        skipSpace()
        if next == UInt8(ascii: "]") {
            position += 1
            return .array([])
        }
        while true {
            skipSpace()
            elements.append(try value())
            skipSpace()
            if next == UInt8(ascii: "]") { break }
            try take(",")
        }
        position += 1
        return .array(elements)
    }

    private mutating func number() throws -> JSON {
        let start = position
        if next == UInt8(ascii: "-") { position += 1 }
        if next == UInt8(ascii: "0") { position += 1 } else { try digits() }
        if next == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            position += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        return .number(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func digits() throws {
        let start = position
        while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
        guard position > start else { throw fault("a digit is missing") }
    }

    private mutating func string() throws -> String {
        try take("\"")
        var text: [UInt8] = []
        while true {
            guard let byte = next else { throw fault("a text without end") }
            guard byte >= 0x20 else { throw fault("a raw control character") }
            position += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
            if byte == UInt8(ascii: "\\") {
                text += String(try escape()).utf8
            } else {
                text.append(byte)
            }
        }
    }

    private mutating func escape() throws -> Character {
        let byte = next
        position += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            var code = try hexadecimal()
            if (0xD800..<0xDC00).contains(code), bytes[position...].starts(with: Array("\\u".utf8)) {
                position += 2
                code = 0x10000 + (code - 0xD800) << 10 + (try hexadecimal() &- 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw fault("a lone surrogate") }
            return Character(scalar)
        default: throw fault("an unknown escape")
        }
    }

    private mutating func hexadecimal() throws -> UInt32 {
        let end = position + 4
        guard end <= bytes.count,
            let code = UInt32(String(decoding: bytes[position..<end], as: UTF8.self), radix: 16)
        else { throw fault("a broken escape") }
        position = end
        return code
    }
}
