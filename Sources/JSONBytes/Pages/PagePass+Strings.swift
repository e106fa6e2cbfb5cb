extension PagePass {
    /// A string, from its opening quote to behind its closing one.
    @inline(__always)
    mutating func string(_ start: BytePointer) throws(JSONError) -> BytePointer {
        var position = start + 1
        // Two blocks hold most keys, ids and names; a loop over blocks here would cost 3 % more than it saves.
        if position <= lastBlocks, SWAR.findStop(&position) || SWAR.findStop(&position),
            position.pointee == UInt8(ascii: "\"")
        {
            return position + 1
        }
        return try stringRest(position)
    }

    /// The rest of a string that is long, holds escapes or non-ASCII text, or lies near the end of the page.
    @inline(never)
    private mutating func stringRest(_ start: BytePointer) throws(JSONError) -> BytePointer {
        var position = start
        characters: while position <= lastBlocks {
            if position.pointee < 0x80 {
                // Without a loop of its own the compiler would put the block together from the byte looked at above and the
                // others, and these texts would cost two thirds more.
                while !SWAR.findStop(&position) {
                    if position > lastBlocks { continue characters }
                }
                if position.pointee == UInt8(ascii: "\"") { return position + 1 }
            }
            position = try unplain(position, SWAR.four(position))
        }
        while position < end, position.pointee != UInt8(ascii: "\"") {
            position = try unplain(position, SWAR.four(position, end))
        }
        guard position < end else { throw failure(.unexpectedEnd, position) }
        return position + 1
    }

    /// One escape or character other than a quote; `word` holds the first four bytes.
    @inline(__always)
    private mutating func unplain(_ position: BytePointer, _ word: UInt32) throws(JSONError) -> BytePointer {
        let byte = UInt8(truncatingIfNeeded: word)
        if byte >= 0x80 { return try multibyte(position, word) }
        if byte == UInt8(ascii: "\\") { return try escape(position) }
        guard byte >= 0x20 else { throw failure(.controlCharacter, position) }
        return position + 1
    }

    /// One character of two to four bytes (the table of well-formed sequences in Unicode 15, section 3.9).
    ///
    /// The bytes are compared as one word, the first one lowest: the fixed bits of all of them at once, then the bits by
    /// which overlong forms, surrogates and values above U+10FFFF differ.
    @inline(__always)
    private mutating func multibyte(_ position: BytePointer, _ word: UInt32) throws(JSONError) -> BytePointer {
        if word & 0xC0E0 == 0x80C0, word & 0x1E != 0 {
            // U+0085 is C2 85: some readers split lines there.
            if word & 0xFFFF == 0x85C2 { needs.insert(.rewriting) }
            return position + 2
        }
        if word & 0xC0_C0F0 == 0x80_80E0 {
            let bits = word & 0x200F
            guard bits != 0, bits != 0x200D else { throw failure(.invalidUTF8, position) }
            // U+2028 and U+2029 are E2 80 A8 and E2 80 A9: some readers split lines there.
            if word & 0xFE_FFFF == 0xA8_80E2 { needs.insert(.rewriting) }
            return position + 3
        }
        let top = (word & 0x07) << 18 | (word & 0x3F00) << 4
        guard word & 0xC0C0_C0F8 == 0x8080_80F0, 0x1_0000...0x10_FFFF ~= top else {
            throw failure(.invalidUTF8, position)
        }
        return position + 4
    }

    /// One escape, from the backslash on; a surrogate pair counts as one.
    @inline(never)
    private mutating func escape(_ position: BytePointer) throws(JSONError) -> BytePointer {
        sawEscape = true
        guard end - position >= 2 else { throw failure(.unexpectedEnd, end) }
        switch position[1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return position + 2
        case UInt8(ascii: "u"):
            guard let unit = JSONText.codeUnit(position, end) else { throw failure(.invalidEscape, position) }
            if unit == 0 {
                needs.insert(.rewriting)
            } else if unit & 0xF800 == 0xD800 {
                let next = unit < 0xDC00 ? JSONText.codeUnit(position + 6, end) : nil
                if let next, next & 0xFC00 == 0xDC00 { return position + 12 }
                needs.insert(.rewriting)
            }
            return position + 6
        default:
            throw failure(.invalidEscape, position)
        }
    }
}
