import Testing

@testable import RocketChatAPI

/// What messages quote of answers that are none: words of a gateway, never rows of people.
struct QuotationTests {
    private func quotation(_ body: String, status: Int = 206) -> String {
        ErrorBody(HTTPResponse(status: status, body: Array(body.utf8))).quotation
    }

    @Test(
        "What begins like JSON and is none, or too long, is not quoted",
        arguments: [
            #"{"messages":[{"msg":"between us"},"#, "\u{FEFF}{\"messages\":[{\"msg\":\"between us\"}]}",
            #"[{"msg":"between us"}"#,
            " \n{\"msg\":\"between us\"",
            "{\"msg\":\"between us\",\"pad\":\"\(String(repeating: "x", count: 70_000))\"}",
        ])
    func rowsStay(body: String) {
        #expect(quotation(body) == "")
    }

    @Test("Words of a gateway are quoted")
    func wordsAreQuoted() {
        #expect(quotation("404 page not found\n", status: 404) == ": “404 page not found”")
        #expect(quotation(#"{"message":"Forbidden"}"#, status: 403) == ": “Forbidden”")
    }
}
