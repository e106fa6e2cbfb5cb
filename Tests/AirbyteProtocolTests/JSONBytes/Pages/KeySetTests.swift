import Testing

@testable import AirbyteProtocol
@testable import JSONBytes

/// A set of fingerprints, compared with the standard library's set.
struct KeySetTests {
    private func keys(_ numbers: Range<Int>) throws -> [KeyHash] {
        let page = try PageScanner(
            layout: PageLayout(lists: [["rows"]]), shapes: [RecordShape(types: [:], probing: [FieldPath("_id")])]
        ).scan(Array(#"{"rows":[\#(numbers.map { #"{"_id":"k\#($0)"}"# }.joined(separator: ","))]}"#.utf8))
        return (0..<page.count(list: 0)).compactMap { page.probe(0, record: $0, list: 0).map(page.keyHash) }
    }

    @Test("A key is new once, at any size, and is found from then on")
    func growsLikeASet() throws {
        let all = try keys(0..<3000)
        var set = KeySet()
        var reference: Set<KeyHash> = []
        for key in all + all.shuffled() {
            #expect(set.contains(key) == reference.contains(key))
            #expect(set.insert(key) == reference.insert(key).inserted)
            #expect(set.count == reference.count)
        }
        #expect(all.allSatisfy { set.contains($0) })
        #expect(try keys(3000..<4000).allSatisfy { !set.contains($0) })
    }

    @Test("An emptied set knows nothing and fills again")
    func empties() throws {
        let all = try keys(0..<100)
        var set = KeySet()
        #expect(!set.contains(all[0]))
        for _ in 0..<2 {
            for key in all { set.insert(key) }
            #expect(set.count == 100)
            set.removeAll()
            #expect(set.count == 0 && all.allSatisfy { !set.contains($0) })
        }
    }

    @Test("The key that looks like a free place is a key like any other")
    func keepsZero() {
        var set = KeySet()
        #expect(!set.contains(.zero))
        #expect(set.insert(.zero) && !set.insert(.zero))
        #expect(set.contains(.zero) && set.count == 1)
        set.removeAll()
        #expect(!set.contains(.zero) && set.count == 0)
    }
}
