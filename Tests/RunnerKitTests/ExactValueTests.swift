@testable import JSONBytes
import Testing

@testable import RunnerKit

/// Numbers and keys that a column would rather change.
struct ExactValueTests {
    private static let fields: KeyValuePairs = ["id": "string", "n": "integer", "x": "number", "b": "boolean"]

    /// What a record holds, and what SQLite tells of it: text and storage class.
    @Test(arguments: [
        ("n", "9223372036854775807", "9223372036854775807|integer"),
        ("n", "-9223372036854775808", "-9223372036854775808|integer"),
        ("n", "9223372036854775808", "9223372036854775808|text"),
        ("n", "-9223372036854775809", "-9223372036854775809|text"),
        ("n", "123456789012345678901234567890", "123456789012345678901234567890|text"), ("n", "1.0", "1|integer"),
        ("n", "1.5", "1.5|real"), ("n", "1e3", "1000|integer"), ("n", "1e19", "1.0e+19|real"),
        ("n", "1e400", "1e400|text"),
        ("n", #""007""#, "007|text"), ("n", #"" 5 ""#, " 5 |text"), ("n", #""1e3""#, "1e3|text"),
        ("n", #""\u0035""#, "5|text"),
        ("n", #""word""#, "word|text"), ("n", #""""#, "|text"), ("n", "true", "true|text"), ("n", "[1]", "[1]|text"),
        ("x", "1", "1.0|real"), ("x", "1.0", "1.0|real"), ("x", "0.1", "0.1|real"), ("x", "-0.0", "0.0|real"),
        ("x", "9007199254740993", "9007199254740993|integer"),
        ("x", "18446744073709551616", "18446744073709551616|text"), ("x", "1E400", "1E400|text"),
        ("x", "1e18", "1.0e+18|real"),
        ("x", "-1e-400", "-1e-400|text"),
        ("x", "1.234567890123456789", "1.234567890123456789|text"),
        ("x", "0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827|text"),
        ("x", "0e99999999999999999999", "0.0|real"),
        ("x", "1e-9223372036854775808", "1e-9223372036854775808|text"),
        ("x", #""1.50""#, "1.50|text"), ("b", "true", "1|integer"), ("b", #""1""#, "1|text"), ("b", "1.5", "1.5|real"),
        ("id", "1.0", "1.0|text"), ("id", "12345678901234567890", "12345678901234567890|text"),
        ("id", "true", "true|text"),
    ])
    func arriveAsTheyAre(field: String, value: String, stored: String) throws {
        // Both ways, into the table and into a stage, each for half of the values.
        let incremental = value.utf8.count.isMultiple(of: 2)
        let source = try FakeSource(Say.stream("t", key: ["k"], incremental: incremental, Self.fields))
        try source.reads(
            Say.record("t", #"{"k":1,"id":"a","n":1,"x":1.5,"b":false}"#),
            Say.record("t", "{\"k\":2,\"\(field)\":\(value)}"), Say.record("t", #"{"k":3,"n":3,"x":3,"b":true}"#))
        let result = try source.sync()
        #expect(result.code == .ok && result.errors.isEmpty, "\(result.errors)")
        #expect(try source.query("SELECT \(field), typeof(\(field)) FROM t WHERE k = 2") == [stored])
        #expect(try source.query("SELECT n, x, b FROM t WHERE k <> 2 ORDER BY k") == ["1|1.5|0", "3|3.0|1"])
    }

    @Test func floatingPointNumbersStayNumbers() throws {
        for literal in [
            "0.30000000000000004", "1.7976931348623157e308", "2.2250738585072014E-308", "5e-324", "-123456.78901234567",
            "1e22",
        ] {
            let value = Array(literal.utf8 + [0x2C]).withUnsafeBufferPointer {
                ExactNumber.real(UnsafeBufferPointer(rebasing: $0.dropLast()))
            }
            #expect(value == Double(literal))
        }
    }

    private static let keys = [
        "1", "1.5", "9223372036854775808", "9223372036854775809", #""text""#, #""1""#, #""01""#, "-1", "1e400", "true",
        "123456789012345678901234567890.5",
    ]

    /// `early` is a table as 0.1.0 made it, where an integer key is the row's number and takes nothing else.
    @Test(arguments: [true, false], [true, false])
    func keysOfEveryKindAreRowsOfTheirOwn(isEarly: Bool, incremental: Bool) throws {
        let source = try FakeSource(Say.stream("t", incremental: incremental, ["id": "integer", "n": "integer"]))
        _ = try source.sync()
        if isEarly {
            try Database(source.database).execute(
                "DROP TABLE t; CREATE TABLE t (id INTEGER NOT NULL, n INTEGER, _airbyte_extracted_at TEXT, PRIMARY KEY (id))"
            )
        }
        for round in 1...2 {
            let records = Self.keys.map { Say.record("t", "{\"id\":\($0),\"n\":\(round)}") }
            try source.reads(records.joined(separator: "\n"))
            let result = try source.sync()
            #expect(result.code == .ok && result.errors.isEmpty, "\(result.errors)")
            #expect(
                try source.query("SELECT count(*), min(n), max(n) FROM t") == ["\(Self.keys.count)|\(round)|\(round)"])
        }
        guard incremental else { return }
        for key in Self.keys.dropFirst() + ["\"unknown\"", "7.5"] {
            try source.reads(Say.record("t", "{\"id\":\(key),\"_ab_cdc_deleted_at\":1}"))
            #expect(try source.sync().code == .ok)
        }
        #expect(try source.query("SELECT id, typeof(id) FROM t") == ["1|integer"])
    }

    @Test func oneAndOnePointNoughtAreOneKey() throws {
        let source = try FakeSource(Say.stream("t", ["id": "integer", "n": "integer"]))
        try source.reads(
            Say.record("t", #"{"id":1,"n":1}"#), Say.record("t", #"{"id":1.0,"n":2}"#),
            Say.record("t", #"{"id":"x","n":2}"#),
            Say.record("t", #"{"id":1.0,"n":3}"#))
        #expect(try source.sync().code == .ok)
        #expect(try source.query("SELECT id, n FROM t ORDER BY n") == ["x|2", "1|3"])
    }

    @Test(arguments: [true, false], [true, false])
    func aPartOfAKeyMayBeNull(isEarly: Bool, incremental: Bool) throws {
        let fields: KeyValuePairs = ["a": "string", "b": "string", "n": "integer"]
        let source = try FakeSource(Say.stream("t", key: ["a", "b"], incremental: incremental, fields))
        _ = try source.sync()
        if isEarly {
            try Database(source.database).execute(
                """
                DROP TABLE t; CREATE TABLE t (
                    a TEXT NOT NULL, b TEXT NOT NULL, n INTEGER, _airbyte_extracted_at TEXT, PRIMARY KEY (a, b))
                """)
        }
        for round in 1...3 {
            try source.reads(
                Say.record("t", #"{"a":"x","b":null,"n":0}"#), Say.record("t", #"{"b":"y","n":\#(round)}"#),
                Say.record("t", #"{"a":"x","b":"","n":\#(round)}"#),
                Say.record("t", #"{"a":"x","b":"y","n":\#(round)}"#),
                Say.record("t", #"{"a":"x","n":\#(round)}"#), Say.state("t", "{}"))
            let result = try source.sync()
            #expect(result.code == .ok && result.errors.isEmpty, "\(result.errors)")
            #expect(
                try source.query("SELECT a, b, n FROM t ORDER BY a, b") == [
                    "~|y|\(round)", "x|~|\(round)", "x||\(round)", "x|y|\(round)",
                ])
        }
        try source.reads(
            Say.record("t", #"{"a":"x","b":null,"_ab_cdc_deleted_at":1}"#), Say.record("t", #"{"a":"x","b":"y"}"#))
        _ = try source.sync()
        #expect(try source.query("SELECT count(*) FROM t WHERE a = 'x' AND b IS NULL") == ["0"])
    }

    @Test func aRecordWithoutAnyPartOfItsKeyStillFails() throws {
        let source = try FakeSource(Say.stream("t", key: ["a", "b"], ["a": "string", "b": "string"]))
        try source.reads(Say.record("t", #"{"c":1}"#), Say.state("t", "{}"))
        #expect(try source.sync().output.contains("FAILED: a record has no a, which is its primary key"))
        #expect(try source.query("SELECT count(*) FROM _airbyte_state") == ["0"])
    }

    @Test func replacingATableLooksItsRowsUpByTheirKey() throws {
        for type in ["string", "integer", "number"] {
            let stream = Say.stream("t", key: ["id", "n"], ["id": "\(type)", "n": "integer"])
            let source = try FakeSource(stream)
            _ = try source.sync()
            let database = try Database(source.database)
            let found = try #require(DiscoveredStream(try JSON(parsing: stream)))
            var layout = TableLayout(StreamPlan(found), shape: try TableShape("t", database), known: [:])
            layout.follow(try TableShape("t", database))
            try database.execute(layout.createStage("s"))
            let steps = try database.rows("EXPLAIN QUERY PLAN " + layout.deleteUnseen(stage: "s")).compactMap { $0[3] }
            #expect(steps.contains { $0.hasPrefix("SEARCH s USING") && $0.hasSuffix("(id=? AND n=?)") }, "\(steps)")
            let deletes = try database.rows("EXPLAIN QUERY PLAN " + layout.delete(from: "main.t")).compactMap { $0[3] }
            #expect(
                deletes.contains { $0.hasPrefix("SEARCH main.t USING") && $0.hasSuffix("(id=? AND n=?)") }, "\(deletes)"
            )
        }
    }
}
