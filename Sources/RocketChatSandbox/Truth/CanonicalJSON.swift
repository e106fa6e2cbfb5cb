/// JSON in one form only, so that equal documents are equal texts; `Truth` describes it.
enum CanonicalJSON {
    /// The canonical text of a value.
    static func text(_ value: JSON) -> String {
        var buffer = JSONBuffer(capacity: 512)
        append(value, to: &buffer)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    private static func append(_ value: JSON, to buffer: inout JSONBuffer) {
        switch value {
        case .object(let object):
            buffer.append("{")
            var isFirst = true
            for member in object.members.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
                guard member.value != .null else { continue }
                if !isFirst { buffer.append(",") }
                isFirst = false
                buffer.key(clean(member.key))
                append(member.value, to: &buffer)
            }
            buffer.append("}")
        case .array(let elements):
            buffer.append("[")
            for (index, element) in elements.enumerated() {
                if index > 0 { buffer.append(",") }
                append(element, to: &buffer)
            }
            buffer.append("]")
        case .string(let text): buffer.string(clean(text))
        case .raw(let bytes): buffer.string(clean(replacingSurrogates(bytes)))
        default: buffer.value(value)
        }
    }

    private static func clean(_ text: String) -> String {
        guard text.utf8.contains(0) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value != 0 }))
    }

    /// The text of an encoded string with U+FFFD for each lone surrogate. Only such strings are kept encoded.
    private static func replacingSurrogates(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let kind = rest.first else {
                result.append(byte)
                continue
            }
            let code = rest.dropFirst().prefix(4)
            if kind == UInt8(ascii: "u"), let unit = UInt16(String(decoding: code, as: UTF8.self), radix: 16),
                isAlone(unit, after: rest.dropFirst(5))
            {
                result.append(contentsOf: Array("\u{FFFD}".utf8))
                rest = rest.dropFirst(5)
                continue
            }
            // Everything else stays escaped; a pair stays together.
            let isPair = kind == UInt8(ascii: "u") && code.first.map { $0 | 0x20 } == UInt8(ascii: "d")
            let length = kind != UInt8(ascii: "u") ? 1 : isPair ? 11 : 5
            result.append(byte)
            result.append(contentsOf: rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return JSONParser.parse(result)?.text ?? String(decoding: result, as: UTF8.self)
    }

    private static func isAlone(_ unit: UInt16, after rest: ArraySlice<UInt8>) -> Bool {
        if (0xDC00..<0xE000).contains(unit) { return true }
        guard (0xD800..<0xDC00).contains(unit) else { return false }
        guard rest.starts(with: Array("\\u".utf8)),
            let low = UInt16(String(decoding: rest.dropFirst(2).prefix(4), as: UTF8.self), radix: 16)
        else { return true }
        return !(0xDC00..<0xE000).contains(low)
    }
}
