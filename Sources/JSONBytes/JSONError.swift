/// Why a text is not JSON, or not JSON this package takes.
package struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The rule that was broken.
    package enum Reason: String, Sendable {
        /// The text ends in the middle of a value.
        case unexpectedEnd = "the text ends too early"
        /// A byte that cannot stand there.
        case unexpectedByte = "a byte that does not belong there"
        /// Something after the end of the root value.
        case trailingBytes = "something follows the end of the document"
        /// A literal that is not `true`, `false` or `null`.
        case invalidLiteral = "a word other than true, false and null"
        /// A number that breaks the grammar, such as `01`, `1.` or `+1`.
        case invalidNumber = "a malformed number"
        /// A backslash followed by something that is no escape.
        case invalidEscape = "a malformed escape in a string"
        /// A raw control character inside a string.
        case controlCharacter = "a raw control character in a string"
        /// Bytes that are not UTF-8: overlong forms, surrogates, values above U+10FFFF, cut sequences.
        case invalidUTF8 = "bytes that are not UTF-8"
        /// A byte order mark at the start, which RFC 8259 forbids senders to add.
        case byteOrderMark = "a byte order mark"
        /// More than `JSONLimits.depth` open objects and arrays.
        case tooDeep = "too many nested objects and arrays"
        /// A body of 4 GiB or more.
        case tooLarge = "more than 4 GiB"
    }

    /// The rule that was broken.
    package let reason: Reason
    /// Where, in bytes from the start.
    package let offset: Int

    /// The reason and the place, without any of the content.
    package var description: String {
        "not valid JSON: \(reason.rawValue) (byte \(offset))"
    }
}

/// The bounds of what is parsed.
package enum JSONLimits {
    /// How many objects and arrays may be open at once.
    ///
    /// Half of what the common JSON readers behind us accept (Jackson and Python stop near 1000), five times what MongoDB,
    /// where Rocket.Chat's documents come from, can store.
    package static let depth = 512
}
