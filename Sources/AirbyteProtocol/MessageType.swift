package import JSONBytes

/// The protocol's message types; the raw value is the protocol's word.
package enum MessageType: String, Sendable {
    /// A row of a stream.
    case record = "RECORD"
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
    package var payloadName: String {
        self == .connectionStatus ? "connectionStatus" : rawValue.lowercased()
    }

    /// The whole message around `payload`.
    package func message(_ payload: JSON) -> JSON {
        .object([JSON.Member(name: "type", value: .string(rawValue)), JSON.Member(name: payloadName, value: payload)])
    }
}
