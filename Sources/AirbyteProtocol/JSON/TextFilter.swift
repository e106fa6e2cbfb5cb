/// Copies validated JSON so that it is safe on a line: white space between tokens is dropped; in strings U+2028, U+2029 and
/// U+0085 are escaped, U+0000 is left out and lone surrogates become U+FFFD.
enum TextFilter {
    /// How many bytes at most come out for one that goes in (U+0085: two bytes become six).
    static let growth = 3

    /// Copies from `source` to `target`, which has room for `growth` times the source; returns the place behind the copy.
    ///
    /// The source begins and ends between tokens.
    static func copy(_ source: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt8>)
        -> UnsafeMutablePointer<UInt8>
    {
        guard var position = source.baseAddress else { return target }
        let end = position + source.count
        var output = target
        while position < end {
            switch position.pointee {
            case 0x20, 0x09, 0x0A, 0x0D:
                position += 1
            case UInt8(ascii: "\""):
                copyString(&position, end, &output)
            default:
                put(&output, position, 1)
                position += 1
            }
        }
        return output
    }

    /// The same into an array.
    static func append(_ source: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        let copied = [UInt8](unsafeUninitializedCapacity: source.count * growth) { buffer, count in
            guard let start = buffer.baseAddress else { return }
            count = copy(source, to: start) - start
        }
        bytes += copied
    }

    private static func copyString(
        _ position: inout BytePointer, _ end: BytePointer, _ output: inout UnsafeMutablePointer<UInt8>
    ) {
        put(&output, position, 1)
        position += 1
        while position < end {
            let byte = position.pointee
            switch byte {
            case UInt8(ascii: "\""):
                put(&output, position, 1)
                position += 1
                return
            case UInt8(ascii: "\\"):
                position += copyEscape(position, end, &output)
            case 0xC2 where end - position >= 2 && position[1] == 0x85:
                put(&output, "\\u0085")
                position += 2
            case 0xE2 where end - position >= 3 && position[1] == 0x80 && position[2] & 0xFE == 0xA8:
                if position[2] == 0xA8 { put(&output, "\\u2028") } else { put(&output, "\\u2029") }
                position += 3
            default:
                put(&output, position, 1)
                position += 1
            }
        }
    }

    /// Copies one escape and returns how long it was.
    private static func copyEscape(
        _ position: BytePointer, _ end: BytePointer, _ output: inout UnsafeMutablePointer<UInt8>
    ) -> Int {
        guard let unit = JSONText.codeUnit(position, end) else {
            put(&output, position, 2)
            return 2
        }
        if unit == 0 { return 6 }
        guard unit & 0xF800 == 0xD800 else {
            put(&output, position, 6)
            return 6
        }
        if unit < 0xDC00, let low = JSONText.codeUnit(position + 6, end), low & 0xFC00 == 0xDC00 {
            put(&output, position, 12)
            return 12
        }
        put(&output, "\u{FFFD}")
        return 6
    }

    @inline(__always)
    private static func put(_ output: inout UnsafeMutablePointer<UInt8>, _ bytes: BytePointer, _ count: Int) {
        output.update(from: bytes, count: count)
        output += count
    }

    @inline(__always)
    private static func put(_ output: inout UnsafeMutablePointer<UInt8>, _ text: StaticString) {
        put(&output, text.utf8Start, text.utf8CodeUnitCount)
    }
}
