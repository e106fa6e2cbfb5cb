import AirbyteProtocol
import Testing

@testable import JSONBytes

/// Random records by random shapes: what leaves is what the reference makes of the decoded record.
struct ShapeTests {
    private static let names = ["a", "b", "c", "d", "_ab_x"]
    private static let types: [FieldType] = [
        .string, .integer, .number, .boolean, .object, .array, .strings, .objects, .list,
    ]
    private static let scalars = [
        "null", "true", "false", "0", "1", "-7", "2.5", "3.0", "1e999", #""""#, #""x y""#, #""12""#, #""true""#,
        #""\u00e9\"{[,:""#, "\"\u{2028}\"",
    ]

    private func path(_ lengths: ClosedRange<Int>, _ random: inout SeededRandom) -> FieldPath {
        let parts = (0..<Int.random(in: lengths, using: &random)).map { _ in
            Self.names[Int.random(in: 0..<4, using: &random)]
        }
        return FieldPath(parts.joined(separator: "."))
    }

    private func shape(_ random: inout SeededRandom) -> RecordShape {
        var types: [String: FieldType] = [:]
        for name in Self.names where .random(using: &random) { types[name] = Self.types.randomElement(using: &random)! }
        func paths(_ most: Int, _ lengths: ClosedRange<Int>) -> [FieldPath] {
            (0..<Int.random(in: 0...most, using: &random)).map { _ in path(lengths, &random) }
        }
        return RecordShape(
            types: types, dropping: paths(4, 1...4), keeping: paths(3, 2...4), masking: paths(1, 1...2),
            probing: paths(2, 1...3))
    }

    /// The text of a random value, with blanks and escapes in keys here and there.
    private func text(depth: Int, _ random: inout SeededRandom) -> String {
        let blank = Int.random(in: 0..<8, using: &random) == 0 ? " " : ""
        switch Int.random(in: 0..<(depth > 0 ? 6 : 3), using: &random) {
        case 0...2: return Self.scalars.randomElement(using: &random)! + blank
        case 3: return "[" + blank + list(depth, &random) { text(depth: depth - 1, &$0) } + "]"
        default: return object(depth, &random)
        }
    }

    private func object(_ depth: Int, _ random: inout SeededRandom) -> String {
        "{"
            + list(depth, &random) { random in
                let name = Self.names.randomElement(using: &random)!
                let key = Bool.random(using: &random) ? name : name.replacing("a", with: #"\u0061"#)
                return "\"\(key)\":" + text(depth: depth - 1, &random)
            } + "}"
    }

    private func list(_ depth: Int, _ random: inout SeededRandom, _ element: (inout SeededRandom) -> String) -> String {
        (0..<Int.random(in: 0...4, using: &random)).map { _ in element(&random) }.joined(separator: ",")
    }

    @Test(
        "Drops, keeps, wraps and readings together leave what the reference leaves",
        arguments: 1...6 as ClosedRange<UInt64>)
    func agreesWithReference(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for round in 0..<600 {
            let shape = shape(&random)
            let record = object(5, &random)
            let expected = ReferenceShape(shape: shape).outcome(of: try ReferenceJSON.parse(Array(record.utf8)))
            let line = try recordBytes(scanRoot(record, shape)).dropLast()
            guard let expected else {
                #expect(line.isEmpty, "seed \(seed), round \(round): \(record)")
                continue
            }
            let found = try ReferenceJSON.parse(Array(line))["record"]
            #expect(found?["data"] == expected.data, "seed \(seed), round \(round): \(record) by \(shape)")
            let notes = found?["meta"]?["changes"]?.arrayValue?.compactMap { $0["field"]?.stringValue } ?? []
            // Of a repeated key the last one counts, but each one that was nulled is noted.
            #expect(expected.nulled.isSubset(of: notes), "seed \(seed), round \(round): \(record) by \(shape)")
        }
    }
}
