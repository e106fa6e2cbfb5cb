/// A validated page and the places of its records.
///
/// Row numbers must be in range, as with array subscripts.
package struct ScannedPage: Sendable {
    /// The page's bytes.
    package let body: [UInt8]
    /// The rules it was scanned by.
    let plan: PagePlan
    /// What was found.
    let index: PageIndex

    /// A page and what was found in it.
    init(body: [UInt8], plan: PagePlan, index: PageIndex) {
        self.body = body
        self.plan = plan
        self.index = index
    }

    /// Whether the page holds the list at all: an array, or an object that is one record.
    package func isPresent(_ list: PageFormat.List) -> Bool { index.lists[list.number].isPresent }

    /// Whether the page holds the list as an array.
    package func isArray(_ list: PageFormat.List) -> Bool { index.lists[list.number].isArray }

    /// How many elements the list has, usable or not; 0 when it is absent.
    package func count(_ list: PageFormat.List = .first) -> Int { index.lists[list.number].count }

    /// Whether the element is an object with at least one field left after dropping; nothing else can be emitted.
    package func isRecord(at row: Int, of list: PageFormat.List = .first) -> Bool { entry(row, list).isRecord }

    /// How an element goes out.
    package enum Way {
        /// Not at all: it is no record.
        case none
        /// As these bytes of the page.
        case asItStands(Range<Int>)
        /// With changes, by a `RecordRewriter`.
        case rewritten
    }

    /// How the element at a row goes out.
    package func way(of row: Int, in list: PageFormat.List) -> Way {
        let entry = entry(row, list)
        guard entry.isRecord else { return .none }
        return entry.editCount == 0 && entry.needs.isEmpty ? .asItStands(Int(entry.start)..<Int(entry.end)) : .rewritten
    }

    /// A single value of the envelope; `nil` when absent.
    package func slice(_ scalar: PageFormat.Scalar) -> Slice? { index.scalars[scalar.number].ifPresent }

    /// The element's entry.
    func entry(_ row: Int, _ list: PageFormat.List) -> RecordEntry {
        precondition(row < index.lists[list.number].count, "no such record")
        return index.records[index.lists[list.number].first + row]
    }
}
