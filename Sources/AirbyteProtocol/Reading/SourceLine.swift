package import JSONBytes

/// What one line of a source's standard output turned out to be.
package enum SourceLine {
    /// A RECORD; its fields are in the reader until the next line.
    case record(RecordHead)
    /// Any other protocol message: its `type` and its payload object.
    case message(MessageType, JSON)
    /// Not a protocol message.
    case noise(Noise)
}

/// Where the parts of a RECORD stand in its line.
package struct RecordHead {
    /// The stream's name.
    package let stream: JSONToken
    /// Nil when absent or null.
    package let namespace: JSONToken?
    /// The `data` object.
    package let data: JSONToken
    /// Unix milliseconds; nil when absent or no integer.
    package let emittedAt: Int64?
}

/// A name and its value in a record's `data`.
package struct RecordField {
    /// A string token.
    package let name: JSONToken
    /// Of any kind.
    package let value: JSONToken
}

/// Why a line is no protocol message.
package enum Noise: Equatable {
    /// Text that is not JSON, such as a stray print.
    case text
    /// JSON, but no object with a `type` that is known here.
    case unknown
    /// Meant to be a RECORD but broken: data was lost. Carries what is wrong with it.
    case brokenRecord(String)
    /// Meant to be another message but without its payload. Carries the type.
    case brokenMessage(String)
    /// Longer than the limit, in bytes.
    case tooLong(Int)
}
