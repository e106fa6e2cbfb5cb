import AirbyteProtocol
import Testing

@testable import JSONBytes

/// What `meta.changes` looks like behind a record with these nulled fields.
private func changes(_ fields: String..., reason: String = "SOURCE_SERIALIZATION_ERROR") -> String {
    let list = fields.map { #"{"field":"\#($0)","change":"NULLED","reason":"\#(reason)"}"# }
    return #","meta":{"changes":["# + list.joined(separator: ",") + "]}"
}

struct RecordEditTests {
    @Test(
        "A record without anything special goes out byte for byte",
        arguments: [
            #"{"_id":"1"}"#, #"{"a":1,"b":[1,2,{"c":"\u00e9é😀\n\"\\"}],"c":{"d":{}},"e":-1.50e+7,"f":null}"#,
            #"{"":"","a":"\u2028\u0085\u001f"}"#,
            #"{"x":12345678901234567890123456789012345678901234567890,"y":1e308}"#, #"{"a":1,"a":2}"#,
            #"{"msg":"a // b /* c */ { [ } ] , :"}"#,
        ])
    func copies(text: String) throws {
        #expect(try emitted(text) == text)
    }

    @Test("White space between tokens is dropped, inside strings it stays")
    func compacts() throws {
        #expect(
            try emitted("{ \"a b\" :\t[ 1 ,\n 2 ] ,\r\n \"c\": { } , \"d\" : \" x  y \" }")
                == #"{"a b":[1,2],"c":{},"d":" x  y "}"#)
    }

    @Test(
        "What would break a line or a reader is rewritten inside strings and keys",
        arguments: [
            ("{\"a\":\"1\u{2028}2\u{2029}3\u{85}4\"}", #"{"a":"1\u20282\u20293\u00854"}"#),
            ("{\"k\u{2028}\":1}", #"{"k\u2028":1}"#),
            (#"{"a":"x\u0000y"}"#, #"{"a":"xy"}"#), (#"{"a":"\\u0000"}"#, #"{"a":"\\u0000"}"#),
            (#"{"a":"\\\u0000"}"#, #"{"a":"\\"}"#),
            (#"{"a":"\ud800"}"#, "{\"a\":\"\u{FFFD}\"}"), (#"{"a":"\udc00x"}"#, "{\"a\":\"\u{FFFD}x\"}"),
            (#"{"a":"\ud800\ud83d\ude00"}"#, "{\"a\":\"\u{FFFD}\\ud83d\\ude00\"}"),
            (#"{"a":"\uD800\u0041\n"}"#, "{\"a\":\"\u{FFFD}\\u0041\\n\"}"),
            (#"{"a":"\ud83d\ude00\u0000é"}"#, #"{"a":"\ud83d\ude00é"}"#),
            ("{\"a\":\"\u{2027}\u{202A}\u{84}\u{86}\u{2028}\"}", "{\"a\":\"\u{2027}\u{202A}\u{84}\u{86}\\u2028\"}"),
            (#"{"\ud800":[{"b":"\udfff"}]}"#, "{\"\u{FFFD}\":[{\"b\":\"\u{FFFD}\"}]}"),
        ])
    func rewrites(text: String, expected: String) throws {
        #expect(try emitted(text) == expected)
    }

    @Test(
        "A value of the declared type passes, null always does",
        arguments: [
            ("string", #""x""#), ("integer", "9223372036854775807"), ("integer", "-0"), ("number", "1"),
            ("number", "-1.5e3"),
            ("number", "9999999999999999999999999999"), ("number", "1e-999"), ("boolean", "true"), ("boolean", "false"),
            ("timestamp", #""2024-02-29T23:59:59.999Z""#), ("timestamp", #""2024-02-29T23:59:59Z""#),
            ("timestamp", #""2024-12-31T23:59:59.123456789Z""#),
            ("object", #"{"x":1}"#), ("array", "[1]"), ("list", "[{}]"), ("list", "[]"), ("other", #"{"any":"thing"}"#),
            ("strings", #"["a"]"#), ("objects", "[{}]"), ("string", #""""#),
        ] + typed.types.keys.sorted().map { ($0, "null") })
    func keepsDeclaredTypes(field: String, value: String) throws {
        let text = #"{"\#(field)":\#(value),"end":1}"#
        #expect(try emitted(text, Self.typed) == text)
    }

    static let typed = RecordShape(types: [
        "string": .string, "integer": .integer, "number": .number, "boolean": .boolean, "timestamp": .timestamp,
        "object": .object,
        "array": .array, "list": .list, "strings": .strings, "objects": .objects,
    ])

    @Test(
        "A value of another type becomes null, with a note",
        arguments: [
            ("string", "{}"), ("string", "[]"), ("string", "1e999"), ("integer", #"" 3x""#), ("integer", "1.5"),
            ("integer", #""1.5""#), ("integer", #"" ""#), ("integer", #""--1""#), ("integer", #""0 1""#),
            ("integer", #""0x10""#), ("integer", #""three""#), ("integer", #""1 2""#),
            ("integer", "1e2"), ("integer", "9223372036854775808"), ("integer", #""9223372036854775808""#),
            ("integer", "true"), ("number", "1e28"), ("number", "-1e400"), ("number", #""1e28""#),
            ("number", #""1e400""#), ("number", #""Infinity""#), ("number", #""nan""#),
            ("number", "10000000000000000000000000000"), ("boolean", "2"), ("boolean", #""yes""#), ("boolean", "1.0"),
            ("timestamp", "1709210096"), ("timestamp", #""1709210096""#), ("timestamp", "0"),
            ("timestamp", "99999999999999999999"), ("timestamp", "-1709210096789"),
            ("timestamp", #""Mon Aug 32 2026 12:10:10 GMT+0000 (UTC)""#),
            ("timestamp", #""Mon Aug 03 2026 12:10:10""#), ("timestamp", #""Invalid Date""#),
            ("timestamp", #""2024-02-30T00:00:00.000Z""#),
            ("timestamp", #""2024-02-29T25:00:00.000Z""#), ("timestamp", #""yesterday""#), ("timestamp", "{}"),
            ("timestamp", #"{"$date":true}"#), ("timestamp", "[]"),
            ("object", "[{}]"), ("object", #""{}""#), ("array", #"{"0":1}"#), ("array", "1"), ("list", "1e999"),
            ("strings", "{}"), ("strings", "5"), ("objects", #""x""#), ("other", "-1E+400"),
        ])
    func nullsOtherTypes(field: String, value: String) throws {
        let expected = #"{"a":1,"\#(field)":null,"z":[2]}"# + changes(field)
        #expect(try emitted(#"{"a":1,"\#(field)":\#(value),"z":[2]}"#, Self.typed) == expected)
    }

    @Test("Several nulled fields are all noted, each under its key as the server wrote it")
    func notesAllChanges() throws {
        let text = #"{"string":[1],"ok":2,"object":[{"a":[1,2]}],"b\u006folean":"x","string":"fine"}"#
        let expected = #"{"string":null,"ok":2,"object":null,"b\u006folean":null,"string":"fine"}"#
        #expect(try emitted(text, Self.typed) == expected + changes("string", "object", #"b\u006folean"#))
    }

    @Test(
        "A timestamp in another form is brought into UTC, without a note",
        arguments: [
            (#""2024-02-29T14:04:56.789+01:30""#, "2024-02-29T12:34:56.789Z"),
            (#""2024-02-29 12:34:56Z""#, "2024-02-29T12:34:56.000Z"),
            (#""2024-02-29t12:34:56.5z""#, "2024-02-29T12:34:56.500Z"),
            (#"{"$date":1709210096789}"#, "2024-02-29T12:34:56.789Z"),
            (#"{"$date":-1}"#, "1969-12-31T23:59:59.999Z"),
            (#"{"$date":{"$numberLong":"1709210096789"}}"#, "2024-02-29T12:34:56.789Z"),
            ("1709210096789", "2024-02-29T12:34:56.789Z"), (#""1709210096789""#, "2024-02-29T12:34:56.789Z"),
            ("1709210096789.0", "2024-02-29T12:34:56.789Z"),
            (#""Mon Aug 03 2026 12:10:10 GMT+0000 (Coordinated Universal Time)""#, "2026-08-03T12:10:10.000Z"),
            (#""Mon Aug 03 2026 12:10:10 GMT-0330 (Newfoundland Standard Time)""#, "2026-08-03T15:40:10.000Z"),
            (#""Thu Feb 29 2024 23:59:59 GMT+0200""#, "2024-02-29T21:59:59.000Z"),
            (#""Sat Jan 01 2000 00:00:00 GMT+0100 (Mitteleuropäische Normalzeit)""#, "1999-12-31T23:00:00.000Z"),
            (#""Mon, 03 Aug 2026 12:10:10 GMT""#, "2026-08-03T12:10:10.000Z"),
            (#""2024-02-29T12:34:56\u005a""#, "2024-02-29T12:34:56.000Z"),
            (#""2024-02-29T12:34:56.789-00:00""#, "2024-02-29T12:34:56.789Z"),
        ])
    func normalizesTimestamps(value: String, expected: String) throws {
        #expect(try emitted(#"{"timestamp":\#(value),"z":1}"#, Self.typed) == #"{"timestamp":"\#(expected)","z":1}"#)
    }

    @Test(
        "A value in another form of the same meaning takes the declared form, without a note",
        arguments: [
            ("integer", #""3""#, "3"), ("integer", #""-1""#, "-1"), ("integer", #"" 60 ""#, "60"),
            ("integer", #""007""#, "7"), ("integer", #""00""#, "0"), ("integer", "12.0", "12"),
            ("integer", #""12.00""#, "12"),
            ("integer", #""9223372036854775807""#, "9223372036854775807"),
            ("number", #""1.5""#, "1.5"), ("number", #""-0.10""#, "-0.10"), ("number", #""1e3""#, "1e3"),
            ("number", #""1234567890.12345678901234567""#, "1234567890.12345678901234567"),
            ("boolean", #""true""#, "true"), ("boolean", #""false""#, "false"), ("boolean", "1", "true"),
            ("boolean", "0", "false"), ("string", "1", #""1""#),
            ("string", "1700000000.000100", #""1700000000.000100""#),
            ("string", "true", #""true""#), ("string", "1e29", #""1e29""#), ("strings", #""a""#, #"["a"]"#),
            ("objects", #"{"_id":"u"}"#, #"[{"_id":"u"}]"#),
        ])
    func takesDeclaredForm(field: String, value: String, expected: String) throws {
        #expect(
            try emitted(#"{"a":1,"\#(field)":\#(value),"z":[2]}"#, Self.typed)
                == #"{"a":1,"\#(field)":\#(expected),"z":[2]}"#)
        #expect(try emitted(#"{ "\#(field)" : \#(value) }"#, Self.typed) == #"{"\#(field)":\#(expected)}"#)
    }

    @Test(
        "An empty text says nothing, which is no change",
        arguments: ["integer", "number", "boolean", "timestamp", "object", "array", "strings", "objects", "list"])
    func nullsEmptyTexts(field: String) throws {
        #expect(try emitted(#"{"\#(field)":"","z":1}"#, Self.typed) == #"{"\#(field)":null,"z":1}"#)
        #expect(try emitted(#"{"object":[],"z":1}"#, Self.typed) == #"{"object":null,"z":1}"#)
    }

    @Test("A number that no reader takes becomes null inside of undeclared values too")
    func nullsEndlessNumbers() throws {
        #expect(
            try emitted(#"{"a":[1e400,{"b":-2E999,"c":"1e400"}],"d":1e-400,"e":-1.5}"#)
                == #"{"a":[null,{"b":null,"c":"1e400"}],"d":1e-400,"e":-1.5}"#)
        let digits = String(repeating: "9", count: 400)
        #expect(try emitted("{\"a\":[\(digits),-\(digits).5]}") == #"{"a":[null,null]}"#)
    }

    @Test("A list's lone value is wrapped, without a note", arguments: ["true", #""x""#, "5", #"{"a":[1]}"#])
    func wrapsLists(value: String) throws {
        #expect(try emitted(#"{"list":\#(value),"z":1}"#, Self.typed) == #"{"list":[\#(value)],"z":1}"#)
        #expect(try emitted(#"{"list" : \#(value) }"#, Self.typed) == #"{"list":[\#(value)]}"#)
    }

    @Test(
        "Dropped fields leave no trace wherever they stand",
        arguments: [
            (#"{"s":1,"a":2}"#, #"{"a":2}"#), (#"{"a":2,"s":1}"#, #"{"a":2}"#),
            (#"{"a":2,"s":1,"b":3}"#, #"{"a":2,"b":3}"#),
            (#"{"s":1,"s":[{"s":2}],"a":2,"s":{},"t":"x","b":3,"t":null,"s":1}"#, #"{"a":2,"b":3}"#),
            // A key is what it will be when it leaves.
            (#"{"\u0073":1,"a":2,"t\u0000":3,"\u0000s":4}"#, #"{"a":2}"#),
            (#"{"a":{"s":1},"b":[{"s":1}],"s":"\ud800"}"#, #"{"a":{"s":1},"b":[{"s":1}]}"#),
            (#"{ "s" : 1 , "a" : 2 , "t" : 3 }"#, #"{"a":2}"#),
            (#"{ "a" : 2 , "s" : 1 , "t" : 3 , "b" : 4 }"#, #"{"a":2,"b":4}"#),
            (#"{"a":"s\":1","s":",\"}"}"#, #"{"a":"s\":1"}"#),
        ])
    func drops(text: String, expected: String) throws {
        #expect(try emitted(text, RecordShape(types: ["s": .string], dropping: ["s", "t"])) == expected)
    }

    @Test(
        "Members named like Airbyte's own never leave from the top of a record",
        arguments: [
            (#"{"_ab_cdc_deleted_at":"2026-01-01T00:00:00.000Z","a":1}"#, #"{"a":[1]}"#),
            (#"{"a":1,"\u005fab_cdc_deleted_at":1,"_ab_cdc_deleted_at":2}"#, #"{"a":[1]}"#),
            (#"{"a":1,"_ab\u0000_x":1,"_airbyte_meta":{"b":[1]},"b":2}"#, #"{"a":[1],"b":2}"#),
            (#"{"_AIRBYTE_RAW_ID":1,"_Ab_x":2,"_abx":3,"_ab":4,"airbyte_x":5}"#, #"{"_abx":3,"_ab":4,"airbyte_x":5}"#),
            (#"{"a":{"_ab_x":1,"_airbyte_x":2}}"#, #"{"a":[{"_ab_x":1,"_airbyte_x":2}]}"#),
        ])
    func dropsReservedNames(text: String, expected: String) throws {
        let shape = RecordShape(types: ["a": .list, "_ab_cdc_deleted_at": .timestamp])
        #expect(try emitted(text, shape) == expected)
        var fields = AddedFields()
        fields.add("_ab_cdc_updated_at", integer: 5)
        #expect(try emitted(text, shape, adding: fields) == #"{"_ab_cdc_updated_at":5,"# + expected.dropFirst())
    }

    @Test("A record of nothing but reserved names is no record")
    func nothingButReserved() throws {
        #expect(try !scanRoot(#"{"_ab_x":1,"_airbyte_y":2}"#).isRecord(record: 0, list: 0))
    }

    @Test(
        "Fields below are dropped from an object and from each object of an array, also of arrays of arrays",
        arguments: [
            (#"{"v":{"token":1},"a":2}"#, #"{"v":{},"a":2}"#), (#"{"v":{"token":1,"b":2}}"#, #"{"v":{"b":2}}"#),
            (#"{"v":{"b":2,"token":1}}"#, #"{"v":{"b":2}}"#),
            (#"{"v":{"b":2,"token":1,"c":{"token":3},"tok\u0065n":4}}"#, #"{"v":{"b":2,"c":{"token":3}}}"#),
            (
                #"{"v":[{"token":1},{"a":1,"token":2},{"token":3,"token":4,"b":5},7,[{"token":6}],{}]}"#,
                #"{"v":[{},{"a":1},{"b":5},7,[{}],{}]}"#
            ),
            (#"{"token":1,"v":"token","w":{"token":1}}"#, #"{"token":1,"v":"token","w":{"token":1}}"#),
            (#"{"v":null}"#, #"{"v":null}"#), (#"{"v":[]}"#, #"{"v":[]}"#),
            (#"{"\u0076":{"token":1,"x":2}}"#, #"{"\u0076":{"x":2}}"#),
            (#"{"v":{"token":1},"v":{"x":1,"token":2}}"#, #"{"v":{},"v":{"x":1}}"#),
        ])
    func dropsNested(text: String, expected: String) throws {
        #expect(try emitted(text, RecordShape(types: [:], dropping: ["v.token"])) == expected)
    }

    @Test(
        "Paths of any length are followed through arrays at every level",
        arguments: [
            (#"{"a":{"b":{"c":{"s":1,"x":2},"s":3},"s":4}}"#, #"{"a":{"b":{"c":{"x":2},"s":3},"s":4}}"#),
            (
                #"{"a":[[{"b":[{"c":[[{"s":1}],{"x":1,"s":2}]},{"c":5}]}],[]]}"#,
                #"{"a":[[{"b":[{"c":[[{}],{"x":1}]},{"c":5}]}],[]]}"#
            ),
            (#"{"a":{"b":7,"b":{"\u0063":{"\u0073":1,"y":1}}}}"#, #"{"a":{"b":7,"b":{"\u0063":{"y":1}}}}"#),
            (
                #"{ "a" : { "b" : { "c" : { "s" : 1 , "y" : [ { "s" : 2 } ] } } } }"#,
                #"{"a":{"b":{"c":{"y":[{"s":2}]}}}}"#
            ),
            (#"{"a":null}"#, #"{"a":null}"#), (#"{"a":[],"s":1}"#, #"{"a":[],"s":1}"#),
        ])
    func dropsDeep(text: String, expected: String) throws {
        #expect(try emitted(text, RecordShape(types: [:], dropping: ["a.b.c.s"])) == expected)
    }

    @Test(
        "Of an object with fields to keep, only these leave",
        arguments: [
            (#"{"m":{"_id":"1","E2EKey":"k","ts":2,"draft":"d"},"z":1}"#, #"{"m":{"_id":"1","ts":2},"z":1}"#),
            (#"{"m":{"E2EKey":"k","draft":"d"},"z":1}"#, #"{"m":{},"z":1}"#),
            (#"{"m":[{"x":1,"_id":"1"},[{"ts":2,"x":{"_id":3}}],"text"]}"#, #"{"m":[{"_id":"1"},[{"ts":2}],"text"]}"#),
            (#"{"m":{"x":1,"o":{"x":2,"y":3,"z":4},"_i\u0064":"1"}}"#, #"{"m":{"o":{"y":3},"_i\u0064":"1"}}"#),
            (#"{"m":"text","_id":"1"}"#, #"{"m":"text","_id":"1"}"#), (#"{"m":{}}"#, #"{"m":{}}"#),
        ])
    func keeps(text: String, expected: String) throws {
        let shape = RecordShape(types: [:], dropping: ["m.o.x"], keeping: ["m._id", "m.ts", "m.o.y", "m.o.x"])
        #expect(try emitted(text, shape) == expected)
    }

    @Test(
        "Access tokens of Slack leave no text of a record that may hold them",
        arguments: [
            (
                #"{"msg":"see https://files.slack.com/a.png?t=xoxe-12-ab_C.d&x=1","file":{"id":1},"n":1}"#,
                #"{"msg":"see https://files.slack.com/a.png?t=***&x=1","file":{"id":1},"n":1}"#
            ),
            (
                #"{"file":{},"urls":[{"url":"xoxb-1"}],"x":"xox","y":"xoxo-"}"#,
                #"{"file":{},"urls":[{"url":"***"}],"x":"xox","y":"xoxo-"}"#
            ),
            (
                #"{"last":{"file":"f","msg":"?t=xoxp-1"},"m":"xoxp-2"}"#,
                #"{"last":{"file":"f","msg":"?t=***"},"m":"***"}"#
            ),
            (
                #"{"msg":"my token is xoxe-12","other":{"file":1}}"#,
                #"{"msg":"my token is xoxe-12","other":{"file":1}}"#
            ),
        ])
    func masks(text: String, expected: String) throws {
        #expect(try emitted(text, RecordShape(types: [:], masking: ["file", "last.file"])) == expected)
    }

    @Test("Dropping below goes together with nulling, wrapping and probing")
    func combinesEdits() throws {
        let list = RecordShape(types: ["v": .list], dropping: ["v.token", "x"], probing: ["v.name"])
        #expect(try emitted(#"{"x":0,"v":{"token":1,"name":"n"},"x":1}"#, list) == #"{"v":[{"name":"n"}]}"#)
        let page = try scanRoot(#"{"v":{"token":1,"name":"n"}}"#, list)
        #expect(page.probe(0, record: 0, list: 0).flatMap(page.string) == "n")
        let object = RecordShape(types: ["v": .object], dropping: ["v.token"])
        #expect(try emitted(#"{"a":1,"v":[{"token":1}]}"#, object) == #"{"a":1,"v":null}"# + changes("v"))
        let text = RecordShape(types: ["v": .string], dropping: ["v.token"])
        #expect(try emitted(#"{"v":7,"b":1}"#, text) == #"{"v":"7","b":1}"#)
        let objects = RecordShape(types: ["v": .objects], keeping: ["v.a.b"])
        #expect(try emitted(#"{"v":{"a":{"x":1,"b":2}},"z":1}"#, objects) == #"{"v":[{"a":{"b":2}}],"z":1}"#)
    }

    @Test("A dropped field can still be probed, and is not checked")
    func probesDropped() throws {
        let shape = RecordShape(types: ["s": .string], dropping: ["s"], probing: ["s"])
        let page = try scanRoot(#"{"s":5,"a":1}"#, shape)
        #expect(page.probe(0, record: 0, list: 0).flatMap(page.integer) == 5)
        #expect(try emitted(#"{"s":5,"a":1}"#, shape) == #"{"a":1}"#)
    }

    @Test("A record of nothing but dropped fields is no record")
    func nothingLeft() throws {
        let shape = RecordShape(types: [:], dropping: ["s", "t"])
        let page = try scanRoot(#"[{"s":1},{"t":1,"s":2},{"s":1,"a":1}]"#, shape)
        #expect((0..<3).map { page.isRecord(record: $0, list: 0) } == [false, false, true])
        #expect(try recordBytes(page).filter { $0 == UInt8(ascii: "\n") }.count == 1)
    }

    @Test("Added fields come first, in clean and in edited records")
    func addsFields() throws {
        var fields = AddedFields()
        #expect(fields.isEmpty)
        fields.add("rid", string: "r\"1\u{2028}\0")
        fields.add("at", timestamp: 1_709_210_096_789)
        fields.add("n", integer: -5)
        fields.add("ok", boolean: true)
        let source = try scanRoot(#"{"x":{ "deep" : "a\u0000" }}"#, RecordShape(types: [:], probing: ["x"]))
        fields.add("copy", slice: try #require(source.probe(0, record: 0, list: 0)), of: source)
        let added =
            #""rid":"r\"1\u2028","at":"2024-02-29T12:34:56.789Z","n":-5,"ok":true,"copy":{"deep":"a"}"#
        #expect(!fields.isEmpty)
        #expect(try emitted(#"{"a":1}"#, adding: fields) == "{\(added),\"a\":1}")
        let shape = RecordShape(types: ["b": .string], dropping: ["s"])
        #expect(
            try emitted(#"{ "s":0, "a":1, "b":[2]}"#, shape, adding: fields) == "{\(added),\"a\":1,\"b\":null}"
                + changes("b"))
        #expect(try emitted(#"{"s":0,"a":1}"#, shape, adding: fields) == "{\(added),\"a\":1}")
        #expect(try emitted(#"{"a":1}"#, adding: AddedFields()) == #"{"a":1}"#)
    }
}
