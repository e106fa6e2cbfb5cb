import Testing

@testable import RocketChatAPI

/// Host names beyond ASCII.
struct PunycodeTests {
    @Test(
        "A name becomes what registrars write (samples of RFC 3492 §7.1 and of registered names)",
        arguments: [
            ("chat.example.org", "chat.example.org"), ("münchen.example", "xn--mnchen-3ya.example"),
            ("Bücher.Example", "xn--bcher-kva.example"), ("straße.example", "xn--strae-oqa.example"),
            ("пример.example", "xn--e1afmkfd.example"), ("例え。テスト", "xn--r8jz45g.xn--zckzah"),
            ("他们为什么不说中文", "xn--ihqwcrb4cv8a8dqg056pqjye"), ("xn--mnchen-3ya.example", "xn--mnchen-3ya.example"),
            ("3年b組金八先生", "xn--3b-ww4c5e180e575a65lsy2b"), ("chat.münchen.example", "chat.xn--mnchen-3ya.example"),
        ])
    func encodes(name: String, ascii: String) throws {
        #expect(Punycode.host(name) == ascii)
        #expect(try ServerAddress("https://\(name):8443/x").description == "https://\(ascii):8443/x")
    }

    @Test(
        "What would have to be normalised first is refused with the way out",
        arguments: ["mu\u{308}nchen.example", "a😀.example"])
    func refuses(name: String) {
        #expect(Punycode.host(name) == nil)
        let error = #expect(throws: OptionError.self) { try ServerAddress("https://\(name)") }
        #expect(error?.message.contains("beginning with xn--") == true)
    }
}
