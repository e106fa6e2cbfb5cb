/// A page layout made ready for scanning: the paths as a tree, and one plan per list's shape.
final class PagePlan: Sendable {
    /// A place in the envelope that leads to lists or scalars, or is one.
    struct Node: Sendable {
        /// The keys below, with the index of their node.
        var children: [(name: [UInt8], node: Int)] = []
        /// The list found here.
        var list: Int?
        /// The scalars found here; more than one if a path is listed twice.
        var scalars: [Int] = []
    }

    /// The tree; the root is the first.
    let nodes: [Node]
    /// The plan of each list's records.
    let shapes: [ShapePlan]
    /// How many scalars are noted.
    let scalarCount: Int

    /// Compiles a layout and its lists' shapes.
    init(layout: PageLayout, shapes: [RecordShape]) {
        var nodes = [Node()]
        func node(at path: [String]) -> Int {
            var current = 0
            for component in path {
                let name = Array(component.utf8)
                if let known = nodes[current].children.first(where: { $0.name == name }) {
                    current = known.node
                } else {
                    nodes.append(Node())
                    nodes[current].children.append((name, nodes.count - 1))
                    current = nodes.count - 1
                }
            }
            return current
        }
        for (index, path) in layout.lists.enumerated() {
            let place = node(at: path)
            precondition(nodes[place].list == nil, "two lists of a page have the same path")
            nodes[place].list = index
        }
        for (index, path) in layout.scalars.enumerated() { nodes[node(at: path)].scalars.append(index) }
        self.nodes = nodes
        self.shapes = shapes.map(ShapePlan.init)
        scalarCount = layout.scalars.count
    }
}
