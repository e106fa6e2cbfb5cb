import AirbyteProtocol
import Testing

@testable import JSONBytes

/// Whether the scanner takes a text as JSON, wherever it stands: as the whole document, as a record, inside one, and past
/// the fast paths that need some bytes behind them.
private func verdicts(_ bytes: [UInt8]) -> Set<Bool> {
    func accepts(_ bytes: [UInt8], _ layout: PageLayout, _ shape: RecordShape?) -> Bool {
        (try? PageScanner(layout: layout, shapes: shape.map { [$0] } ?? []).scan(bytes)) != nil
    }
    let shape = RecordShape(
        types: ["a": .string, "b": .timestamp, "c": .list], dropping: ["d", "e.f"], probing: ["a", "e.g"])
    let around = [UInt8](repeating: UInt8(ascii: " "), count: 40)
    func wrapped(_ head: String, _ tail: String) -> [UInt8] { Array(head.utf8) + bytes + Array(tail.utf8) }
    return [
        accepts(bytes, PageLayout(lists: []), nil),
        accepts(bytes, PageLayout(lists: [[]]), shape),
        accepts(bytes + around, PageLayout(lists: [[]]), shape),
        accepts(wrapped("[", "]"), PageLayout(lists: [[]]), shape),
        accepts(wrapped(#"{"a":"#, "}"), PageLayout(lists: [[]]), shape),
        accepts(wrapped(#"[{"z":"#, "}]"), PageLayout(lists: [[]]), shape),
        accepts(wrapped(#"[{"b":"#, "}]"), PageLayout(lists: [[]]), shape),
        accepts(wrapped(#"[{"d":"#, "}]"), PageLayout(lists: [[]]), shape),
        accepts(
            wrapped(#"[{"e":{"f":"#, #","g":[]}}]                                         "#), PageLayout(lists: [[]]),
            shape),
        accepts(wrapped(#"{"list":[],"x":"#, "}"), PageLayout(lists: [["list"]], scalars: [["x"]]), shape),
        accepts(wrapped(#"{"k":[["#, "]]}"), PageLayout(lists: [["list"]]), shape),
    ]
}

struct ConformanceTests {
    static let valid = [
        "null", "true", "false", "0", "-0", "1", "-1", "10", "1.5", "0.5", "-0.0", "1e5", "1E5", "1e+5", "1e-5",
        "1.5e300",
        "123456789012345678901234567890", "1e400", "-1e-400", "0e1", "0E+1", "0.1e1", "20e1", "123e45", "-123",
        #""""#, #""a""#, #""\"""#, #""\\""#, #""\/""#, #""\b\f\n\r\t""#, #""\u0061""#, #""\u00E9\u00e9""#,
        #""\ud83d\ude00""#, #""\ud800""#, #""\udc00""#, #""\udc00\ud800""#, #""\ud800\u0041""#, #""\u0000""#,
        #""\\u0000""#, #""\uD800\uD800\n""#, "\"\u{7F}\"", "\"é\"", "\"€\"", "\"😀\"", "\"\u{10FFFF}\"", "\"\u{FFFF}\"",
        "\"\u{2028}\u{2029}\u{85}\"", "\"\u{FEFF}\"", "\"\u{D7FF}\u{E000}\"", "\"\u{80}\u{7FF}\u{800}\"",
        "\"\u{10000}\"",
        "\"a string that is longer than a few machine words, to get into the fast loop\"", "\"1234567\"",
        "\"12345678\"",
        "\"exactly fifteen\"", "\"1234567\\n1234567\"", "\"1234567é1234567\"", "[]", "{}", "[ ]", "{ }", "[[]]", "[{}]",
        "[1]", "[1,2]", "[1 , 2]", "[[[[[[]]]]]]", #"{"a":1}"#, #"{"":0}"#, #"{"a":1,"a":2}"#, #"{"a":{"b":{"c":[]}}}"#,
        #"{ "a" : 1 , "b" : [ ] }"#, " 1 ", "\t\n\r 1\t\n\r ", "[\n1\r\n,\t2]", #"{"\u0061":1}"#, #"{"\ud800":1}"#,
        "[null,true,false,1,\"\"]", "[1,null,null,2]", "[-0.1e-1]", "{\"é\":\"é\"}",
        #"{"a":[{"b":[{"c":{}}]}],"d":{}}"#,
        "[\"\",\"\",\"\"]", #"[{"a":null},{"a":null}]"#, #"["2024-02-30T00:00:00.000Z"]"#,
        #""2024-01-01T00:00:00.000Z""#,
        "1.0",
    ]

    static let invalid = [
        "", " ", "\n", "nul", "nulll", "tru", "True", "truth", "fals", "falze", "NaN", "Infinity", "-Infinity",
        "undefined", "nan",
        "+1", "-", "--1", "01", "-01", "00", "1.", ".5", "-.5", "1.e5", "1e", "1e+", "1E-", "1.5.5", "1e5.5", "0x10",
        "1_000", "1,",
        "1a", "0a", "-a", "1 000", "1e5e5", "0.e1", "1-1", "1+1", "٣", "１", "\"", "\"a", "\"\\\"", "\"\\", "'a'",
        #""\a""#, #""\x41""#,
        #""\u""#, #""\u1""#, #""\u12""#, #""\u123""#, #""\u123g""#, #""\u 123""#, #""\U0041""#, #""\ud800\u""#,
        #""\ud800\u1""#,
        #""\ud800\x""#, #""\0""#, #""\'""#, #""\ ""#, "\"\\\n\"", "\"\\é\"", "\"\n\"", "\"\t\"", "\"\0\"", "\"\u{1F}\"",
        "\"abcdefg\n\"",
        "\"abcdefgh\u{1}ijklmnop\"", "\"a\" \"b\"", "\"a\"b", "a", "\\u0041", "[", "]", "[1", "[1,", "[,", "[,1]",
        "[1,]", "[1,,2]",
        "[1 2]", "[1;2]", "[1:2]", "[\"a\"", "[\"a\",", "[\"a\":1]", "[}", "{]", "[1}", "{1]", "[[]", "[]]", "[][]",
        "[1]x", "{", "}",
        "{}}", #"{"a""#, #"{"a":"#, #"{"a":1"#, #"{"a":1,"#, #"{"a":1,}"#, "{,}", #"{,"a":1}"#, #"{"a" 1}"#, #"{"a"}"#,
        #"{"a",1}"#,
        #"{"a"::1}"#, #"{"a":1:2}"#, #"{"a":1 "b":2}"#, #"{"a":1,,"b":2}"#, #"{"a":}"#, "{a:1}", "{'a':1}", "{1:1}",
        "{null:1}", "{[]:1}",
        #"{"a":1]"#, #"{"a":[}"#, #"{"a":[1}"#, "// x\n1", "/* x */1", "[1]/*x*/", "#1", "[1]#", "1 2", "[] {}",
        "{} []", "\u{B}1", "\u{C}1",
        "1\u{B}", "\u{A0}1", "\u{2028}1", "1\u{2060}", "[1\u{C}]", "[\u{B}1]", "\u{FEFF}1", "\u{FEFF}{}", "\u{FEFF}",
        "\0", "1\0", "[1]\0",
        "[\0]", "{\"a\"\0:1}", "<html></html>", "<null>", "(1)", "&", "~", "[-]", "[-1.]", "[1.0e]", "[+1]", "[0e]",
        "[0e+]", "[0.3e]",
        "[2.e+3]", "[2.e-3]", "[1e1.0]", "[012]", "[-012]", "[- 1]", "[1e 5]", "[1 .5]", "[.e1]", "[Inf]", "[-NaN]",
        "[0x]", "[1ea]",
        #"["a",]"#, #"[1,"#, "[1\n", "[\"a\n", "[\"", "[tru]", "[true", "[nul", "[fals", "[\"\\", "[\"\\u", "{\"",
        "{\"\\", "[\"\\\"]",
        #"{"a":true,}"#, #"{"a":/*c*/1}"#, #"{"a":1}/"#, #"{"a":1}//"#, #"{"a":1}#"#, #"{"a":1}{"b":2}"#, #"{"a":1}1"#,
        "{\"a\":1 b}",
        "[\"x\"\"y\"]", "[\"x\", truth]", "[\"\u{0}\"]", "[a", "[*]", "[\"\",", "[3[4]]", "[False]", "[True]", "[--2.]",
        "[1,\n1\n,1",
    ]

    /// Sequences that are not UTF-8, to stand inside a string.
    static let invalidUTF8: [[UInt8]] = [
        [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x20], [0xC3, 0x28], [0xC2, 0xC2],
        [0xE0, 0x80, 0x80],
        [0xE0, 0x9F, 0xBF], [0xE1, 0x80], [0xE1, 0x80, 0x20], [0xE2, 0x28, 0xA1], [0xED, 0xA0, 0x80],
        [0xED, 0xAF, 0xBF],
        [0xED, 0xB0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x90, 0x80],
        [0xF0, 0x90, 0x80, 0x20], [0xF0, 0x28, 0x8C, 0xBC], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80],
        [0xF7, 0xBF, 0xBF, 0xBF],
        [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFC, 0x84, 0x80, 0x80, 0x80, 0x80], [0xFE], [0xFF], [0xE9], [0xE2, 0x80],
        [0xC3, 0xA9, 0xFF],
        [0xF0, 0x9F, 0x98], [0xFF, 0xFE], [0xEF, 0xBB], [0xE0, 0xA0, 0xC0], [0xF1, 0x80, 0xC0, 0x80],
    ]

    @Test("A JSON text is accepted wherever it stands", arguments: valid)
    func accepts(text: String) {
        #expect(verdicts(Array(text.utf8)) == [true])
    }

    @Test("A text that is not JSON is rejected", arguments: invalid)
    func rejects(text: String) {
        #expect(throws: JSONError.self) {
            try PageScanner(layout: PageLayout(lists: []), shapes: []).scan(Array(text.utf8))
        }
        #expect(throws: JSONError.self) { try scanRoot(text) }
        #expect(throws: JSONError.self) { try scanRoot(text, RecordShape(types: ["a": .string], dropping: ["b.c"])) }
        #expect(!ReferenceJSON.accepts(Array(text.utf8)))
    }

    @Test("A text that is not JSON is rejected inside a record too", arguments: invalid)
    func rejectsInside(text: String) {
        // Wrapping heals the texts that only lack or have too much of something outside.
        for (head, tail) in [(#"[{"a":"#, "}]"), (#"{"x":[["#, "]]}"), (#"[{"z":{"y":"#, "}}]")] {
            let bytes = Array((head + text + tail).utf8)
            let accepted = (try? scanRoot(String(decoding: bytes, as: UTF8.self))) != nil
            #expect(accepted == ReferenceJSON.accepts(bytes))
        }
    }

    @Test("Bytes that are not UTF-8 are rejected in values and keys", arguments: invalidUTF8)
    func rejectsInvalidUTF8(sequence: [UInt8]) {
        for padding in ["", "abc", "seven77", "eight888", "some longer text before the bad bytes é"] {
            let bad = [UInt8(ascii: "\"")] + Array(padding.utf8) + sequence + [UInt8(ascii: "\"")]
            #expect(verdicts(bad) == [false])
            let key = Array("{".utf8) + bad + Array(":1}".utf8)
            #expect(verdicts(key) == [false])
        }
        #expect(verdicts(sequence) == [false])
    }

    @Test("Every way to cut a page short is rejected and reported as a text that ends too early")
    func rejectsEveryPrefix() throws {
        let text =
            #"{"list":[{"a":"é\ud83d\ude00\n","b":-1.5e+3,"c":[true,false,null,{}],"d":"2024-01-01T00:00:00.000Z"}]}"#
        let scanner = PageScanner(
            layout: PageLayout(lists: [["list"]]), shapes: [RecordShape(types: ["d": .timestamp], probing: ["b"])])
        let bytes = Array(text.utf8)
        for length in 0..<bytes.count {
            let error = #expect(throws: JSONError.self) { try scanner.scan(Array(bytes[..<length])) }
            #expect(error?.offset ?? .max <= length)
        }
        #expect(try scanner.scan(bytes).count(list: 0) == 1)
    }

    @Test("The nesting limit is exact for arrays, objects and records")
    func limitsDepth() throws {
        let limit = JSONLimits.depth
        func arrays(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        func objects(_ depth: Int) -> String {
            String(repeating: #"{"a":"#, count: depth) + "1" + String(repeating: "}", count: depth)
        }
        let shapes = [RecordShape(types: [:]), RecordShape(types: [:], dropping: ["a.a"])]
        for shape in shapes {
            for text in [arrays(limit), objects(limit)] { #expect(throws: Never.self) { try scanRoot(text, shape) } }
            for text in [arrays(limit + 1), objects(limit + 1), objects(limit - 1).replacing("1", with: "[[]]")] {
                let error = #expect(throws: JSONError.self) { try scanRoot(text, shape) }
                #expect(error?.reason == .tooDeep)
            }
        }
    }

    @Test(
        "A hundred thousand opening brackets are an error, not a crash",
        arguments: ["[", #"{"a":"#, #"[{"a":"#, #"{"":["#])
    func survivesHostileNesting(opening: String) {
        let text = String(repeating: opening, count: 100_000)
        #expect(throws: JSONError.self) { try scanRoot(text) }
        #expect(throws: JSONError.self) { try JSON(parsing: text) }
    }

    @Test("An error tells the rule and the place but none of the content")
    func describesErrors() {
        let error = #expect(throws: JSONError.self) { try scanRoot(#"{"secret":"hunter2",}"#) }
        #expect(error?.offset == 20)
        #expect(error.map(String.init(describing:)) == "not valid JSON: a byte that does not belong there (byte 20)")
    }

    @Test(
        "Each broken rule has its own reason",
        arguments: [
            ("[01]", JSONError.Reason.invalidNumber), ("[1.]", .invalidNumber), ("[nope]", .invalidLiteral),
            ("[1", .unexpectedEnd),
            (#"["\x"]"#, .invalidEscape), ("[\"\n\"]", .controlCharacter), ("1 2", .trailingBytes),
            ("\u{FEFF}1", .byteOrderMark),
            ("[1}", .unexpectedByte), ("", .unexpectedEnd),
        ])
    func namesReasons(text: String, reason: JSONError.Reason) {
        let error = #expect(throws: JSONError.self) { try scanRoot(text) }
        #expect(error?.reason == reason)
    }
}
