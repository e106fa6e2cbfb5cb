/// What tells one stream from another: its name and, for sources that have them, its namespace.
package struct StreamKey: Sendable, Hashable, CustomStringConvertible {
    /// As the source spells it.
    package let name: String
    /// Nil and JSON null are the same.
    package let namespace: String?

    /// A stream by name.
    package init(_ name: String, namespace: String? = nil) {
        self.name = name
        self.namespace = namespace
    }

    /// Reads a `stream_descriptor` (or an AirbyteStream, which has the same two members); nil without a name.
    init?(_ descriptor: JSON?) {
        guard let name = descriptor?["name"]?.string else { return nil }
        self.init(name, namespace: descriptor?["namespace"]?.string)
    }

    /// The protocol's `stream_descriptor`.
    var descriptor: JSON {
        guard let namespace else { return .object(["name": .string(name)]) }
        return .object(["name": .string(name), "namespace": .string(namespace)])
    }

    /// `namespace.name`, or the name alone.
    package var description: String {
        namespace.map { "\($0).\(name)" } ?? name
    }
}
