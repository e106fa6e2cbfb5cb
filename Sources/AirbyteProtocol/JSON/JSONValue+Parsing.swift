extension JSONValue {
    /// Parses a whole document, by the same rules as pages, except that a byte order mark at the start is skipped.
    ///
    /// - Throws: `JSONError` when the bytes are not one JSON document.
    package static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        _ = try PageScanner(layout: PageLayout(lists: []), shapes: []).scan(text)
        return text.withUnsafeBufferPointer { buffer in
            var reader = ValueReader(buffer)
            return reader.value()
        }
    }
}

/// Builds values from text that is already known to be JSON. Recursive: the scanner bounded the depth.
private struct ValueReader {
    private let text: UnsafeBufferPointer<UInt8>
    private var index = 0

    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
    }

    mutating func value() -> JSONValue {
        skipSpace()
        switch text[index] {
        case UInt8(ascii: "{"): return object()
        case UInt8(ascii: "["): return array()
        case UInt8(ascii: "\""): return .string(string())
        case UInt8(ascii: "t"):
            index += 4
            return .bool(true)
        case UInt8(ascii: "f"):
            index += 5
            return .bool(false)
        case UInt8(ascii: "n"):
            index += 4
            return .null
        default: return number()
        }
    }

    private mutating func object() -> JSONValue {
        var members: [String: JSONValue] = [:]
        index += 1
        skipSpace()
        while text[index] != UInt8(ascii: "}") {
            let key = string()
            skipSpace()
            index += 1
            members[key] = value()
            skipComma()
        }
        index += 1
        return .object(members)
    }

    private mutating func array() -> JSONValue {
        var elements: [JSONValue] = []
        index += 1
        skipSpace()
        while text[index] != UInt8(ascii: "]") {
            elements.append(value())
            skipComma()
        }
        index += 1
        return .array(elements)
    }

    private mutating func string() -> String {
        let start = index + 1
        index = start
        while text[index] != UInt8(ascii: "\"") { index += text[index] == UInt8(ascii: "\\") ? 2 : 1 }
        index += 1
        return String(
            decoding: JSONText.unescaped(UnsafeBufferPointer(rebasing: text[start..<(index - 1)])), as: UTF8.self)
    }

    private mutating func number() -> JSONValue {
        let start = index
        while index < text.count, "+-.eE0123456789".utf8.contains(text[index]) { index += 1 }
        let literal = String(decoding: text[start..<index], as: UTF8.self)
        if let integer = Int64(literal) { return .integer(integer) }
        let limit = Double.greatestFiniteMagnitude
        // 1e400 is JSON but no Double, and infinity could not be written again.
        return .number(min(max(Double(literal) ?? 0, -limit), limit))
    }

    private mutating func skipSpace() {
        while index < text.count, text[index] <= 0x20 { index += 1 }
    }

    private mutating func skipComma() {
        skipSpace()
        if text[index] == UInt8(ascii: ",") { index += 1 }
        skipSpace()
    }
}
