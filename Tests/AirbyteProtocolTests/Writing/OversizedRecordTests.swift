import AirbyteProtocol
import Testing

@testable import JSONBytes

/// The fields of an emitted record, found with the scanner: the reference reader would take seconds for 10 MiB.
private struct Emitted {
    let bytes: [UInt8]
    private let data: ScannedPage
    private let names: [String]

    init(_ bytes: [UInt8], names: [String]) throws {
        self.bytes = bytes
        self.names = names
        let line = try PageScanner(layout: PageLayout(lists: [], scalars: [["record", "data"]]), shapes: []).scan(bytes)
        let slice = try #require(line.scalar(0))
        data = try PageScanner(layout: PageLayout(lists: [], scalars: names.map { [$0] }), shapes: [])
            .scan(Array(bytes[slice.range]))
    }

    subscript(name: String) -> Slice? { names.firstIndex(of: name).flatMap(data.scalar) }

    func isNull(_ name: String) -> Bool { self[name]?.kind == .null }

    func length(_ name: String) -> Int? { self[name]?.range.count }

    func text(_ name: String) -> String? { self[name].flatMap(data.string) }

    /// The end of the line, where `meta` is.
    var tail: String { String(decoding: bytes.suffix(300), as: UTF8.self) }
}

struct OversizedRecordTests {
    private let limit = 10 << 20

    private func text(_ count: Int) -> String { String(repeating: "x", count: count) }

    private func emit(
        _ text: String, _ shape: RecordShape, names: [String], adding: AddedFields? = nil
    ) throws -> Emitted {
        let bytes = try recordBytes(scanRoot(text, shape), adding: adding)
        let end = try #require(bytes.firstIndex(of: UInt8(ascii: "\n")))
        #expect(end + 1 < limit)
        let record = try Emitted(Array(bytes[...end]), names: names)
        // Whatever was lost is told behind the record, by its name.
        let warning = String(decoding: bytes[(end + 1)...], as: UTF8.self)
        #expect(warning.contains("The record '1' of stream things") == record.tail.contains("RECORD_SIZE"))
        let lost = names.filter { record.isNull($0) && record.tail.contains(change($0)) }
        if !lost.isEmpty { #expect(warning.contains("these fields are null: \(lost.joined(separator: ", ")).")) }
        return record
    }

    private func change(_ field: String, _ reason: String = "SOURCE_RECORD_SIZE_LIMITATION") -> String {
        #"{"field":"\#(field)","change":"NULLED","reason":"\#(reason)"}"#
    }

    @Test("A record just below 10 MiB goes out whole")
    func fits() throws {
        let record = try emit(
            "{\"_id\":\"1\",\"msg\":\"\(text(limit - 200))\"}", RecordShape(types: [:], probing: ["_id"]),
            names: ["msg"])
        #expect(record.length("msg") == limit - 198)
        #expect(!record.tail.contains("meta"))
    }

    @Test("A longer one loses its largest field, and the rest stays")
    func nullsLargest() throws {
        let record = try emit(
            "{\"_id\":\"1\", \"msg\":\"\(text(6 << 20))\",\"md\":[\"\(text(7 << 20))\"],\"end\":true}",
            RecordShape(types: [:], probing: ["_id"]), names: ["_id", "msg", "md", "end"])
        #expect(record.text("_id") == "1")
        #expect(record.isNull("md"))
        #expect(record.length("msg") == 6 << 20 + 2)
        #expect(record["end"]?.kind == .yes)
        #expect(record.tail.hasSuffix(#"},"meta":{"changes":[\#(change("md"))]}}}"# + "\n"))
    }

    @Test("As many fields go as it takes, together with the other edits")
    func nullsSeveral() throws {
        var fields = AddedFields()
        fields.add("added", string: text(1 << 20))
        let shape = RecordShape(
            types: ["n": .integer, "l": .list, "at": .timestamp], dropping: ["secret", "o.secret"], probing: ["_id"])
        let big = text(5 << 20)
        let record = try emit(
            "{\"secret\":\"\(big)\",\"n\":\"\(big)\",\"l\":\"\(big)y\",\"_id\":\"1\",\"at\":\"2024-01-01T00:00:00+01:00\","
                + "\"o\":{\"secret\":1,\"x\":\"\(big)\"},\"secret\":2}",
            shape, names: ["added", "secret", "n", "l", "_id", "at", "o"], adding: fields)
        #expect(record["secret"] == nil)
        #expect(record.text("_id") == "1")
        #expect(record.text("at") == "2023-12-31T23:00:00.000Z")
        #expect(record.length("added") == 1 << 20 + 2)
        #expect(record.isNull("n"))
        #expect(record.isNull("o"))
        // Wrapped in its list, with the quotes.
        #expect(record.length("l") == 5 << 20 + 5)
        let changes = change("n", "SOURCE_SERIALIZATION_ERROR") + "," + change("o")
        #expect(record.tail.hasSuffix(#","meta":{"changes":[\#(changes)]}}}"# + "\n"))
    }

    @Test("A record that grows beyond the line only by escaping shrinks too")
    func growsByEscaping() throws {
        let separators = String(repeating: "\u{2028}", count: 2 << 20)
        let record = try emit(
            "{\"_id\":\"1\",\"msg\":\"\(separators)\",\"b\":\"\(text(100))\"}",
            RecordShape(types: [:], probing: ["_id"]),
            names: ["msg", "b"])
        #expect(record.isNull("msg"))
        #expect(record.length("b") == 102)
        #expect(record.tail.hasSuffix(#","meta":{"changes":[\#(change("msg"))]}}}"# + "\n"))
    }

    @Test("A record whose probed keys alone are too long is left out with a warning")
    func leavesOut() throws {
        let bytes = try recordBytes(
            scanRoot("{\"_id\":\"\(text(limit))\",\"a\":1}", RecordShape(types: [:], probing: ["_id"])))
        let message = try ReferenceJSON.parse(bytes)
        #expect(message["type"] == .string("LOG"))
        #expect(message["log"]?["level"] == .string("WARN"))
        let told = try #require(message["log"]?["message"]?.stringValue)
        #expect(
            told.hasPrefix("The record 'xxxx")
                && told.hasSuffix("…' of stream things is longer than 10 MiB and was left out."))
    }

    @Test("Members too small to make room are not nulled one by one, for each of which a note would be longer")
    func leavesOutManySmallMembers() throws {
        let members = (0..<200_000).map { "\"member with a long name, as number \($0) of many has it\":[{},\($0)]" }
        let bytes = try recordBytes(
            scanRoot("{\"_id\":\"1\",\(members.joined(separator: ","))}", RecordShape(types: [:], probing: ["_id"])))
        #expect(String(decoding: bytes, as: UTF8.self).contains("longer than 10 MiB and was left out"))
    }

    @Test("Of many fields as many go as it takes, and a hundred are named")
    func nullsMany() throws {
        let members = (0..<2000).map { "\"f\($0)\":\"\(text(8000))\"" }
        let bytes = try recordBytes(
            scanRoot("{\"_id\":\"1\",\(members.joined(separator: ","))}", RecordShape(types: [:], probing: ["_id"])))
        let end = try #require(bytes.firstIndex(of: UInt8(ascii: "\n")))
        #expect(end + 1 < limit && end + 1 > limit - 20_000)
        #expect(String(decoding: bytes[end...], as: UTF8.self).contains(" more."))
    }

    // What leaves counts: `m` is the largest field, also without what is dropped of it.
    @Test("What shrinks inside of drops, keeps and wrapped values stays JSON")
    func shrinksAroundEdits() throws {
        let shape = RecordShape(
            types: ["m": .objects, "n": .integer, "o": .list], dropping: ["m.s", "o.a.s"], keeping: ["k.id"],
            masking: ["o.f"], probing: ["_id"])
        let big = text(6 << 20)
        let record = try emit(
            "{\"k\":{\"x\":\"\(big)\",\"id\":1},\"m\":{\"s\":\"\(big)\",\"t\":\"\(big)\(text(100))\"},\"_id\":\"1\",\"n\":\"12\","
                + "\"o\":{\"a\":[{\"s\":1,\"t\":\"\(big)\"}],\"f\":\"?t=xoxe-1\"}}",
            shape, names: ["_id", "k", "m", "n", "o"])
        #expect(record.length("k") == 8)
        #expect(record.length("n") == 2)
        #expect(record.isNull("m") && !record.isNull("o"))
        #expect(String(decoding: record.bytes.suffix(300), as: UTF8.self).contains("?t=***"))
    }
}
