@testable import JSONBytes

/// Paths of a page in the order of their numbers: the tests of the scanner go through them by number.
struct PageLayout {
    var lists: [[String]]
    var scalars: [[String]] = []
}

extension RecordShape {
    /// A shape with the given rules, whose probes have the numbers of these paths.
    init(
        types: [String: FieldType], dropping: [FieldPath] = [], keeping: [FieldPath] = [], masking: [FieldPath] = [],
        probing: [FieldPath]
    ) {
        self.init(types: types, dropping: dropping, keeping: keeping, masking: masking)
        for path in probing { _ = probe(path) }
    }
}

extension PageScanner {
    init(layout: PageLayout, shapes: [RecordShape]) {
        var format = PageFormat()
        for (path, shape) in zip(layout.lists, shapes) { _ = format.list(at: path, of: shape) }
        for path in layout.scalars { format.scalar(at: path) }
        self.init(format)
    }
}

extension ScannedPage {
    func count(list: Int) -> Int { count(PageFormat.List(number: list)) }

    func isRecord(record: Int, list: Int) -> Bool { isRecord(at: record, of: PageFormat.List(number: list)) }

    func isPresent(list: Int) -> Bool { isPresent(PageFormat.List(number: list)) }

    func isArray(list: Int) -> Bool { isArray(PageFormat.List(number: list)) }

    func probe(_ number: Int, record: Int, list: Int) -> Slice? {
        slice(RecordShape.Probe(number: number), at: record, of: PageFormat.List(number: list))
    }

    func scalar(_ number: Int) -> Slice? { slice(PageFormat.Scalar(number: number)) }
}
