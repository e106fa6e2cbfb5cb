/// One validated JSON value inside a buffer: its kind and where it stands.
package struct JSONToken: Sendable {
    /// What it is.
    package let kind: ValueKind
    /// Byte offsets of the value; for a string, of the text between the quotes.
    package let start: Int
    /// Just behind it.
    package let end: Int
    /// True for a string with at least one backslash, whose text is not the bytes themselves.
    package let isEscaped: Bool

    /// A value at a place.
    package init(kind: ValueKind, start: Int, end: Int, isEscaped: Bool = false) {
        self.kind = kind
        self.start = start
        self.end = end
        self.isEscaped = isEscaped
    }

    /// The bytes of the value, a string's quotes included.
    package var whole: Range<Int> { kind == .string ? (start - 1)..<(end + 1) : start..<end }

    /// Appends the text of a string token, its escapes resolved.
    package func unescape(from bytes: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) {
        JSONText.unescape(UnsafeBufferPointer(rebasing: bytes[start..<end]), into: &output)
    }

    /// The text of a string token with its escapes resolved, or the token as written for any other kind, as UTF-8. A lone
    /// surrogate becomes U+FFFD; the cursor has validated everything else.
    package func unescaped(in bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        let raw = UnsafeBufferPointer(rebasing: bytes[start..<end])
        return isEscaped ? JSONText.unescaped(raw) : Array(raw)
    }

    /// The same as text.
    package func text(in bytes: UnsafeBufferPointer<UInt8>) -> String {
        let raw = UnsafeBufferPointer(rebasing: bytes[start..<end])
        return isEscaped
            ? String(decoding: JSONText.unescaped(raw), as: UTF8.self) : String(decoding: raw, as: UTF8.self)
    }
}
