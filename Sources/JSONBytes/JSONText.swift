/// Texts in and out of JSON strings.
package enum JSONText {
    /// Appends `text` as a JSON string that is safe on a line: control characters, U+2028, U+2029 and U+0085 escaped,
    /// U+0000 left out unless it is kept: PostgreSQL takes none.
    package static func append(_ text: String, to bytes: inout [UInt8], keepsNUL: Bool = false) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { append(contents: $0, to: &bytes, keepsNUL: keepsNUL) }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func append(contents text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8], keepsNUL: Bool) {
        var index = 0
        while index < text.count {
            // Ids and most other texts are one plain run.
            let start = index
            while index < text.count, isPlain(text[index]) { index += 1 }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
            guard index < text.count else { return }
            let byte = text[index]
            let next = index + 1 < text.count ? text[index + 1] : 0
            var length = 1
            switch byte {
            case 0: if keepsNUL { appendEscape(0, to: &bytes) }
            case 0x22, 0x5C:
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x09: bytes += "\\t".utf8
            case 0x0A: bytes += "\\n".utf8
            case 0x0D: bytes += "\\r".utf8
            case 1..<0x20: appendEscape(UInt32(byte), to: &bytes)
            case 0xC2 where next == 0x85:
                appendEscape(0x85, to: &bytes)
                length = 2
            case 0xE2 where next == 0x80 && text[index + 2] & 0xFE == 0xA8:
                appendEscape(0x2000 + UInt32(text[index + 2] & 0x3F), to: &bytes)
                length = 3
            default: bytes.append(byte)
            }
            index += length
        }
    }

    /// Whether the byte stands for itself wherever it is: not so the first bytes of U+0085, U+2028 and U+2029.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != 0x22 && byte != 0x5C && byte != 0xC2 && byte != 0xE2
    }

    /// `text` as a JSON string.
    package static func quoted(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 2)
        append(text, to: &bytes)
        return bytes
    }

    private static func appendEscape(_ value: UInt32, to bytes: inout [UInt8]) {
        bytes += "\\u".utf8
        for shift in [12, 8, 4, 0] as [UInt32] {
            bytes.append(hexDigit(UInt8(truncatingIfNeeded: value >> shift & 0xF)))
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    /// The UTF-16 code unit of the escape `\uXXXX` at `position`; `nil` when there is no whole one before `end`.
    static func codeUnit(_ position: BytePointer, _ end: BytePointer) -> UInt32? {
        guard end - position >= 6, position[0] == UInt8(ascii: "\\"), position[1] == UInt8(ascii: "u") else {
            return nil
        }
        var unit: UInt32 = 0
        for index in 2..<6 {
            guard let digit = hexValue(position[index]) else { return nil }
            unit = unit << 4 | digit
        }
        return unit
    }

    /// The value of a hexadecimal digit; `nil` for any other byte.
    package static func hexValue(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    /// The text of a validated JSON string given without its quotes, as UTF-8; lone surrogates become U+FFFD.
    static func unescaped(_ raw: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(raw.count)
        unescape(raw, into: &text)
        return text
    }

    /// The same, appended to `text`.
    static func unescape(_ raw: UnsafeBufferPointer<UInt8>, into text: inout [UInt8]) {
        guard let first = raw.baseAddress else { return }
        let end = first + raw.count
        var position = first
        while position < end {
            if position.pointee != UInt8(ascii: "\\") {
                text.append(position.pointee)
                position += 1
                continue
            }
            if let unit = codeUnit(position, end) {
                let low = unit & 0xFC00 == 0xD800 ? codeUnit(position + 6, end) : nil
                let isPair = low.map { $0 & 0xFC00 == 0xDC00 } ?? false
                let value = isPair ? 0x10000 + (unit & 0x3FF) << 10 + (low! & 0x3FF) : unit
                text += String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8
                position += isPair ? 12 : 6
            } else {
                text.append(plainEscape(position[1]))
                position += 2
            }
        }
    }

    /// The same without U+0000, as keys and texts leave the process (see `TextFilter`).
    static func outgoing(_ raw: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        unescaped(raw).filter { $0 != 0 }
    }

    private static func plainEscape(_ letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: letter
        }
    }
}
