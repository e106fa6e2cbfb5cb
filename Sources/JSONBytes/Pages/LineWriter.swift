/// Where bytes go, one after another.
protocol ByteSink {
    /// One byte.
    mutating func put(_ byte: UInt8)
    /// `count` bytes.
    mutating func put(_ bytes: UnsafePointer<UInt8>, _ count: Int)
    /// A constant.
    mutating func put(_ text: StaticString)
}

extension ByteSink {
    /// All bytes of an array.
    @inline(__always)
    mutating func put(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            put(start, buffer.count)
        }
    }
}

/// Counts the bytes and keeps none.
struct ByteCounter: ByteSink {
    /// How many there were.
    private(set) var count = 0

    /// One more.
    mutating func put(_ byte: UInt8) { count += 1 }
    /// So many more.
    mutating func put(_ bytes: UnsafePointer<UInt8>, _ count: Int) { self.count += count }
    /// As many more as the text has.
    mutating func put(_ text: StaticString) { count += text.utf8CodeUnitCount }
}

/// Writes bytes one after another into memory that is known to be large enough.
struct LineWriter: ByteSink {
    /// Where the next byte goes.
    private(set) var position: UnsafeMutablePointer<UInt8>

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

    /// A constant.
    @inline(__always)
    mutating func put(_ text: StaticString) {
        put(text.utf8Start, text.utf8CodeUnitCount)
    }
}
