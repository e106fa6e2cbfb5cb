import AirbyteProtocol
import JSONBytes
import RocketChatAPI
import TestSupport
import Testing

@testable import RocketChatSandbox
@testable import RocketChatSource

/// A small workspace, a copy of its messages, and the runs between them. No limiter: time is not the matter here.
struct Stage {
    let sandbox: Sandbox
    let clock = VirtualClock()
    let transport: LivingTransport
    let account: Account
    var copy = Copy()
    var sizes = RequestSizes()
    var overlapSeconds = 0
    var roomScan = "all"
    var requestTimeoutSeconds = 120
    /// Unix ms.
    var startDate: Int64?

    /// A workspace of `messages` messages read by the account of `role`. `latency` is the longest time of an answer, ms.
    init(
        version: String = "8.6.1", role: String = "user", messages: Int = 60, latency: Int = 1,
        _ change: (inout SandboxOptions) -> Void = { _ in }
    ) throws {
        var options = SandboxOptions()
        options.version = version
        options.users = 6
        options.rooms = 3
        options.messages = messages
        options.limit = nil
        options.omnichannel = false
        options.timeStep = 0
        options.clock = .manual(clock.now())
        change(&options)
        sandbox = Sandbox(options)
        account = try #require(sandbox.accounts[role])
        transport = LivingTransport(sandbox, clock: clock, ahead: 0, latency: latency, stepTime: 1, seed: 7)
    }

    /// The user at work.
    var me: String { account.userID }

    /// A fresh channel with messages of the account and of another user, which the account is in; its id.
    func room(_ name: String, isPrivate: Bool = false, messages: Int = 5) -> String {
        let other = sandbox.accounts.agent.userID
        let room = sandbox.createRoom(name, isPrivate: isPrivate, by: other, members: [me])
        for number in 0..<messages {
            wait(10)
            sandbox.post(in: room, by: number % 2 == 0 ? me : other, text: "\(name) \(number)")
        }
        return room
    }

    /// Lets time pass on both sides.
    func wait(_ milliseconds: Int64) {
        clock.advance(by: milliseconds)
        sandbox.advance(milliseconds: max(0, clock.now() - sandbox.now))
    }

    /// Runs the connector from the copy's state, while `events` happen; nothing is landed.
    func run(killAt: Int? = nil, events: [TimedEvent] = []) async throws -> KillableRun.Result {
        wait(2000)
        return try await KillableRun(
            clock: clock, transport: transport,
            configuration: """
                {"endpoint":"https://chat.example.com","token":"\(account.token)","user_id":"\(me)",\
                "overlap_seconds":\(overlapSeconds),"room_scan":"\(roomScan)",\
                "request_timeout_seconds":\(requestTimeoutSeconds),\
                "start_date":\(startDate.map { "\"\(Timestamp.text($0))\"" } ?? "null")}
                """,
            catalog: #"{"streams":[{"stream":{"name":"messages","json_schema":{}},"sync_mode":"incremental"}]}"#,
            sizes: sizes, seed: 1
        ).read(state: copy.stateFile, killAt: killAt, events: events)
    }

    /// Runs the connector to its end and lands everything.
    @discardableResult
    mutating func sync() async throws -> RunOutput {
        let result = try await run()
        #expect(result.code == .ok, "\(String(decoding: result.bytes, as: UTF8.self).split(separator: "\n").suffix(4))")
        let output = RunOutput(result.bytes)
        #expect(output.faults.isEmpty)
        #expect(output.repeatedKeys.isEmpty)
        copy.land(output, extra: .max, replacing: [])
        return output
    }

    /// Ids in the copy.
    var ids: Set<String> { Set((copy.rows["messages"] ?? [:]).keys) }

    /// Ids that are to be seen.
    var truth: Set<String> { Set(sandbox.truth(.messages, for: account).keys) }

    /// Whether the copy is the truth, to the last member.
    var isTrue: Bool { TruthRows("messages", sandbox, account).differences(copy.documents("messages")).isEmpty }

    /// Queries of the requests to `chat.syncMessages`.
    var syncQueries: [String] {
        sandbox.requestLog.filter { $0.route == "chat.syncMessages" }.map(\.query)
    }
}
