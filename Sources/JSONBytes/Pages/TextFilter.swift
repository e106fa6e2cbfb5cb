/// Copies validated JSON so that it is safe on a line: white space between tokens is dropped; in strings U+2028, U+2029 and
/// U+0085 are escaped, U+0000 is left out and lone surrogates become U+FFFD. A number larger than any reader takes becomes
/// null.
///
/// If asked, access tokens of Slack in strings become `***`. Exports of Slack hold links that end with one; the server's
/// importer puts them into texts, links and previews alike (SlackImporter.ts, 3.18 to 8.x).
package enum TextFilter {
    /// How many bytes at most come out for one that goes in (U+0085: two bytes become six).
    static let growth = 3

    /// Copies `source`, which begins and ends between tokens. Memory behind `output` has room for `growth` times the source.
    static func copy<Sink: ByteSink>(
        _ source: UnsafeBufferPointer<UInt8>, to output: inout Sink, masking: Bool = false
    ) {
        guard var position = source.baseAddress else { return }
        let end = position + source.count
        while position < end {
            switch position.pointee {
            case 0x20, 0x09, 0x0A, 0x0D:
                position += 1
            case UInt8(ascii: "\""):
                copyString(&position, end, &output, masking: masking)
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                copyNumber(&position, end, &output)
            default:
                output.put(position.pointee)
                position += 1
            }
        }
    }

    /// The same into an array.
    package static func append(_ source: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        let copied = [UInt8](unsafeUninitializedCapacity: source.count * growth) { buffer, count in
            guard let start = buffer.baseAddress else { return }
            var output = LineWriter(start)
            copy(source, to: &output)
            count = output.position - start
        }
        bytes += copied
    }

    private static func copyString<Sink: ByteSink>(
        _ position: inout BytePointer, _ end: BytePointer, _ output: inout Sink, masking: Bool
    ) {
        output.put(position.pointee)
        position += 1
        while position < end {
            let byte = position.pointee
            switch byte {
            case UInt8(ascii: "\""):
                output.put(position.pointee)
                position += 1
                return
            case UInt8(ascii: "x") where masking && isToken(position, end):
                output.put("***")
                while position < end, isTokenByte(position.pointee) { position += 1 }
            case UInt8(ascii: "\\"):
                position += copyEscape(position, end, &output)
            case 0xC2 where end - position >= 2 && position[1] == 0x85:
                output.put("\\u0085")
                position += 2
            case 0xE2 where end - position >= 3 && position[1] == 0x80 && position[2] & 0xFE == 0xA8:
                if position[2] == 0xA8 { output.put("\\u2028") } else { output.put("\\u2029") }
                position += 3
            default:
                output.put(position.pointee)
                position += 1
            }
        }
    }

    /// Whether an access token of Slack begins here: `xoxe-`, `xoxb-` and the like.
    private static func isToken(_ position: BytePointer, _ end: BytePointer) -> Bool {
        end - position > 5 && position[1] == UInt8(ascii: "o") && position[2] == UInt8(ascii: "x")
            && UInt8(ascii: "a")...UInt8(ascii: "z") ~= position[3]
            && (position[4] == UInt8(ascii: "-") || position[4] == UInt8(ascii: ".")) && isTokenByte(position[5])
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// Copies a number, or null in its place.
    private static func copyNumber<Sink: ByteSink>(
        _ position: inout BytePointer, _ end: BytePointer, _ output: inout Sink
    ) {
        let start = position
        while position < end, "0123456789+-.eE".utf8.contains(position.pointee) { position += 1 }
        let length = position - start
        let text = UnsafeBufferPointer(start: start, count: length)
        // Without an exponent 309 digits are needed.
        let mayBeEndless = length > 308 || text.contains { $0 | 0x20 == UInt8(ascii: "e") }
        if mayBeEndless, Double(String(decoding: text, as: UTF8.self))?.isFinite == false {
            output.put("null")
        } else {
            output.put(start, length)
        }
    }

    /// Copies one escape and returns how long it was.
    private static func copyEscape<Sink: ByteSink>(
        _ position: BytePointer, _ end: BytePointer, _ output: inout Sink
    ) -> Int {
        guard let unit = JSONText.codeUnit(position, end) else {
            output.put(position, 2)
            return 2
        }
        if unit == 0 { return 6 }
        guard unit & 0xF800 == 0xD800 else {
            output.put(position, 6)
            return 6
        }
        if unit < 0xDC00, let low = JSONText.codeUnit(position + 6, end), low & 0xFC00 == 0xDC00 {
            output.put(position, 12)
            return 12
        }
        output.put("\u{FFFD}")
        return 6
    }
}
