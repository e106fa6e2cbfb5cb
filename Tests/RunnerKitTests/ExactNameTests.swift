@testable import JSONBytes
import Testing

@testable import RunnerKit

/// Names that SQLite, or Swift, takes for the same.
struct ExactNameTests {
    /// The same letter as one scalar and as two.
    private static let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")

    private func schema(_ names: [String]) -> String {
        let properties = names.map { "\(JSON.string($0).text):{\"type\":\"string\"}" }.joined(separator: ",")
        return #"{"name":"t","json_schema":{"properties":{"id":{"type":"string"},\#(properties)}},"#
            + #""supported_sync_modes":["incremental"],"source_defined_primary_key":[["id"]]}"#
    }

    @Test(
        arguments: [
            (["Name", "name"], ["Name", "name_"]), (["É", "é"], ["É", "é"]),
            ([composed, decomposed], [composed, decomposed]),
            (["a", "A", "a_"], ["a", "A_", "a__"]), (["_AIRBYTE_extracted_at", "x"], ["_AIRBYTE_extracted_at_", "x"]),
            (["rowid", "oid"], ["rowid", "oid"]), (["", "_"], ["_", "__"]),
            (["a\u{0}b", "a\u{FFFD}b"], ["a\u{FFFD}b", "a\u{FFFD}b_"]),
        ] as [([String], [String])])
    func fieldsKeepTheirColumnsWhateverTheOrder(fields: [String], columns: [String]) throws {
        let source = try FakeSource(schema(fields))
        for (round, order) in [fields, fields.reversed(), Array(fields.dropFirst()), fields].enumerated() {
            try source.offer([schema(order)])
            // Each field holds its own position.
            let values = order.map { name in
                "\(JSON.string(name).text):\"\(fields.firstIndex { $0.isExactly(name) }!)\""
            }
            try source.reads(Say.record("t", "{\"id\":\"\(round)\",\(values.joined(separator: ","))}"))
            let result = try source.sync()
            #expect(result.code == .ok && result.errors.isEmpty, "\(result.errors)")
        }
        let list = columns.map(quoted).joined(separator: ", ")
        let whole = columns.indices.map(String.init).joined(separator: "|")
        let rows = try source.query("SELECT \(list) FROM t ORDER BY id")
        #expect(rows == [whole, whole, "~" + whole.dropFirst(), whole])
        let names = try source.query("SELECT name FROM pragma_table_info('t')")
        #expect(Set(names.map { ExactText($0) }).isSuperset(of: columns.map { ExactText($0) }))
    }

    @Test func streamsKeepTheirTablesWhateverTheOrder() throws {
        let names = ["Users", "users", Self.composed, Self.decomposed, "p.q"]
        let spaced =
            #"{"name":"q","namespace":"p","json_schema":{"properties":{"id":{"type":"string"}}},"#
            + #""supported_sync_modes":["incremental"],"source_defined_primary_key":[["id"]]}"#
        let streams = names.map { Say.stream($0) } + [spaced]
        let source = try FakeSource(streams[0])
        let lines =
            names.map { Say.record($0, "{\"id\":\(JSON.string($0).text)}") }
            + [#"{"type":"RECORD","record":{"stream":"q","namespace":"p","data":{"id":"spaced"}}}"#]
        for order in [streams, streams.reversed()] {
            try source.offer(order)
            try source.reads(lines.joined(separator: "\n"))
            let result = try source.sync()
            #expect(result.code == .ok && result.errors.isEmpty, "\(result.errors)")
        }
        #expect(try source.query(#"SELECT a.id, b.id FROM "Users" a, "users_" b"#) == ["Users|users"])
        #expect(try source.query(#"SELECT a.id, b.id FROM "p.q" a, "p.q_" b"#) == ["p.q|spaced"])
        for name in [Self.composed, Self.decomposed] {
            let rows = try source.query("SELECT id FROM \(quoted(name))")
            #expect(rows.count == 1 && rows[0].isExactly(name))
        }
        #expect(try source.query("SELECT DISTINCT status FROM _airbyte_runs") == ["ok"])
        #expect(try source.query("SELECT count(*) FROM _airbyte_runs") == ["12"])
    }

    @Test func aChosenStreamAloneDoesNotTakeTheTableOfItsDouble() throws {
        let source = try FakeSource(Say.stream("Users"), Say.stream("users"))
        try source.reads(Say.record("Users", #"{"id":"U"}"#))
        #expect(try source.sync("--streams", "Users").code == .ok)
        try source.reads(Say.record("users", #"{"id":"u"}"#))
        #expect(try source.sync("--streams", "users").code == .ok)
        #expect(try source.query(#"SELECT a.id, b.id FROM "Users" a, "users_" b"#) == ["U|u"])
    }

    @Test func keysEqualOnlyUnderNormalisationAreTwoRows() throws {
        let source = try FakeSource(Say.stream("t"))
        let ids = [Self.composed, Self.decomposed, "A", "a", "x", "x\u{200B}", "\u{212A}", "K"]
        try source.reads(ids.map { Say.record("t", "{\"id\":\(JSON.string($0).text)}") }.joined(separator: "\n"))
        for flags in [[], ["--full-refresh"]] as [[String]] {
            #expect(try source.sync(flags).code == .ok)
            #expect(try source.query("SELECT count(*) FROM t") == ["\(ids.count)"])
        }
        try source.reads(Say.record("t", "{\"id\":\"\(Self.decomposed)\",\"_ab_cdc_deleted_at\":1}"))
        _ = try source.sync()
        #expect(try source.query("SELECT hex(id) FROM t WHERE id LIKE 'caf%'") == ["636166C3A9"])
    }

    @Test func aTypeThatChangesDoesNotChangeTheValues() throws {
        let source = try FakeSource(Say.stream("t", ["id": "string", "a": "integer", "b": "string", "c": "number"]))
        try source.reads(Say.record("t", #"{"id":"1","a":7,"b":"007","c":1.5}"#))
        _ = try source.sync()
        try source.offer([Say.stream("t", ["id": "string", "a": "string", "b": "number", "c": "string"])])
        try source.reads(Say.record("t", #"{"id":"2","a":"007","b":0.30000000000000004,"c":"1.50"}"#))
        #expect(try source.sync().code == .ok)
        #expect(try source.query("SELECT a, b, c FROM t ORDER BY id") == ["7|007|1.5", "007|0.30000000000000004|1.50"])
    }
}
