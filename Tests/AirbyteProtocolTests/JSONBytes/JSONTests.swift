import Testing

@testable import JSONBytes

struct JSONTests {
    @Test(
        "Values are told apart",
        arguments: [
            ("null", JSON.null), (" true ", .boolean(true)), ("-0", .number("-0")), ("12", .integer(12)),
            ("9223372036854775808", .number("9223372036854775808")), ("1.50", .number("1.50")),
            ("1e999", .number("1e999")), (#""a\u0000\ud83d\ude00\ud800""#, .string("a\0😀\u{FFFD}")),
            ("[ ]", .array([])),
            ("[1, [ ] , {}]", .array([.integer(1), .array([]), .object([:])])),
            (#"{"\u0061":"\"}"}"#, .object(["a": .string("\"}")])),
        ])
    func parses(text: String, value: JSON) throws {
        #expect(try JSON(parsing: Array(text.utf8)) == value)
        #expect(try JSON(parsing: [0xEF, 0xBB, 0xBF] + Array(text.utf8)) == value)
    }

    @Test("Accessors give the value of their own kind and nothing for others")
    func accessors() throws {
        let value = try JSON(parsing: #"{"s":"x","i":3,"f":3.0,"h":3.5,"b":false,"a":[1],"o":{},"z":null}"#)
        #expect(value["s"]?.string == "x")
        #expect(value["i"]?.integer == 3)
        #expect(value["f"]?.integer == 3)
        #expect(value["h"]?.integer == nil)
        #expect(value["b"]?.boolean == false)
        #expect(value["a"]?.array == [.integer(1)])
        #expect(value["o"]?.dictionary == [:])
        #expect(value["none"] == nil)
        #expect(value["z"] == nil)
        #expect(value["s"]?["x"] == nil)
        #expect(value["o"]?.string == nil)
        #expect(value["s"]?.array == nil)
        #expect(value["s"]?.dictionary == nil)
        #expect(value["s"]?.integer == nil)
        #expect(value["s"]?.boolean == nil)
    }

    @Test("Of repeated names the last one counts")
    func repeats() throws {
        let value = try JSON(parsing: #"{"a":1,"b":{"c":null},"a":2}"#)
        #expect(value["a"]?.integer == 2)
        #expect(value.dictionary?["a"] == .integer(2))
    }

    @Test("Values are written on one line, as they came; dictionaries with sorted keys")
    func isWritten() throws {
        let text = #"{"s":"x/\"\\\n\u2028","b":[true,false,null],"h":3.50,"i":9007199254740993,"o":{"a":[[]]}}"#
        let spread = text.replacing(",", with: " ,\n ")
        #expect(try JSON(parsing: spread).text == text)
        #expect(JSON.sortedObject(["b": .integer(1), "a": .null]).text == #"{"a":null,"b":1}"#)
        #expect(JSON.string("a\0").text == #""a\u0000""#)
        #expect(JSON.string("a\0").bytes(keepsNUL: false) == Array(#""a""#.utf8))
    }
}
