/// The JSON type a stream's schema declares for a top-level field; `null` is always allowed beside it.
///
/// Servers send some values in more than one form. A value in another form of the same meaning is rewritten without loss
/// and without a note (see `PagePass.coerce`); one that has none is replaced by `null` and reported in the record's `meta.changes`,
/// because runners load records into typed columns and one wrong value fails a whole read.
package enum FieldType: Sendable {
    /// A JSON string; numbers and booleans become their text.
    case string
    /// A number literal without fraction or exponent that fits in 64 bits; such a number as text becomes one.
    case integer
    /// Any number literal below 1e28 in size, which is what a `DECIMAL(38, 9)` column can hold; such a number as text
    /// becomes one.
    case number
    /// `true` or `false`; `0`, `1` and the words as text become one.
    case boolean
    /// RFC 3339 text; `{"$date": ms}`, milliseconds, JavaScript's own form of a date and offsets other than `Z` are
    /// rewritten to `YYYY-MM-DDTHH:MM:SS.mmmZ`.
    case timestamp
    /// A JSON object.
    case object
    /// A JSON array of anything.
    case array
    /// A JSON array of texts; a lone text becomes an array of one.
    case strings
    /// A JSON array of objects; a lone object becomes an array of one.
    case objects
    /// An array of anything; any other value is wrapped in an array of one.
    case list
}

extension FieldType {
    /// The kinds of values that satisfy the type as they stand.
    var allowedKinds: UInt32 {
        let kinds: [ValueKind] =
            switch self {
            case .string: [.string]
            case .integer: [.integer]
            case .number: [.integer, .number]
            case .boolean: [.yes, .no]
            // Text needs a look inside.
            case .timestamp: []
            case .object: [.object]
            case .array, .strings, .objects, .list: [.array]
            }
        return kinds.reduce(ValueKind.null.bit) { $0 | $1.bit }
    }
}
