/// Validates pages and finds the records in them, in one pass and without decoding anything.
package struct PageScanner: Sendable {
    /// Where records and scalars are; the API client finds `success` among the scalars by it.
    package let format: PageFormat
    private let plan: PagePlan

    /// A scanner for pages of this format.
    package init(_ format: PageFormat) {
        self.format = format
        plan = PagePlan(format)
    }

    /// Validates the whole page and notes where its records are.
    ///
    /// - Throws: `JSONError` unless `body` is one JSON document as RFC 8259 defines it, in UTF-8 without a byte order mark.
    package func scan(_ body: [UInt8]) throws(JSONError) -> ScannedPage {
        guard body.count < Int(UInt32.max) else { throw JSONError(reason: .tooLarge, offset: 0) }
        let result = body.withUnsafeBufferPointer { bytes -> Result<PageIndex, JSONError> in
            guard let start = bytes.baseAddress, !bytes.isEmpty else {
                return .failure(JSONError(reason: .unexpectedEnd, offset: 0))
            }
            var pass = PagePass(bytes, start: start, plan: plan)
            defer { pass.finish() }
            do throws(JSONError) {
                try pass.document(plan)
                return .success(pass.index)
            } catch {
                return .failure(error)
            }
        }
        return ScannedPage(body: body, plan: plan, index: try result.get())
    }
}

/// A page's format made ready for scanning: the paths as a tree, and one table of keys per list.
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
    /// The keys of each list's records.
    let tables: [KeyTable]
    /// How many scalars are noted.
    let scalarCount: Int

    /// Compiles a format.
    init(_ format: PageFormat) {
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
        for (index, list) in format.lists.enumerated() {
            let place = node(at: list.path)
            precondition(nodes[place].list == nil, "two lists of a page have the same path")
            nodes[place].list = index
        }
        for (index, path) in format.scalars.enumerated() { nodes[node(at: path)].scalars.append(index) }
        self.nodes = nodes
        tables = format.lists.map { KeyTable($0.shape) }
        scalarCount = format.scalars.count
    }
}
