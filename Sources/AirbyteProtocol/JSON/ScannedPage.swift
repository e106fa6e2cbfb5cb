/// A validated page and the places of its records.
///
/// Record and list numbers must be in range, as with array subscripts.
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
    package func isPresent(list: Int) -> Bool {
        index.lists[list].isPresent
    }

    /// Whether the page holds the list as an array.
    package func isArray(list: Int) -> Bool {
        index.lists[list].isArray
    }

    /// How many elements the list has, usable or not; 0 when it is absent.
    package func count(list: Int) -> Int {
        index.lists[list].count
    }

    /// Whether the element is an object with at least one field left after dropping; nothing else can be emitted.
    package func isRecord(record: Int, list: Int) -> Bool {
        entry(record, list).isRecord
    }

    /// The envelope value at the layout's path number `index`; `nil` when absent.
    package func scalar(_ index: Int) -> Slice? {
        self.index.scalars[index].slice
    }

    /// The record's value of the shape's probed path number `probe`, as the server sent it; `nil` when absent.
    ///
    /// Of repeated keys the last one counts. A path of two components is not followed into arrays.
    package func probe(_ probe: Int, record: Int, list: Int) -> Slice? {
        packedProbe(probe, record: record, list: list).slice
    }

    /// The first probed value of a record that is a text, for people; long ones are cut.
    func key(of record: Int, _ list: Int) -> String? {
        (0..<index.lists[list].probeCount).lazy.compactMap { string($0, record: record, list: list) }.first
            .map { $0.count > 100 ? $0.prefix(100) + "…" : $0 }
    }

    /// The same as it was noted.
    func packedProbe(_ probe: Int, record: Int, list: Int) -> PackedSlice {
        let found = index.lists[list]
        precondition(record < found.count && probe < found.probeCount, "no such record or probe")
        return index.probes[found.firstProbe + record * found.probeCount + probe]
    }

    /// The element's entry.
    func entry(_ record: Int, _ list: Int) -> RecordEntry {
        precondition(record < index.lists[list].count, "no such record")
        return index.records[index.lists[list].first + record]
    }
}
