import Testing

@testable import RocketChatAPI

struct CredentialsTests {
    @Test("Pasted white space around the values is dropped")
    func trims() throws {
        let credentials = try Credentials(token: " abc-DEF_1\n", userID: "\tu1 ")
        #expect(credentials.token == "abc-DEF_1")
        #expect(credentials.userID == "u1")
    }

    @Test(
        "Values that could not be a header are refused without being quoted", arguments: ["", "a b", "a\r\nX: y", "ä"])
    func refuses(value: String) {
        let error = #expect(throws: OptionError.self) { try Credentials(token: value, userID: "u") }
        #expect(error?.message.contains("X: y") == false)
        #expect(throws: OptionError.self) { try Credentials(token: "t", userID: value) }
    }

    @Test("Nothing that prints or dumps them shows them")
    func hides() throws {
        let credentials = try Credentials(token: "secret-token", userID: "secret-user")
        var dumped = ""
        dump([credentials], to: &dumped)
        for text in ["\(credentials)", String(reflecting: credentials), "\(["x": credentials])", dumped] {
            #expect(!text.contains("secret"))
        }
    }
}
