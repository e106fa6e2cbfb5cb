/// What a JSON value is, as finely as a declared type can tell the difference.
package enum ValueKind: UInt8, Sendable, BitwiseCopyable {
    /// Text in quotes.
    case string
    /// A literal without fraction and exponent that fits in 64 bits.
    case integer
    /// Another number below 1e28 in size.
    case number
    /// A number of 1e28 or more, which no decimal column takes.
    case hugeNumber
    /// A number of 1e309 or more, which no reader takes.
    case endlessNumber
    /// `true`.
    case yes
    /// `false`.
    case no
    /// `null`; a field that is missing is `absent`.
    case null
    /// An object, from brace to brace.
    case object
    /// A list, from bracket to bracket.
    case array
    /// No value at all.
    case absent

    /// This kind's bit in a set of kinds.
    @inline(__always)
    var bit: UInt32 { 1 &<< UInt32(rawValue) }

    /// The kinds of values that readers take, as a set.
    static let readable = UInt32.max & ~ValueKind.endlessNumber.bit

    /// Whether it is a number of any size.
    package var isNumber: Bool {
        switch self {
        case .integer, .number, .hugeNumber, .endlessNumber: true
        default: false
        }
    }
}
