/// A position in the page's bytes.
typealias BytePointer = UnsafePointer<UInt8>

/// Eight bytes at a time in one 64-bit word, the first byte lowest.
enum SWAR {
    /// `byte` in all eight places.
    @inline(__always)
    static func every(_ byte: UInt8) -> UInt64 {
        0x0101_0101_0101_0101 &* UInt64(byte)
    }

    /// The eight bytes at `position`, which need not be aligned; the caller made sure that they exist.
    @inline(__always)
    static func load(_ position: BytePointer) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(position).loadUnaligned(as: UInt64.self))
    }

    /// A word whose lowest set bit is the top bit of the first byte that ends a plain run of text: a quote, a backslash,
    /// a control character or a byte of 0x80 and above. Zero when there is none.
    ///
    /// Bits above the lowest one may be wrong, because the subtractions borrow.
    @inline(__always)
    static func textStops(_ word: UInt64) -> UInt64 {
        // Flipping bit 1 turns the quote (0x22) into 0x20 and keeps 0x00-0x1F below it, so one comparison finds both.
        let quoteOrControl = (word ^ every(0x02)) &- every(0x21)
        let backslash = (word ^ every(UInt8(ascii: "\\"))) &- every(0x01)
        return (quoteOrControl | backslash | word) & every(0x80)
    }

    /// The index (0...7) of the byte marked by the lowest set bit of `stops`.
    @inline(__always)
    static func firstIndex(_ stops: UInt64) -> Int {
        stops.trailingZeroBitCount &>> 3
    }
}
