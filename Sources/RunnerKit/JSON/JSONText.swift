extension JSONToken {
    /// The text of a string token with its escapes resolved, as UTF-8 bytes appended to `output`.
    ///
    /// A lone surrogate becomes U+FFFD; the cursor has validated everything else.
    func unescape(from bytes: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) {
        var index = start
        while index < end {
            let byte = bytes[index]
            guard byte == UInt8(ascii: "\\") else {
                output.append(byte)
                index += 1
                continue
            }
            let kind = bytes[index + 1]
            index += 2
            switch kind {
            case UInt8(ascii: "b"): output.append(0x08)
            case UInt8(ascii: "f"): output.append(0x0C)
            case UInt8(ascii: "n"): output.append(0x0A)
            case UInt8(ascii: "r"): output.append(0x0D)
            case UInt8(ascii: "t"): output.append(0x09)
            case UInt8(ascii: "u"):
                var unit = codeUnit(bytes, at: index)
                index += 4
                if unit & 0xFC00 == 0xD800, index + 6 <= end, bytes[index] == UInt8(ascii: "\\"),
                    bytes[index + 1] == UInt8(ascii: "u")
                {
                    let low = codeUnit(bytes, at: index + 2)
                    if low & 0xFC00 == 0xDC00 {
                        unit = 0x10000 + (unit & 0x3FF) << 10 + (low & 0x3FF)
                        index += 6
                    }
                }
                let scalar = Unicode.Scalar(unit) ?? "\u{FFFD}"
                output.append(contentsOf: UTF8.encode(scalar)!)
            default: output.append(kind)
            }
        }
    }

    /// The text of a string token, or the token as written for any other kind.
    func text(in bytes: UnsafeBufferPointer<UInt8>) -> String {
        guard isEscaped else {
            return String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
        }
        var output: [UInt8] = []
        output.reserveCapacity(end - start)
        unescape(from: bytes, into: &output)
        return String(decoding: output, as: UTF8.self)
    }

    private func codeUnit(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 << 4 | UInt32(hexDigit(bytes[index + $1]) ?? 0) }
    }
}

extension [UInt8] {
    /// Appends `text` as a JSON string with its quotes; control characters are escaped.
    mutating func append(jsonString text: String) {
        append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                append(UInt8(ascii: "\\"))
                append(byte)
            case 0x0A: append(contentsOf: #"\n"#.utf8)
            case 0x0D: append(contentsOf: #"\r"#.utf8)
            case 0x09: append(contentsOf: #"\t"#.utf8)
            case 0..<0x20:
                append(contentsOf: (byte < 0x10 ? #"\u000"# : #"\u00"#).utf8)
                append(contentsOf: String(byte, radix: 16).utf8)
            default: append(byte)
            }
        }
        append(UInt8(ascii: "\""))
    }
}
