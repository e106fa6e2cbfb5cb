/// The JSON type a stream's schema declares for a top-level field; `null` is always allowed beside it.
///
/// A value of another type is replaced by `null` and reported in the record's `meta.changes`, because runners load
/// records into typed columns and one wrong value fails a whole read.
package enum FieldType: Sendable {
    /// A JSON string.
    case string
    /// A number literal without fraction or exponent that fits in 64 bits.
    case integer
    /// Any number literal below 1e28 in size, which is what a `DECIMAL(38, 9)` column can hold.
    case number
    /// `true` or `false`.
    case boolean
    /// RFC 3339 text; `{"$date": ms}` and offsets other than `Z` are rewritten to `YYYY-MM-DDTHH:MM:SS.mmmZ`.
    case timestamp
    /// A JSON object.
    case object
    /// A JSON array.
    case array
    /// An array; any other value is wrapped in an array of one, without loss and without a note in `meta.changes`.
    case list
}
