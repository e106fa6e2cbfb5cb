import RocketChatAPI
import Testing

struct ServerAddressTests {
    @Test(
        "The endpoint is accepted in every usual form",
        arguments: [
            ("https://chat.example.org", "https://chat.example.org"),
            ("https://chat.example.org/", "https://chat.example.org"),
            (" https://chat.example.org/api/v1/\n", "https://chat.example.org"),
            ("https://chat.example.org/api", "https://chat.example.org"),
            ("http://localhost:3000/api/v1", "http://localhost:3000"),
            ("https://example.org/team/chat/", "https://example.org/team/chat"),
            ("https://example.org/team//chat/api/v1", "https://example.org/team/chat"),
            ("HTTPS://Chat.Example.ORG:8443/api/", "https://chat.example.org:8443"),
            ("https://[2001:db8::1]:8443/chat", "https://[2001:db8::1]:8443/chat"),
            ("https://[::1]", "https://[::1]"),
            ("https://example.org/büro", "https://example.org/b%C3%BCro"),
        ])
    func accepts(endpoint: String, address: String) throws {
        #expect(try ServerAddress(endpoint).description == address)
    }

    @Test(
        "An unusable endpoint is refused with a reason",
        arguments: [
            ("", "empty"), ("   ", "empty"), ("chat.example.org", "https://chat.example.org"),
            ("ftp://example.org", "scheme"), ("https://", "host"), ("https://user:pass@example.org", "user name"),
            ("https://example.org/?a=b", "query"), ("https://example.org/#top", "fragment"),
            ("https://example.org:0", "port"), ("https://example.org:99999", "port"), ("https://exa mple.org", "host"),
            ("https://example.org/../x", "dots"), ("https://[::1", "bracket"), ("https://example.org:", "port"),
        ])
    func refuses(endpoint: String, reason: String) {
        let error = #expect(throws: OptionError.self) { try ServerAddress(endpoint) }
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("pass") != true || !endpoint.contains("pass@") || reason == "user name")
    }

    @Test("URLs are built below /api with the query percent-encoded")
    func buildsURLs() throws {
        let address = try ServerAddress("https://example.org/chat/")
        #expect(address.url(path: "info") == "https://example.org/chat/api/info")
        let query = [("types[]", "c"), ("sort", #"{"_id":1}"#), ("text", "a&b=ü +#")]
        #expect(
            address.url(path: "v1/rooms.adminRooms", query: query)
                == "https://example.org/chat/api/v1/rooms.adminRooms"
                + "?types%5B%5D=c&sort=%7B%22_id%22%3A1%7D&text=a%26b%3D%C3%BC%20%2B%23")
    }
}
