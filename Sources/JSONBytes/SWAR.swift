/// A position in the page's bytes.
typealias BytePointer = UnsafePointer<UInt8>

/// Several bytes at a time in one word, the first byte lowest, or in one vector.
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

    /// The four bytes at `position` in the same way.
    @inline(__always)
    static func four(_ position: BytePointer) -> UInt32 {
        UInt32(littleEndian: UnsafeRawPointer(position).loadUnaligned(as: UInt32.self))
    }

    /// The four bytes at `position`, of which those at and after `end` count as zero.
    static func four(_ position: BytePointer, _ end: BytePointer) -> UInt32 {
        if end - position >= 4 { return four(position) }
        var word: UInt32 = 0
        for index in 0..<(end - position) { word |= UInt32(position[index]) << (8 * UInt32(index)) }
        return word
    }

    /// Whether `byte` is among `bytes`.
    static func contains(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count >= 8, let start = bytes.baseAddress else { return bytes.contains(byte) }
        func isAt(_ index: Int) -> Bool {
            let word = load(start + index) ^ every(byte)
            return (word &- every(1)) & ~word & every(0x80) != 0
        }
        var index = 0
        while index <= bytes.count - 8 {
            if isAt(index) { return true }
            index += 8
        }
        return isAt(bytes.count - 8)
    }

    /// Moves `position` over the plain text in the 16 bytes that exist there: to the first byte that ends it, which is a
    /// quote, a backslash, a control character or a byte of 0x80 and above, or behind them all. Whether it found one.
    ///
    /// Only vector operations that Swift turns into single instructions: its comparisons become loops over the lanes.
    @inline(__always)
    static func findStop(_ position: inout BytePointer) -> Bool {
        let bytes = UnsafeRawPointer(position).loadUnaligned(as: SIMD16<UInt8>.self)
        // Flipping bit 1 turns the quote (0x22) into 0x20 and keeps 0x00-0x1F below it, so one subtraction carries both
        // into the top bit.
        let quoteOrControl = (bytes ^ SIMD16(repeating: 0x02)) &- SIMD16(repeating: 0x21)
        let backslash = (bytes ^ SIMD16(repeating: UInt8(ascii: "\\"))) &- SIMD16(repeating: 0x01)
        let stops = unsafeBitCast(quoteOrControl | backslash | bytes, to: SIMD2<UInt64>.self)
        let first = UInt64(littleEndian: stops[0]) & every(0x80)
        if first != 0 {
            position += first.trailingZeroBitCount &>> 3
            return true
        }
        let second = UInt64(littleEndian: stops[1]) & every(0x80)
        if second != 0 {
            position += 8 + second.trailingZeroBitCount &>> 3
            return true
        }
        position += 16
        return false
    }
}
