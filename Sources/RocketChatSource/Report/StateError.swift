/// A stored state that cannot be used.
package enum StateError: Error, Sendable, Equatable {
    /// The state was written by a newer connector; the number is its shape's version.
    case newer(Int64)
    /// The state is of no known shape.
    case malformed

    /// What to tell the user about the state of `stream`.
    package func message(stream: String) -> String {
        switch self {
        case .newer(let version):
            "The saved state of stream '\(stream)' has version \(version), but this connector (\(connectorVersion)) "
                + "does not know it. Use the newer connector, or reset the stream."
        case .malformed:
            "The saved state of stream '\(stream)' is of no shape that this connector writes. Reset the stream, "
                + "or pass the state that the last sync emitted."
        }
    }
}
