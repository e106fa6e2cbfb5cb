/// A shape's paths as a tree of keys, from which `ShapePlan` makes flat memory.
struct KeyTree {
    /// One key and what the shape says about it.
    struct Node {
        /// The key.
        let name: String
        /// Whether every member of this name is dropped.
        let isDropped: Bool
        /// Whether a member of this name says that the record's texts need masking.
        let isMasking: Bool
        /// Number of the first probe with this path; nil if there is none.
        let probe: Int?
        /// The keys below.
        let children: [Node]
        /// Whether what has no node below is dropped.
        let dropsOthers: Bool

        /// Whether this or something below is probed.
        var isProbed: Bool { probe != nil || children.contains(where: \.isProbed) }
    }

    /// The top-level keys, those with nothing but a type included, by name.
    let top: [Node]

    /// The tree of a shape.
    init(_ shape: RecordShape) {
        top = Self.nodes(below: [], names: Set(shape.types.keys), shape)
    }

    private static func nodes(below parent: [String], names: Set<String> = [], _ shape: RecordShape) -> [Node] {
        let isList = dropsOthers(below: parent, shape)
        let paths = shape.dropping + shape.keeping + shape.masking + shape.probing
        let found = paths.filter { $0.begins(with: parent) && $0.components.count > parent.count }
        return names.union(found.map { $0.components[parent.count] }).sorted().map { name in
            let path = parent + [name]
            func isNamed(by paths: [FieldPath]) -> Bool { paths.contains { $0.components == path } }
            let isKept = !isList || shape.keeping.contains { $0.begins(with: path) }
            return Node(
                name: name,
                isDropped: isNamed(by: shape.dropping) || !isKept
                    || parent.isEmpty && ReservedName.matches(Array(name.utf8)),
                isMasking: isNamed(by: shape.masking), probe: shape.probing.firstIndex { $0.components == path },
                children: nodes(below: path, shape), dropsOthers: dropsOthers(below: path, shape))
        }
    }

    private static func dropsOthers(below parent: [String], _ shape: RecordShape) -> Bool {
        shape.keeping.contains { $0.begins(with: parent) && $0.components.count == parent.count + 1 }
    }
}

/// The names that Airbyte's destinations take for their own: a server's row with `_ab_cdc_deleted_at` would be deleted there.
enum ReservedName {
    private static let prefixes = ["_ab_", "_airbyte_"].map { Array($0.utf8) }

    /// Whether a key begins like a reserved one, in whatever case: some destinations do not tell cases apart.
    static func matches(_ name: some Collection<UInt8>) -> Bool {
        guard name.first == UInt8(ascii: "_") else { return false }
        return prefixes.contains { prefix in
            name.count >= prefix.count && zip(prefix, name).allSatisfy { $0 == $1 | 0x20 || $0 == $1 }
        }
    }
}
