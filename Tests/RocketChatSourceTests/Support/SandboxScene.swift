import AirbyteProtocol
import RocketChatSandbox
import TestSupport
import Testing

@testable import JSONBytes
@testable import RocketChatSource

/// A sandbox, the way to it and its time.
struct SandboxScene {
    let clock = VirtualClock()
    let sandbox: Sandbox
    let transport: SandboxTransport

    init(version: String = "8.6.1", limit: RateLimit? = nil, seed: UInt64 = 1) {
        var options = SandboxOptions()
        options.version = version
        options.seed = seed
        options.limit = limit
        options.users = 25
        options.rooms = 8
        options.messages = 300
        sandbox = SandboxTransport.sandbox(options, at: clock)
        transport = SandboxTransport(sandbox, clock: clock)
    }

    func configuration(_ role: String) throws -> String {
        let account = try #require(sandbox.accounts[role])
        return ConnectorRun.configuration(token: account.token, userID: account.userID)
    }

    func discover(_ role: String) async throws -> ConnectorRun {
        try await ConnectorRun.discover(transport, clock: clock, configuration: try configuration(role))
    }

    func read(
        _ streams: [StreamDefinition], as role: String, mode: SyncMode = .incremental, states: [JSON] = []
    ) async throws -> ConnectorRun {
        try await ConnectorRun.read(
            streams, transport, clock: clock, mode: mode, states: states,
            configuration: try configuration(role))
    }
}
