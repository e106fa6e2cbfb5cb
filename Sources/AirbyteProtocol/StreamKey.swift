package import JSONBytes

/// What tells one stream from another: its name and, for sources that have them, its namespace, byte by byte.
package struct StreamKey: Sendable, Hashable, CustomStringConvertible {
    /// As the source spells it.
    package let name: String
    /// Nil, JSON null and no text at all are the same.
    package let namespace: String?

    /// A stream by name.
    package init(_ name: String, namespace: String? = nil) {
        self.name = name
        self.namespace = namespace?.isEmpty == true ? nil : namespace
    }

    /// Reads a `stream_descriptor` (or an AirbyteStream, which has the same two members); nil without a name.
    package init?(_ descriptor: JSON?) {
        guard let name = descriptor?["name"]?.string else { return nil }
        self.init(name, namespace: descriptor?["namespace"]?.string)
    }

    package static func == (left: StreamKey, right: StreamKey) -> Bool {
        left.name.isExactly(right.name) && left.namespace.map { ExactText($0) } == right.namespace.map { ExactText($0) }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(ExactText(name))
        hasher.combine(namespace.map { ExactText($0) })
    }

    /// The protocol's `stream_descriptor`.
    package var descriptor: JSON {
        guard let namespace else { return .object(["name": .string(name)]) }
        return .object(["name": .string(name), "namespace": .string(namespace)])
    }

    /// `namespace.name`, or the name alone.
    package var description: String {
        namespace.map { "\($0).\(name)" } ?? name
    }
}
