import JSONBytes
import RocketChatAPI
import Testing

struct ServerVersionTests {
    @Test(
        "Versions are read in all forms",
        arguments: [
            ("8.6.1", 8, 6, 1, nil), ("6.4", 6, 4, nil, nil), ("8.7.0-rc.2", 8, 7, 0, "rc.2"),
            ("9.0.0-develop", 9, 0, 0, "develop"), (" 3.18.2\n", 3, 18, 2, nil),
        ] as [(String, Int, Int, Int?, String?)])
    func reads(text: String, major: Int, minor: Int, patch: Int?, suffix: String?) throws {
        let version = try #require(ServerVersion(text))
        #expect(version.major == major)
        #expect(version.minor == minor)
        #expect(version.patch == patch)
        #expect(version.suffix == suffix)
        #expect(version.description == text.filter { !$0.isWhitespace })
    }

    @Test(
        "Other texts are no versions", arguments: ["", "8", "8.", "8.x", "v8.6", "1.2.3.4", "-1.2", "8..1", "8.6.1 x"])
    func refuses(text: String) {
        #expect(ServerVersion(text) == nil)
    }

    @Test("Order goes by major and minor alone")
    func orders() throws {
        #expect(ServerVersion(6, 13) < ServerVersion(7, 0))
        #expect(ServerVersion(7, 10) > ServerVersion(7, 9))
        #expect(try #require(ServerVersion("7.3.2")) == ServerVersion(7, 3))
        #expect(try #require(ServerVersion("8.0.0-rc.1")) >= ServerVersion(8, 0))
    }

    @Test(
        "The version is found in every shape of /api/info",
        arguments: [
            (#"{"version":"3.18.2","success":true}"#, "3.18.2"),
            (#"{"info":{"version":"3.18.2","build":{"date":"x"}},"success":true}"#, "3.18.2"),
            (#"{"version":"6.4","success":true}"#, "6.4"),
            (#"{"version":"7.5","minimumClientVersions":{"desktop":"3"},"success":true}"#, "7.5"),
            (#"{"version":"8.6.1","info":{"version":"8.6.1-rc.0","commit":{}},"success":true}"#, "8.6.1-rc.0"),
            (#"{"version":"8.6.1","info":{"version":null},"success":true}"#, "8.6.1"),
            (#"{"success":true}"#, nil), (#"{"version":8,"info":"x","success":true}"#, nil),
        ] as [(String, String?)])
    func readsInfo(body: String, version: String?) throws {
        let info = ServerInfo(try JSON(parsing: Array(body.utf8)))
        #expect(info.version?.description == version)
    }
}
