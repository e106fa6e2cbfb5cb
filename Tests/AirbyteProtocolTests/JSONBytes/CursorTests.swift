import Testing

@testable import JSONBytes

/// The byte-level JSON reader.
struct CursorTests {
    @Test(arguments: [
        "null", " true ", "[]", "{}", "0", "-0", "-0.5e+10", "1E5", #""""#, #""\ud83d\ude00\b\f\n\r\t\/\\\"""#,
        #"{"a":[1,{"b":null}],"a":2}"#, "\"\u{7F}\u{2028}caf\u{E9}\u{1F600}\"", "[1 , 2]",
        "123456789012345678901234567890",
    ])
    func acceptsWhatRFC8259Allows(text: String) throws {
        _ = try JSON(parsing: text)
    }

    @Test(arguments: [
        "", " ", "nul", "tru e", "[1,]", "[,1]", "{,}", #"{"a":1,}"#, #"{"a"}"#, #"{"a":}"#, #"{a:1}"#, "01", "-", "1.",
        ".5", "+1", "1e", "0x1", "NaN", "Infinity", #"""#, #""\x""#, #""\u12g4""#, #""\u12"#, "\"\t\"", "\"a\nb\"",
        "[1}",
        "{]", "1 2", "[", "{", #"{"a":1"#, "'a'", "[1 2]", "\"12345678\u{1}\"", "--1", "[-]",
    ])
    func refusesWhatItDoesNot(text: String) {
        #expect(throws: JSONError.self) { try JSON(parsing: text) }
    }

    @Test(
        arguments: [
            [0x80], [0xC0, 0xAF], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF],
            [0xE2, 0x28, 0xA1], [0xF0, 0x9F, 0x98],
        ] as [[UInt8]])
    func refusesBytesThatAreNotUTF8(bytes: [UInt8]) {
        #expect(throws: JSONError.self) { try JSON(parsing: [0x22] + bytes + [0x22]) }
    }

    @Test func nestingHasALimit() {
        let deep = { (count: Int) in String(repeating: "[", count: count) + String(repeating: "]", count: count) }
        #expect(throws: Never.self) { try JSON(parsing: deep(JSONLimits.depth)) }
        #expect(throws: JSONError.self) { try JSON(parsing: deep(100_000)) }
    }

    @Test func escapesBecomeText() throws {
        let text = try JSON(parsing: #""\u0041\u00e9\ud83d\ude00\ud800x\udc00\n""#).string
        #expect(text == "A\u{E9}\u{1F600}\u{FFFD}x\u{FFFD}\n")
    }

    @Test func treesGoOutAsTheyCameIn() throws {
        let text = #"{"z":1.0,"a":[1e400,-0,"\u0001\"\\/é"],"n":null,"t":true,"big":12345678901234567890}"#
        #expect(try JSON(parsing: text).text == text)
    }

    @Test func theLastOfEqualNamesCounts() throws {
        #expect(try JSON(parsing: #"{"a":1,"a":2}"#)["a"]?.integer == 2)
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (951_827_696_789, "2000-02-29T12:34:56.789Z"),
            (4_102_444_800_000, "2100-01-01T00:00:00.000Z"),
        ] as [(Int64, String)])
    func instantsAreWrittenInUTC(milliseconds: Int64, text: String) {
        #expect(Timestamp.text(milliseconds) == text)
    }
}
