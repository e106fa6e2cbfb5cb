/// The three words of JSON.
enum Word {
    /// `true`.
    case yes
    /// `false`.
    case no
    /// `null`.
    case null

    /// The word.
    var text: StaticString {
        switch self {
        case .yes: "true"
        case .no: "false"
        case .null: "null"
        }
    }
}

/// One change to a record's bytes on the way out.
struct RecordEdit {
    /// What stands in place of the range.
    enum Replacement {
        /// Nothing.
        case nothing
        /// `null`, with a note in `meta.changes` about the key that begins at this offset.
        case null(key: UInt32, ChangeReason)
        /// A timestamp, in Unix milliseconds.
        case timestamp(Int64)
        /// One byte.
        case byte(UInt8)
        /// One of JSON's three words, without a note.
        case word(Word)
    }

    /// The offset of the first replaced byte.
    var start: UInt32
    /// The offset behind the last replaced byte.
    var end: UInt32
    /// What stands there instead.
    var replacement: Replacement
}

/// Why a field was nulled, in the protocol's words.
enum ChangeReason: String {
    /// The value does not have the declared type.
    case serialization = "SOURCE_SERIALIZATION_ERROR"
    /// The record would not fit on one line.
    case recordSize = "SOURCE_RECORD_SIZE_LIMITATION"
}
