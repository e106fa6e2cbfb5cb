extension PagePass {
    /// A string, from its opening quote to behind its closing one.
    @inline(__always)
    mutating func string(_ start: BytePointer) throws(JSONError) -> BytePointer {
        var position = start + 1
        while end - position >= 8 {
            let stops = SWAR.textStops(SWAR.load(position))
            if stops == 0 {
                position += 8
                continue
            }
            position += SWAR.firstIndex(stops)
            if position.pointee == UInt8(ascii: "\"") { return position + 1 }
            break
        }
        return try stringRest(position)
    }

    /// The rest of a string that holds escapes or non-ASCII text, or lies near the end of the page.
    @inline(never)
    private mutating func stringRest(_ start: BytePointer) throws(JSONError) -> BytePointer {
        var position = start
        while position < end {
            let byte = position.pointee
            if byte >= 0x80 {
                position = try multibyte(position)
            } else if byte == UInt8(ascii: "\"") {
                return position + 1
            } else if byte == UInt8(ascii: "\\") {
                position = try escape(position)
            } else if byte < 0x20 {
                throw failure(.controlCharacter, position)
            } else {
                position += 1
                while end - position >= 8 {
                    let stops = SWAR.textStops(SWAR.load(position))
                    if stops != 0 {
                        position += SWAR.firstIndex(stops)
                        break
                    }
                    position += 8
                }
            }
        }
        throw failure(.unexpectedEnd, position)
    }

    /// One character of two to four bytes (the table of well-formed sequences in Unicode 15, section 3.9).
    @inline(__always)
    private mutating func multibyte(_ position: BytePointer) throws(JSONError) -> BytePointer {
        let lead = position.pointee
        let left = end - position
        if lead < 0xE0 {
            guard lead >= 0xC2, left >= 2, Self.continues(position[1]) else { throw failure(.invalidUTF8, position) }
            // U+0085 is C2 85: some readers split lines there.
            if lead == 0xC2, position[1] == 0x85 { needs.insert(.rewriting) }
            return position + 2
        }
        if lead < 0xF0 {
            guard left >= 3, Self.continues(position[1]), Self.continues(position[2]) else {
                throw failure(.invalidUTF8, position)
            }
            let second = position[1]
            if lead == 0xE0 && second < 0xA0 || lead == 0xED && second >= 0xA0 {
                throw failure(.invalidUTF8, position)
            }
            // U+2028 and U+2029 are E2 80 A8 and E2 80 A9: some readers split lines there.
            if lead == 0xE2, second == 0x80, position[2] & 0xFE == 0xA8 { needs.insert(.rewriting) }
            return position + 3
        }
        guard lead < 0xF5, left >= 4, Self.continues(position[1]), Self.continues(position[2]),
            Self.continues(position[3])
        else { throw failure(.invalidUTF8, position) }
        if lead == 0xF0 && position[1] < 0x90 || lead == 0xF4 && position[1] >= 0x90 {
            throw failure(.invalidUTF8, position)
        }
        return position + 4
    }

    @inline(__always)
    private static func continues(_ byte: UInt8) -> Bool {
        byte & 0xC0 == 0x80
    }

    /// One escape, from the backslash on; a surrogate pair counts as one.
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
