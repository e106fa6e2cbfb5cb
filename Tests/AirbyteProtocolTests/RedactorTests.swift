import AirbyteProtocol
import Testing

/// What strangers say, as people and the database get to see it.
struct RedactorTests {
    @Test(arguments: [
        ("\u{1B}[31mred\u{1B}[0m", "red"), ("\u{1B}]0;title\u{07}x", "x"),
        ("\u{1B}]8;;http://evil\u{1B}\\link\u{1B}]8;;\u{1B}\\", "link"),
        ("\u{9B}2Jx", "x"), ("\u{9D}0;t\u{9C}x", "x"), ("\u{1B}P1$q\u{1B}\\x", "x"),
        ("\u{1B}]never ended", "never ended"),
        ("a\u{8}b\u{7F}c\u{0}d", "abcd"), ("a\tb", "a\tb"), ("\u{1B}(0x", "x"), ("\u{1B}cx", "x"), ("\u{1B}", ""),
        ("x\u{1B}[", "x"),
        ("\u{202E}live\u{202C}\u{2066}x\u{2069}\u{200F}", "livex"), ("a\u{200B}b\u{FEFF}c\u{AD}d\u{E0041}", "abcd"),
        ("one\r\ntwo\rthree\u{85}four\u{2028}five\n\nsix", "one two three four five six"), ("\u{1B}\u{1B}[31mx", "x"),
        ("caf\u{E9} \u{1F600} \u{5D0}", "caf\u{E9} \u{1F600} \u{5D0}"),
    ])
    func holdsNothingThatATerminalObeys(text: String, shown: String) {
        #expect(Redactor()(text) == shown)
        #expect(
            !Redactor()("\u{1B}" + text).unicodeScalars.contains {
                $0.value < 0x20 && $0 != "\t" || 0x7F...0x9F ~= $0.value
            })
    }

    private static let secret = "s3cr/t+k\u{E9}y\"\\ %2F\u{1F600}"

    @Test(arguments: [
        secret, "s3cr%2Ft%2Bk%C3%A9y%22%5C%20%252F%F0%9F%98%80", "s3cr%2ft%2bk%c3%a9y%22%5c+%252F%f0%9f%98%80",
        #"s3cr\/t+k\u00e9y\"\\ %2F\ud83d\ude00"#, #"s3cr/t+k\u00E9y\\\"\\\\ %2F\\ud83d\\ude00"#,
        #"s3cr/t+k\xc3\xa9y\"\\ %2F\xf0\x9f\x98\x80"#,
        "s3cr\u{1B}[0m/t+k\u{E9}y\"\\ %2F\u{1F600}", "s3c\u{200B}r/t+k\u{E9}y\"\u{8}\\ %2F\u{1F600}",
        "s3cr/t+k\u{E9}y\"\\ %2F\u{1F600}\u{301}",
        #"%73%33cr\u002ft+k\u00e9y\u0022\u005c\u0020%2F\uD83D\uDE00"#,
    ])
    func hidesSecretsHoweverTheyAreWritten(text: String) {
        let shown = Redactor([Self.secret])("before \(text) behind")
        // Scalar by scalar: an accent that is left stands on the last asterisk.
        let scalars = shown.unicodeScalars.filter { $0 != "\u{301}" }.map(Character.init)
        #expect(String(scalars) == "before *** behind", "\(shown)")
    }

    @Test func leavesEverythingElse() {
        let mask = Redactor(["abc%", "q", "a longer one", "abc"])
        for text in ["ab", "100% \\ abd %61b \\", "%", "\\u00", "q", "\\x6", "a longer"] { #expect(mask(text) == text) }
        #expect(mask("abcabc%25abc%") == "*********")
        #expect(mask("a longer", isCut: true) == "***")
        #expect(
            Redactor(["line one of it\nline two\nx=="])("a line two b line one of it\nline two\nx== c")
                == "a *** b *** c")
    }

    @Test func aLongTextIsCutBehindItsSecretsAndBetweenItsCharacters() {
        let redactor = Redactor(["t0ken-t0ken"])
        #expect(redactor("abc t0ken-t0ken def", limit: 7) == "abc ***…")
        #expect(redactor("abc t0ken-t0ken", limit: 7) == "abc ***")
        #expect(redactor("a\u{E9}\u{1F600}", limit: 6) == "a\u{E9}…")
        #expect(redactor("one\ntwo", lineBreak: "\n    ", limit: 9) == "one\n    t…")
    }
}
