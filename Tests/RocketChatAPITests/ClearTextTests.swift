import Testing

@testable import RocketChatAPI

/// Where the token would cross a network in clear text.
struct ClearTextTests {
    @Test(arguments: [
        "http://chat.example.com", "http://10.1.2.3:3000", "http://127.0.0.1.example.com", "http://[fe80::1]",
        "http://1270.0.0.1",
    ])
    func anotherMachineIsWarnedOf(endpoint: String) throws {
        #expect(try ServerAddress(endpoint).clearTextDoubt?.contains("clear text") == true)
    }

    @Test(arguments: [
        "https://chat.example.com", "http://localhost:3000", "http://LOCALHOST", "http://127.0.0.1",
        "http://127.9.9.9:1",
        "http://[::1]:3000", "http://rocketchat:3000", "http://chat.localhost",
    ])
    func thisMachineAndContainersBesideItAreNot(endpoint: String) throws {
        #expect(try ServerAddress(endpoint).clearTextDoubt == nil)
    }
}
