/// Writes bytes one after another into memory that is known to be large enough.
struct LineWriter {
    /// Where the next byte goes.
    var position: UnsafeMutablePointer<UInt8>

    /// Writes from `start` on.
    init(_ start: UnsafeMutablePointer<UInt8>) {
        position = start
    }

    /// One byte.
    @inline(__always)
    mutating func put(_ byte: UInt8) {
        position.pointee = byte
        position += 1
    }

    /// `count` bytes.
    @inline(__always)
    mutating func put(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
        position.update(from: bytes, count: count)
        position += count
    }

    /// All bytes of an array.
    @inline(__always)
    mutating func put(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            put(start, buffer.count)
        }
    }

    /// A constant.
    @inline(__always)
    mutating func put(_ text: StaticString) {
        put(text.utf8Start, text.utf8CodeUnitCount)
    }

    /// A decimal integer, at most 20 bytes: the magnitude of a 64-bit integer has at most 19 digits.
    mutating func put(decimal value: Int64) {
        var rest = value.magnitude
        if value < 0 { put(UInt8(ascii: "-")) }
        var count = 1
        var limit: UInt64 = 10
        while rest >= limit {
            count += 1
            limit &*= 10
        }
        for index in stride(from: count - 1, through: 0, by: -1) {
            position[index] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        position += count
    }

    /// The start of a RECORD line, up to the record itself.
    @inline(__always)
    mutating func head(_ line: RecordLine, emittedAt: Int64) {
        put(line.head)
        put(decimal: emittedAt)
        put(RecordLine.middle)
    }
}
