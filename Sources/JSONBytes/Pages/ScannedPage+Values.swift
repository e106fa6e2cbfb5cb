extension ScannedPage {
    /// The text of a string slice, escapes resolved; `nil` for other kinds. Lone surrogates become U+FFFD.
    package func string(_ slice: Slice) -> String? {
        guard slice.kind == .string else { return nil }
        return bytes(slice) { raw in
            let inner = UnsafeBufferPointer(rebasing: raw[1..<(raw.count - 1)])
            return inner.contains(UInt8(ascii: "\\"))
                ? String(decoding: JSONText.unescaped(inner), as: UTF8.self) : String(decoding: inner, as: UTF8.self)
        }
    }

    /// The value of an integer literal that fits in 64 bits; `nil` otherwise.
    package func integer(_ slice: Slice) -> Int64? {
        guard slice.kind == .integer else { return nil }
        return bytes(slice) { Int64(String(decoding: $0, as: UTF8.self)) }
    }

    /// The value of a boolean slice; `nil` for other kinds.
    package func boolean(_ slice: Slice) -> Bool? {
        switch slice.kind {
        case .yes: true
        case .no: false
        default: nil
        }
    }

    /// A point in time as Unix milliseconds: RFC 3339 text, a date as JavaScript writes it,
    /// `{"$date": …}`, or a number of milliseconds from 1973 on; what a field declared as a timestamp leaves as.
    package func milliseconds(_ slice: Slice) -> Int64? {
        switch slice.kind {
        case .string:
            return bytes(slice) { raw in
                let inner = UnsafeBufferPointer(rebasing: raw[1..<(raw.count - 1)])
                return Timestamp.textual(inner) ?? Timestamp.number(inner)
            }
        case .integer, .number: return bytes(slice) { Timestamp.number($0) }
        case .object: return bytes(slice) { Timestamp.extendedDate($0) }
        default: return nil
        }
    }

    /// The fingerprint of the value: of the text for strings, however it is escaped, and of the bytes for all other kinds.
    package func keyHash(_ slice: Slice) -> KeyHash {
        bytes(slice) { raw in
            if slice.kind == .string, SWAR.contains(UInt8(ascii: "\\"), in: raw) {
                let inner = UnsafeBufferPointer(rebasing: raw[1..<(raw.count - 1)])
                let quote = [UInt8(ascii: "\"")]
                return (quote + JSONText.unescaped(inner) + quote).withUnsafeBufferPointer { KeyHash(of: $0) }
            }
            return KeyHash(of: raw)
        }
    }

    /// Calls `body` with the slice's bytes.
    func bytes<Result>(_ slice: Slice, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        self.body.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[slice.range])) }
    }
}

/// The single values of the envelope; each is `nil` where there is no such value or one of another kind.
extension ScannedPage {
    /// The integer of a scalar.
    package func integer(_ scalar: PageFormat.Scalar) -> Int64? { slice(scalar).flatMap { integer($0) } }

    /// The boolean of a scalar.
    package func boolean(_ scalar: PageFormat.Scalar) -> Bool? { slice(scalar).flatMap { boolean($0) } }
}
