/// Bytes of JSON being written, with the escapes of JavaScript's `JSON.stringify`.
struct JSONBuffer: Sendable {
    /// What has been written.
    var bytes: [UInt8] = []

    /// An empty buffer with room for some bytes.
    init(capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    /// Appends text as it is.
    @inline(__always)
    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Appends one byte, as `UInt8(ascii: ",")`.
    @inline(__always)
    mutating func append(byte: UInt8) {
        bytes.append(byte)
    }

    /// Appends a quoted string; U+2028 and everything else outside ASCII stays raw.
    mutating func string(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            bytes.append(UInt8(ascii: "\""))
            var start = 0
            for index in 0..<utf8.count {
                let byte = utf8[index]
                guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
                bytes.append(contentsOf: utf8[start..<index])
                escape(byte)
                start = index + 1
            }
            bytes.append(contentsOf: utf8[start..<utf8.count])
            bytes.append(UInt8(ascii: "\""))
        }
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        default:
            let digits = Array("0123456789abcdef".utf8)
            bytes.append(contentsOf: Array("u00".utf8))
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        }
    }

    /// Appends an integer.
    mutating func integer(_ value: Int64) {
        if value >= 0, value < 10 {
            bytes.append(UInt8(ascii: "0") + UInt8(value))
        } else {
            bytes.append(contentsOf: String(value).utf8)
        }
    }

    /// Appends a date as a quoted ISO-8601 UTC string with milliseconds.
    mutating func date(_ milliseconds: Int64) {
        bytes.append(UInt8(ascii: "\""))
        ISODate.append(milliseconds, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Appends a value.
    mutating func value(_ value: JSON) {
        switch value {
        case .null: append("null")
        case .bool(true): append("true")
        case .bool(false): append("false")
        case .int(let number): integer(number)
        case .number(let number):
            if number == number.rounded(), abs(number) < 1e15 {
                integer(Int64(number))
            } else {
                bytes.append(contentsOf: number.description.utf8)
            }
        case .string(let text): string(text)
        case .date(let milliseconds): date(milliseconds)
        case .raw(let encoded): bytes.append(contentsOf: encoded)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                self.value(element)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let object): self.object(object)
        }
    }

    /// Appends an object.
    mutating func object(_ object: JSONObject) {
        bytes.append(UInt8(ascii: "{"))
        members(object)
        bytes.append(UInt8(ascii: "}"))
    }

    /// Appends the members of an object without its braces.
    mutating func members(_ object: JSONObject) {
        for (index, member) in object.members.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            key(member.key)
            value(member.value)
        }
    }

    /// Appends a member's name and its colon.
    mutating func key(_ name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
    }

    /// The bytes of one value.
    static func encode(_ value: JSON) -> [UInt8] {
        var buffer = JSONBuffer(capacity: 256)
        buffer.value(value)
        return buffer.bytes
    }
}
