import AirbyteProtocol
import Testing

@testable import JSONBytes

/// Strings are read in blocks: what stands where in a block, and how far away the page ends, must not matter.
struct StringBlockTests {
    /// Whether a string with these bytes is taken, at the end of a page and far from it, as a value and as a key.
    private func verdicts(_ bytes: [UInt8]) -> Set<Bool> {
        let quote = [UInt8(ascii: "\"")]
        let string = quote + bytes + quote
        let far = [UInt8](repeating: UInt8(ascii: " "), count: 40)
        let pages = [
            string, string + far, Array("[{\"x\":".utf8) + string + Array("}]".utf8) + far,
            Array("[[{".utf8) + string + Array(":0}]]".utf8), Array("{".utf8) + string + Array(":0}".utf8) + far,
        ]
        let scanner = PageScanner(layout: PageLayout(lists: [[]]), shapes: [RecordShape(types: [:])])
        return Set(pages.map { (try? scanner.scan($0)) != nil })
    }

    @Test("A byte means the same at each place of a block")
    func readsEachPlace() {
        for length in 0..<36 {
            let plain = [UInt8](repeating: UInt8(ascii: "~"), count: length)
            #expect(verdicts(plain) == [true])
            for tail in [0, 1, 7, 17] {
                let after = [UInt8](repeating: UInt8(ascii: "!"), count: tail)
                for byte in [0x1F, 0x00, 0x0A, 0x80, 0xBF, 0xFF, 0xC0] as [UInt8] {
                    #expect(verdicts(plain + [byte] + after) == [false], "\(byte) after \(length)")
                }
                for text in ["\\n", "\\\"", "\\\\", "\\u00e9", "é", "€", "😀", "\u{7F}", " ", "#", "[", "]"] {
                    #expect(verdicts(plain + text.utf8 + after) == [true], "\(text) after \(length)")
                }
                #expect(verdicts(plain + [0x22] + after) == [false], "a quote after \(length)")
            }
        }
    }

    @Test("Exactly the well-formed sequences of UTF-8 are taken", arguments: 0x80...0xFF as ClosedRange<UInt8>)
    func judgesUTF8(lead: UInt8) {
        let others: [UInt8] = [0x20, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xA8, 0xBF, 0xC0, 0xFF]
        for second in others {
            for third in [0x21, 0x80, 0xA9, 0xBF, 0xC2] as [UInt8] {
                for fourth in [0x7A, 0x80, 0xBF, 0xE0] as [UInt8] {
                    let bytes = [lead, second, third, fourth]
                    let isText = String(validating: bytes, as: UTF8.self) != nil
                    #expect(verdicts(bytes) == [isText], "\(bytes)")
                }
            }
            let isText = String(validating: [lead, second], as: UTF8.self) != nil
            #expect(verdicts([lead, second]) == [isText])
        }
        #expect(verdicts([lead]) == [false])
    }

    @Test("The characters to be rewritten are found among others", arguments: ["\u{85}", "\u{2028}", "\u{2029}"])
    func marksRewriting(character: String) throws {
        let escape = ["\u{85}": #"\u0085"#, "\u{2028}": #"\u2028"#, "\u{2029}": #"\u2029"#][character] ?? ""
        for before in ["", "é", "漢字", "😀😀", "plain", "fifteen letters", "sixteen letters!", "\u{84}\u{2027}\u{202A}"] {
            for after in ["", "é", " and more plain text behind it"] {
                let text = #"{"a":"\#(before)\#(character)\#(after)"}"#
                #expect(try emitted(text) == #"{"a":"\#(before)\#(escape)\#(after)"}"#)
                #expect(try emitted("[\(text)                    ]") == #"{"a":"\#(before)\#(escape)\#(after)"}"#)
            }
        }
    }
}
