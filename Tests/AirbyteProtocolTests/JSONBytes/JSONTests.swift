import AirbyteProtocol
import Testing

struct JSONValueTests {
    @Test(
        "Values are told apart",
        arguments: [
            ("null", JSONValue.null), (" true ", .bool(true)), ("-0", .integer(0)), ("12", .integer(12)),
            ("9223372036854775808", .number(9_223_372_036_854_775_808)),
            ("1.5", .number(1.5)), ("1e2", .number(100)), ("1e999", .number(.greatestFiniteMagnitude)),
            ("-1e999", .number(-.greatestFiniteMagnitude)),
            (#""a\u0000\ud83d\ude00\ud800""#, .string("a\0😀\u{FFFD}")), ("[ ]", .array([])),
            ("[1, [ ] , {}]", .array([.integer(1), .array([]), .object([:])])),
            (#"{"a":1,"b":{"c":null},"a":2}"#, .object(["a": .integer(2), "b": .object(["c": .null])])),
            (#"{"\u0061":"\"}"}"#, .object(["a": .string("\"}")])),
        ])
    func parses(text: String, value: JSONValue) throws {
        #expect(try JSONValue.parse(Array(text.utf8)) == value)
        #expect(try JSONValue.parse([0xEF, 0xBB, 0xBF] + Array(text.utf8)) == value)
    }

    @Test("Accessors give the value of their own kind and nothing for others")
    func accessors() throws {
        let value = try JSONValue.parse(Array(#"{"s":"x","i":3,"f":3.0,"h":3.5,"b":false,"a":[1],"o":{}}"#.utf8))
        #expect(value["s"]?.stringValue == "x")
        #expect(value["i"]?.integerValue == 3)
        #expect(value["f"]?.integerValue == 3)
        #expect(value["h"]?.integerValue == nil)
        #expect(value["b"]?.boolValue == false)
        #expect(value["a"]?.arrayValue == [.integer(1)])
        #expect(value["o"]?.objectValue == [:])
        #expect(value["none"] == nil)
        #expect(value["s"]?["x"] == nil)
        #expect(value["o"]?.stringValue == nil)
        #expect(value["s"]?.arrayValue == nil)
        #expect(value["s"]?.objectValue == nil)
        #expect(value["s"]?.integerValue == nil)
        #expect(value["s"]?.boolValue == nil)
    }

    @Test("Values are written on one line, with sorted keys")
    func isWritten() throws {
        let text = #"{"b":[true,false,null],"h":3.5,"i":9007199254740993,"o":{"a":[[]]},"s":"x/\"\\\n\u2028"}"#
        let spread = text.replacing(",", with: " ,\n ")
        #expect(String(decoding: try JSONValue.parse(Array(spread.utf8)).encoded, as: UTF8.self) == text)
        #expect(
            try JSONValue.parse(JSONValue.number(.greatestFiniteMagnitude).encoded) == .number(.greatestFiniteMagnitude)
        )
    }
}
