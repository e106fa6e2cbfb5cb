/// A shape's paths as a tree of keys, from which `KeyTable` makes flat memory.
struct KeyTree {
    /// One key and what the shape says about it.
    struct Node {
        /// Whether every member of this name is dropped.
        var isDropped = false
        /// Whether the member is one that its object keeps, or leads to one.
        var isKept = false
        /// Whether a member of this name says that the record's texts need masking.
        var isMasking = false
        /// Number of the first probe with this path; nil if there is none.
        var probe: Int?
        /// Whether members of the object here that are not in `children`, or not kept there, are dropped.
        var dropsOthers = false
        /// The keys below.
        var children: [String: Node] = [:]

        /// Whether this or something below is probed.
        var isProbed: Bool { probe != nil || children.values.contains(where: \.isProbed) }

        /// Whether a member called `name` is dropped from the object here.
        func drops(_ name: String) -> Bool {
            guard let child = children[name] else { return dropsOthers }
            return child.isDropped || dropsOthers && !child.isKept
        }
    }

    /// The record itself.
    private(set) var root = Node()

    /// The tree of a shape.
    init(_ shape: RecordShape) {
        for name in shape.types.keys { Self.change([name][...], of: &root) { _ in } }
        for path in shape.dropping { Self.change(path.components[...], of: &root) { $0.isDropped = true } }
        for path in shape.masking { Self.change(path.components[...], of: &root) { $0.isMasking = true } }
        for path in shape.keeping { Self.keep(path.components[...], of: &root) }
        for (probe, path) in shape.probing.enumerated() {
            Self.change(path.components[...], of: &root) { $0.probe = $0.probe ?? probe }
        }
        for name in root.children.keys where ReservedName.matches(name.utf8) { root.children[name]?.isDropped = true }
    }

    // No method of a tree: a second hold on its root would copy every dictionary before it changes.
    private static func change(_ path: ArraySlice<String>, of node: inout Node, _ body: (inout Node) -> Void) {
        guard let name = path.first else { return body(&node) }
        change(path.dropFirst(), of: &node.children[name, default: Node()], body)
    }

    private static func keep(_ path: ArraySlice<String>, of node: inout Node) {
        node.isKept = true
        guard let name = path.first else { return }
        if path.count == 1 { node.dropsOthers = true }
        keep(path.dropFirst(), of: &node.children[name, default: Node()])
    }
}
