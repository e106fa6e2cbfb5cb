import AirbyteProtocol
import Testing

struct OversizedRecordTests {
    private let limit = 10 << 20

    private func text(_ count: Int) -> String { String(repeating: "x", count: count) }

    private func record(_ text: String, _ shape: RecordShape, adding: AddedFields? = nil) throws -> JSONValue {
        let bytes = try recordBytes(scanRoot(text, shape), adding: adding)
        #expect(bytes.count < limit)
        #expect(bytes.filter { $0 == UInt8(ascii: "\n") }.count == 1)
        return try #require(try JSONValue.parse(bytes)["record"])
    }

    private func nulled(_ field: String, _ reason: String = "SOURCE_RECORD_SIZE_LIMITATION") -> JSONValue {
        .object(["field": .string(field), "change": .string("NULLED"), "reason": .string(reason)])
    }

    @Test("A record just below 10 MiB goes out whole")
    func fits() throws {
        let record = try record(
            "{\"_id\":\"1\",\"msg\":\"\(text(limit - 200))\"}", RecordShape(types: [:], probing: ["_id"]))
        #expect(record["data"]?["msg"]?.stringValue?.utf8.count == limit - 200)
        #expect(record["meta"] == nil)
    }

    @Test("A longer one loses its largest field, and the rest stays")
    func nullsLargest() throws {
        let record = try record(
            "{\"_id\":\"1\", \"msg\":\"\(text(6 << 20))\",\"md\":[\"\(text(7 << 20))\"],\"end\":true}",
            RecordShape(types: [:], probing: ["_id"]))
        #expect(record["data"]?["_id"] == .string("1"))
        #expect(record["data"]?["md"] == .null)
        #expect(record["data"]?["msg"]?.stringValue?.utf8.count == 6 << 20)
        #expect(record["data"]?["end"] == .bool(true))
        #expect(record["meta"]?["changes"] == .array([nulled("md")]))
    }

    @Test("As many fields go as it takes, together with the other edits")
    func nullsSeveral() throws {
        var fields = AddedFields()
        fields.add("added", string: text(1 << 20))
        let shape = RecordShape(
            types: ["n": .integer, "l": .list, "at": .timestamp], dropping: ["secret", "o.secret"], probing: ["_id"])
        let big = text(6 << 20)
        let record = try record(
            "{\"secret\":\"\(big)\",\"n\":\"\(big)\",\"l\":\"\(big)\",\"_id\":\"1\",\"at\":\"2024-01-01T00:00:00+01:00\",\"o\":{\"secret\":1,\"x\":\"\(big)\"},\"secret\":2}",
            shape, adding: fields)
        #expect(record["data"]?.objectValue?.keys.sorted() == ["_id", "added", "at", "l", "n", "o"])
        #expect(record["data"]?["at"] == .string("2023-12-31T23:00:00.000Z"))
        #expect(record["data"]?["n"] == .null)
        let gone = ["l", "o"].filter { record["data"]?[$0] == .null }
        #expect(gone.count == 1)
        #expect(
            record["meta"]?["changes"]?.arrayValue?.count == 2)
    }

    @Test("A record that grows beyond the line only by escaping shrinks too")
    func growsByEscaping() throws {
        let separators = String(repeating: "\u{2028}", count: 3 << 20)
        let record = try record(
            "{\"_id\":\"1\",\"msg\":\"\(separators)\",\"b\":\"\(text(100))\"}",
            RecordShape(types: [:], probing: ["_id"]))
        #expect(record["data"]?["msg"] == .null)
        #expect(record["data"]?["b"]?.stringValue?.utf8.count == 100)
        #expect(record["meta"]?["changes"] == .array([nulled("msg")]))
    }

    @Test("A record whose probed keys alone are too long is left out with a warning")
    func leavesOut() throws {
        let bytes = try recordBytes(
            scanRoot("{\"_id\":\"\(text(limit))\",\"a\":1}", RecordShape(types: [:], probing: ["_id"])))
        let message = try JSONValue.parse(bytes)
        #expect(message["type"] == .string("LOG"))
        #expect(message["log"]?["level"] == .string("WARN"))
    }
}
