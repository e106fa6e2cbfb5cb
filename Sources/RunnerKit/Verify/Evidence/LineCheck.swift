import CSystem
import JSONBytes

/// Judges the bytes of one line of standard output, before anything is known of what it says.
struct LineCheck {
    /// What other runners take at the most.
    static let lengthLimit = 10 << 20

    /// Notes in `findings` what is wrong with the bytes of a line; `place` is for instance "line 3".
    static func judge(_ line: UnsafeBufferPointer<UInt8>, place: Place, into findings: inout Findings) {
        if line.count >= lengthLimit {
            findings.breach(.outputIsShort, "\(place) has \(line.count) bytes")
        }
        if let separator = rawSeparator(line) {
            findings.breach(.outputHasNoSeparators, "\(place) has \(separator) as it is")
        }
        guard memchr(line.baseAddress!, 0x5C, line.count) != nil else { return }
        let escapes = Escapes(line)
        if let unit = escapes.loneSurrogate {
            findings.breach(.outputHasNoLoneSurrogates, "\(place) has \\u\(unit) without its other half")
        }
        if escapes.hasNUL { findings.breach(.outputHasNoNUL, "\(place) has \\u0000") }
    }

    /// Notes why a line is no JSON.
    static func judge(
        _ error: JSONError, in line: UnsafeBufferPointer<UInt8>, place: Place, into findings: inout Findings
    ) {
        let rest = error.offset < line.count ? line[error.offset...].prefix(9) : line[..<0]
        let words = String(decoding: rest, as: UTF8.self)
        switch error.reason {
        case .invalidUTF8 where rest.first == 0xED && (rest.dropFirst().first ?? 0) >= 0xA0:
            findings.breach(.outputHasNoLoneSurrogates, "\(place) has half of a surrogate pair as bytes")
        case .invalidUTF8:
            findings.breach(.outputIsUTF8, "\(place) has bytes that are not UTF-8 (byte \(error.offset))")
        case .invalidNumber, .unexpectedByte, .invalidLiteral:
            guard
                let word = ["NaN", "Infinity", "-Infinity", "nan", "inf"].first(where: words.hasPrefix)
                    ?? (words.hasPrefix("Infinity") || isMinusInfinity(error.offset, line) ? "-Infinity" : nil)
            else { fallthrough }
            findings.breach(.outputIsFinite, "\(place) has \(word)")
        default:
            let isObject = line.first == UInt8(ascii: "{")
            let quote = isObject ? "" : ", it begins `\(String(decoding: line.prefix(60), as: UTF8.self))`"
            findings.breach(.outputIsJSON, "\(place) is \(error)\(quote)")
        }
    }

    private static func isMinusInfinity(_ offset: Int, _ line: UnsafeBufferPointer<UInt8>) -> Bool {
        offset > 0 && line[offset - 1] == UInt8(ascii: "-")
            && line[offset...].prefix(8).elementsEqual("Infinity".utf8)
    }

    /// The first separator that is not escaped.
    private static func rawSeparator(_ line: UnsafeBufferPointer<UInt8>) -> String? {
        let separators: [(name: String, bytes: [UInt8])] = [
            ("U+2028", [0xE2, 0x80, 0xA8]), ("U+2029", [0xE2, 0x80, 0xA9]), ("U+0085", [0xC2, 0x85]),
        ]
        return separators.first { SecretScan.contains($0.bytes, in: line) }?.name
    }
}

/// The `\u` escapes of a line, as far as they are trouble.
private struct Escapes {
    /// The digits of the first half of a surrogate pair that stands alone.
    private(set) var loneSurrogate: String?
    private(set) var hasNUL = false

    init(_ line: UnsafeBufferPointer<UInt8>) {
        var index = 0
        while index < line.count, let found = memchr(line.baseAddress! + index, 0x5C, line.count - index) {
            let place = found - UnsafeMutableRawPointer(mutating: line.baseAddress!)
            guard let unit = Self.unit(line, place) else {
                index = place + 2
                continue
            }
            index = place + 6
            if unit == 0 { hasNUL = true }
            if unit & 0xFC00 == 0xD800, let low = Self.unit(line, index), low & 0xFC00 == 0xDC00 {
                index += 6
            } else if unit & 0xF800 == 0xD800 {
                loneSurrogate = loneSurrogate ?? String(unit, radix: 16)
            }
        }
    }

    /// The code unit of the `\uXXXX` at `place`; nil when something else stands there.
    private static func unit(_ line: UnsafeBufferPointer<UInt8>, _ place: Int) -> UInt16? {
        guard place + 6 <= line.count, line[place] == 0x5C, line[place + 1] == UInt8(ascii: "u") else { return nil }
        return UInt16(String(decoding: line[(place + 2)..<(place + 6)], as: UTF8.self), radix: 16)
    }
}
