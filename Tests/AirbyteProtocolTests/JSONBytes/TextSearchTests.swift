import JSONBytes
import Testing

@Suite struct TextSearchTests {
    @Test func findsTheFirst() {
        let text = "a://b://c"
        #expect(text.firstRange(of: "://").map { text[..<$0.lowerBound] + "|" + text[$0.upperBound...] } == "a|b://c")
        #expect("ab".firstRange(of: "abc") == nil)
        #expect("aab".firstRange(of: "ab").map { String("aab"[$0]) } == "ab")
        #expect("ab".firstRange(of: "").map { $0.isEmpty } == true)
    }

    /// Characters would hide it: the mark makes one of itself and the letter before.
    @Test func findsWhatACombiningMarkFollows() {
        #expect("token secret\u{301}".contains("secret"))
        #expect("a\r\nb".contains("\n"))
        #expect("token secret\u{301}.".replacing("secret", with: "…") == "token …\u{301}.")
    }

    @Test func replacesEach() {
        #expect("a\\nb\\n".replacing("\\n", with: "\n") == "a\nb\n")
        #expect("aaa".replacing("aa", with: "b") == "ba")
        #expect("none".replacing("x", with: "y") == "none")
        #expect("xé"[...].replacing("x", with: "éx") == "éxé")
    }
}
