import JSONBytes
import Testing

@Suite struct TextSearchTests {
    @Test func findsTheFirst() throws {
        let text = "a://b://c"
        let found = try #require(text.firstRange(of: "://"))
        #expect(text[..<found.lowerBound] == "a")
        #expect(text[found.upperBound...] == "b://c")
        #expect("ab".firstRange(of: "abc") == nil)
        #expect("aab".firstRange(of: "ab")?.lowerBound == "aab".index(after: "aab".startIndex))
        #expect("ab".firstRange(of: "")?.isEmpty == true)
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
