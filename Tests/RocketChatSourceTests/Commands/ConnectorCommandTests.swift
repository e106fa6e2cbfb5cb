import Testing

@testable import RocketChatSource

@Suite struct ConnectorCommandTests {
    @Test(arguments: [
        (["spec"], ConnectorCommand.spec), (["--", "spec"], .spec), (["spec", "--debug"], .spec),
        (["check", "--config", "c"], .check(config: "c")), (["--config=c", "check"], .check(config: "c")),
        (["discover", "--config", "c"], .discover(config: "c")),
        (["read", "--config", "c", "--catalog", "k"], .read(config: "c", catalog: "k", state: nil)),
        (["read", "--state=s", "--catalog", "k", "--config=c"], .read(config: "c", catalog: "k", state: "s")),
        (["read", "--config", "c", "--catalog", "k", "--state", ""], .read(config: "c", catalog: "k", state: nil)),
        (["--help"], .help), (["read", "--version"], .version),
    ])
    func understands(arguments: [String], expected: ConnectorCommand) throws {
        #expect(try ConnectorCommand.parse(arguments).command == expected)
    }

    @Test(arguments: [
        [], ["write"], ["check"], ["read", "--config", "c"], ["check", "--config"], ["check", "--config", ""],
        ["spec", "--colour"], ["spec", "again"],
    ])
    func refusesWithASentence(arguments: [String]) {
        let error = #expect(throws: ConnectorCommand.UsageError.self) { try ConnectorCommand.parse(arguments) }
        #expect(error?.message.isEmpty == false)
    }

    @Test func debugMayStandAnywhere() throws {
        #expect(try ConnectorCommand.parse(["--debug", "spec"]).isVerbose)
    }
}
