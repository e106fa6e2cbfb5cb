package import JSONBytes

/// A stream as a source offers it: the discovered object and the parts of it that a reader needs.
package struct DiscoveredStream: Sendable {
    /// Its name and namespace.
    package let key: StreamKey
    /// The AirbyteStream object, handed back to the source whole.
    package let object: JSON
    /// Whether it can continue from a state.
    package let supportsIncremental: Bool
    /// Path of the source-defined cursor; empty when there is none.
    package let cursorField: [String]
    /// Paths of the source-defined primary key; empty when there is none.
    package let primaryKey: [[String]]
    /// The top-level fields its schema declares, in the order written.
    package let fields: [DeclaredField]

    /// Reads an AirbyteStream; nil without a name.
    package init?(_ object: JSON) {
        guard let key = StreamKey(object) else { return nil }
        self.key = key
        self.object = object
        supportsIncremental =
            object["supported_sync_modes"]?.array?
            .contains { $0.string.flatMap(SyncMode.init(word:)) == .incremental } ?? false
        cursorField = object["default_cursor_field"]?.array?.compactMap(\.string) ?? []
        primaryKey = Self.paths(object["source_defined_primary_key"])
        fields = (object["json_schema"]?["properties"]?.members ?? []).map {
            DeclaredField(name: $0.name, type: FieldKind(schema: $0.value))
        }
    }

    /// The paths in a list of lists of names; empty ones are none.
    package static func paths(_ value: JSON?) -> [[String]] {
        (value?.array ?? []).compactMap { $0.array?.compactMap(\.string) }.filter { !$0.isEmpty }
    }
}

/// One top-level field of a stream's schema.
package struct DeclaredField: Sendable, Equatable {
    /// The member of the record.
    package let name: String
    /// What it holds.
    package let type: FieldKind

    /// A field by name.
    package init(name: String, type: FieldKind) {
        self.name = name
        self.type = type
    }
}

/// What a declared field holds, as far as a SQLite column cares.
package enum FieldKind: Sendable, Equatable {
    case text, integer, number, boolean, nested

    /// Reads a property's JSON Schema; anything mixed or unknown is text.
    init(schema: JSON) {
        var types = (schema["type"]?.array ?? [schema["type"] ?? .null]).compactMap(\.string)
        types.removeAll { $0 == "null" }
        switch types {
        case ["integer"]: self = .integer
        case ["number"]: self = schema["airbyte_type"]?.string == "integer" ? .integer : .number
        case ["boolean"]: self = .boolean
        case ["object"], ["array"], ["object", "array"], ["array", "object"]: self = .nested
        default: self = .text
        }
    }
}
