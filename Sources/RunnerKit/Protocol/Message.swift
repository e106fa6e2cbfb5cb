import JSONBytes

/// What one line of a source's standard output turned out to be.
enum Line {
    /// A RECORD; its fields are in the reader until the next line.
    case record(RecordHead)
    /// Any other protocol message: its `type` and its payload object.
    case message(MessageType, JSON)
    /// Not a protocol message.
    case noise(Noise)
}

/// The protocol's message types a source may send, besides RECORD.
enum MessageType: String {
    /// What the next run goes on from, once the records before it are stored.
    case state = "STATE"
    /// A stream's status, an error or an estimate.
    case trace = "TRACE"
    /// A line for people.
    case log = "LOG"
    /// The answer to `spec`: how the source is configured.
    case spec = "SPEC"
    /// The answer to `check`.
    case connectionStatus = "CONNECTION_STATUS"
    /// The answer to `discover`.
    case catalog = "CATALOG"
    /// A changed configuration that the source wants to be kept.
    case control = "CONTROL"

    /// The member of the envelope that carries the payload.
    var payloadName: String {
        self == .connectionStatus ? "connectionStatus" : rawValue.lowercased()
    }
}

/// Where the parts of a RECORD stand in its line.
struct RecordHead {
    /// The stream's name.
    let stream: JSONToken
    /// Nil when absent or null.
    let namespace: JSONToken?
    /// The `data` object.
    let data: JSONToken
    /// Unix milliseconds; nil when absent or no integer.
    let emittedAt: Int64?
}

/// Why a line is no protocol message.
enum Noise: Equatable {
    /// Text that is not JSON, such as a stray print.
    case text
    /// JSON, but no object with a `type` this runner knows.
    case unknown
    /// Meant to be a RECORD but broken: data was lost. Carries what is wrong with it.
    case brokenRecord(String)
    /// Meant to be another message but without its payload. Carries the type.
    case brokenMessage(String)
    /// Longer than the limit, in bytes.
    case tooLong(Int)
}
