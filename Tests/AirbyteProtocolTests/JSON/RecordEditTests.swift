import AirbyteProtocol
import Testing

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
            #"{"x":12345678901234567890123456789012345678901234567890,"y":1e999}"#, #"{"a":1,"a":2}"#,
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
        ] + ["string", "integer", "number", "boolean", "timestamp", "object", "array", "list"].map { ($0, "null") })
    func keepsDeclaredTypes(field: String, value: String) throws {
        let text = #"{"\#(field)":\#(value),"end":1}"#
        #expect(try emitted(text, Self.typed) == text)
    }

    static let typed = RecordShape(types: [
        "string": .string, "integer": .integer, "number": .number, "boolean": .boolean, "timestamp": .timestamp,
        "object": .object,
        "array": .array, "list": .list,
    ])

    @Test(
        "A value of another type becomes null, with a note",
        arguments: [
            ("string", "1"), ("string", "{}"), ("string", "true"), ("integer", #""1""#), ("integer", "1.0"),
            ("integer", "1e2"), ("integer", "9223372036854775808"),
            ("integer", "true"), ("number", #""1.5""#), ("number", "1e28"), ("number", "-1e400"),
            ("number", "10000000000000000000000000000"), ("boolean", "0"),
            ("boolean", #""true""#), ("timestamp", #""""#), ("timestamp", "1709210096789"),
            ("timestamp", #""2024-02-30T00:00:00.000Z""#),
            ("timestamp", #""2024-02-29T25:00:00.000Z""#), ("timestamp", #""yesterday""#), ("timestamp", "{}"),
            ("timestamp", #"{"$date":true}"#), ("timestamp", "[]"),
            ("object", "[]"), ("object", #""{}""#), ("array", #"{"0":1}"#), ("array", "1"),
        ])
    func nullsOtherTypes(field: String, value: String) throws {
        let expected = #"{"a":1,"\#(field)":null,"z":[2]}"# + changes(field)
        #expect(try emitted(#"{"a":1,"\#(field)":\#(value),"z":[2]}"#, Self.typed) == expected)
    }

    @Test("Several nulled fields are all noted, each under its key as the server wrote it")
    func notesAllChanges() throws {
        let text = #"{"string":1,"ok":2,"object":[{"a":[1,2]}],"b\u006folean":"x","string":"fine"}"#
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
            (#""2024-02-29T12:34:56\u005a""#, "2024-02-29T12:34:56.000Z"),
            (#""2024-02-29T12:34:56.789-00:00""#, "2024-02-29T12:34:56.789Z"),
        ])
    func normalizesTimestamps(value: String, expected: String) throws {
        #expect(try emitted(#"{"timestamp":\#(value),"z":1}"#, Self.typed) == #"{"timestamp":"\#(expected)","z":1}"#)
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
            (#"{"\u0073":1,"a":2,"t\u0000":3}"#, #"{"a":2,"t":3}"#),
            (#"{"a":{"s":1},"b":[{"s":1}],"s":"\ud800"}"#, #"{"a":{"s":1},"b":[{"s":1}]}"#),
            (#"{ "s" : 1 , "a" : 2 , "t" : 3 }"#, #"{"a":2}"#),
            (#"{ "a" : 2 , "s" : 1 , "t" : 3 , "b" : 4 }"#, #"{"a":2,"b":4}"#),
            (#"{"a":"s\":1","s":",\"}"}"#, #"{"a":"s\":1"}"#),
        ])
    func drops(text: String, expected: String) throws {
        #expect(try emitted(text, RecordShape(types: ["s": .string], dropping: ["s", "t"])) == expected)
    }

    @Test(
        "Fields one level below are dropped from an object and from each object of an array",
        arguments: [
            (#"{"v":{"token":1},"a":2}"#, #"{"v":{},"a":2}"#), (#"{"v":{"token":1,"b":2}}"#, #"{"v":{"b":2}}"#),
            (#"{"v":{"b":2,"token":1}}"#, #"{"v":{"b":2}}"#),
            (#"{"v":{"b":2,"token":1,"c":{"token":3},"tok\u0065n":4}}"#, #"{"v":{"b":2,"c":{"token":3}}}"#),
            (
                #"{"v":[{"token":1},{"a":1,"token":2},{"token":3,"token":4,"b":5},7,[{"token":6}],{}]}"#,
                #"{"v":[{},{"a":1},{"b":5},7,[{"token":6}],{}]}"#
            ),
            (#"{"token":1,"v":"token","w":{"token":1}}"#, #"{"token":1,"v":"token","w":{"token":1}}"#),
            (#"{"v":null}"#, #"{"v":null}"#), (#"{"v":[]}"#, #"{"v":[]}"#),
            (#"{"\u0076":{"token":1,"x":2}}"#, #"{"\u0076":{"x":2}}"#),
            (#"{"v":{"token":1},"v":{"x":1,"token":2}}"#, #"{"v":{},"v":{"x":1}}"#),
        ])
    func dropsNested(text: String, expected: String) throws {
        #expect(try emitted(text, RecordShape(types: [:], dropping: ["v.token"])) == expected)
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
        #expect(try emitted(#"{"v":7,"b":1}"#, text) == #"{"v":null,"b":1}"# + changes("v"))
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
        fields.addNull("none")
        let source = try scanRoot(#"{"x":{ "deep" : "a\u0000" }}"#, RecordShape(types: [:], probing: ["x"]))
        fields.add("copy", slice: try #require(source.probe(0, record: 0, list: 0)), of: source)
        let added =
            #""rid":"r\"1\u2028","at":"2024-02-29T12:34:56.789Z","n":-5,"ok":true,"none":null,"copy":{"deep":"a"}"#
        #expect(!fields.isEmpty)
        #expect(try emitted(#"{"a":1}"#, adding: fields) == "{\(added),\"a\":1}")
        let shape = RecordShape(types: ["b": .string], dropping: ["s"])
        #expect(
            try emitted(#"{ "s":0, "a":1, "b":2}"#, shape, adding: fields) == "{\(added),\"a\":1,\"b\":null}"
                + changes("b"))
        #expect(try emitted(#"{"s":0,"a":1}"#, shape, adding: fields) == "{\(added),\"a\":1}")
        #expect(try emitted(#"{"a":1}"#, adding: AddedFields()) == #"{"a":1}"#)
    }
}
