/// A validating reader (RFC 8259 and UTF-8) that walks over JSON bytes without decoding them.
///
/// It lets the runner take a record apart at the speed of the store behind it: values are ranges of the line,
/// nested ones stay text.
package struct JSONCursor {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// Where the cursor stands, in bytes from the beginning of the buffer.
    package private(set) var offset = 0

    /// A cursor that begins at `offset`; the buffer has to outlive it.
    package init(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int = 0) {
        self.bytes = bytes
        self.offset = offset
    }

    /// Skips white space and returns the byte that follows, without consuming it; nil at the end.
    package mutating func next() -> UInt8? {
        while offset < bytes.count {
            let byte = bytes[offset]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
            offset += 1
        }
        return nil
    }

    /// Consumes `byte` after white space.
    package mutating func expect(_ byte: UInt8) throws(JSONError) {
        guard next() == byte else { throw fault(.unexpectedByte) }
        offset += 1
    }

    /// Fails unless only white space is left.
    package mutating func expectEnd() throws(JSONError) {
        guard next() == nil else { throw fault(.trailingBytes) }
    }

    /// After `{` or a member: whether another member follows. Consumes the comma or the closing brace.
    package mutating func hasMember(first: Bool) throws(JSONError) -> Bool {
        try hasMore(first: first, closing: UInt8(ascii: "}"))
    }

    /// After `[` or an element: whether another element follows. Consumes the comma or the closing bracket.
    package mutating func hasElement(first: Bool) throws(JSONError) -> Bool {
        try hasMore(first: first, closing: UInt8(ascii: "]"))
    }

    private mutating func hasMore(first: Bool, closing: UInt8) throws(JSONError) -> Bool {
        let byte = next()
        if byte == closing {
            offset += 1
            return false
        }
        if first { return true }
        guard byte == UInt8(ascii: ",") else { throw fault(.unexpectedByte) }
        offset += 1
        return true
    }

    /// Reads a member's name and the colon after it.
    package mutating func memberName() throws(JSONError) -> JSONToken {
        guard next() == UInt8(ascii: "\"") else { throw fault(.unexpectedByte) }
        let name = try string()
        try expect(UInt8(ascii: ":"))
        return name
    }

    /// Reads one value of any kind, validating all of it.
    package mutating func value(depth: Int = 0) throws(JSONError) -> JSONToken {
        guard let byte = next() else { throw fault(.unexpectedEnd) }
        switch byte {
        case UInt8(ascii: "\""): return try string()
        case UInt8(ascii: "{"), UInt8(ascii: "["): return try container(depth: depth)
        case UInt8(ascii: "t"): return try literal("true", .yes)
        case UInt8(ascii: "f"): return try literal("false", .no)
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return try number()
        }
    }

    private mutating func container(depth: Int) throws(JSONError) -> JSONToken {
        guard depth < JSONLimits.depth else { throw fault(.tooDeep) }
        let start = offset
        let isObject = bytes[start] == UInt8(ascii: "{")
        offset += 1
        var first = true
        if isObject {
            while try hasMember(first: first) {
                _ = try memberName()
                _ = try value(depth: depth + 1)
                first = false
            }
        } else {
            while try hasElement(first: first) {
                _ = try value(depth: depth + 1)
                first = false
            }
        }
        return JSONToken(kind: isObject ? .object : .array, start: start, end: offset)
    }

    private mutating func literal(_ text: StaticString, _ kind: ValueKind) throws(JSONError) -> JSONToken {
        let start = offset
        guard bytes.count - start >= text.utf8CodeUnitCount else { throw fault(.invalidLiteral) }
        for index in 0..<text.utf8CodeUnitCount where bytes[start + index] != text.utf8Start[index] {
            throw fault(.invalidLiteral)
        }
        offset += text.utf8CodeUnitCount
        return JSONToken(kind: kind, start: start, end: offset)
    }

    private mutating func number() throws(JSONError) -> JSONToken {
        let start = offset
        var kind = ValueKind.integer
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "-") { offset += 1 }
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "0") { offset += 1 } else { try digits() }
        if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
            kind = .number
            offset += 1
            try digits()
        }
        if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
            kind = .number
            offset += 1
            if offset < bytes.count, bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-") {
                offset += 1
            }
            try digits()
        }
        return JSONToken(kind: kind, start: start, end: offset)
    }

    private mutating func digits() throws(JSONError) {
        let start = offset
        while offset < bytes.count, bytes[offset] &- 0x30 < 10 { offset += 1 }
        guard offset > start else { throw fault(.invalidNumber) }
    }

    /// An error here; at the end of the text it always is that the text ended.
    private func fault(_ reason: JSONError.Reason) -> JSONError {
        JSONError(reason: offset < bytes.count ? reason : .unexpectedEnd, offset: offset)
    }
}

extension JSONCursor {
    /// Reads a string; the cursor stands on its opening quote.
    fileprivate mutating func string() throws(JSONError) -> JSONToken {
        offset += 1
        let start = offset
        var isEscaped = false
        while true {
            skipPlain()
            guard offset < bytes.count else { throw fault(.unexpectedEnd) }
            switch bytes[offset] {
            case UInt8(ascii: "\""):
                offset += 1
                return JSONToken(kind: .string, start: start, end: offset - 1, isEscaped: isEscaped)
            case UInt8(ascii: "\\"):
                isEscaped = true
                try escape()
            case 0x80...:
                try multibyte()
            case 0x20...:
                offset += 1
            default:
                throw fault(.controlCharacter)
            }
        }
    }

    /// Steps over text without quotes, backslashes, control characters or multi-byte characters, eight bytes a time.
    private mutating func skipPlain() {
        guard let base = UnsafeRawPointer(bytes.baseAddress) else { return }
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        while offset + 8 <= bytes.count {
            let word = base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            let special =
                (quote &- ones) & ~quote | (backslash &- ones) & ~backslash | (word &- ones &* 0x20) & ~word | word
            let stops = special & highs
            if stops != 0 {
                offset += UInt64(littleEndian: stops).trailingZeroBitCount >> 3
                return
            }
            offset += 8
        }
    }

    private mutating func escape() throws(JSONError) {
        guard offset + 1 < bytes.count else { throw fault(.invalidEscape) }
        switch bytes[offset + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            offset += 2
        case UInt8(ascii: "u"):
            guard offset + 6 <= bytes.count else { throw fault(.invalidEscape) }
            for index in offset + 2..<offset + 6 where JSONText.hexValue(bytes[index]) == nil {
                throw fault(.invalidEscape)
            }
            offset += 6
        default:
            throw fault(.invalidEscape)
        }
    }

    /// Steps over one UTF-8 sequence of two to four bytes (Unicode 15, table 3-7).
    private mutating func multibyte() throws(JSONError) {
        let lead = bytes[offset]
        let (length, second): (Int, ClosedRange<UInt8>)
        switch lead {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: throw fault(.invalidUTF8)
        }
        guard offset + length <= bytes.count, second.contains(bytes[offset + 1]) else {
            throw fault(.invalidUTF8)
        }
        for index in offset + 2..<offset + max(length, 2) where bytes[index] & 0xC0 != 0x80 {
            throw fault(.invalidUTF8)
        }
        offset += length
    }
}
