import AirbyteProtocol
import RocketChatAPI
import TestSupport

@testable import JSONBytes
@testable import RocketChatSandbox
@testable import RocketChatSource

/// What a sync costs under the server's rate limit, in virtual time.
struct PaceMeasurement {
    /// What one run cost.
    struct Cost: Sendable {
        /// Requests by route, without those of other runs.
        let requests: [String: Int]
        /// 429 answers.
        let refusals: Int
        /// Virtual milliseconds from the first request to the last answer.
        let duration: Int64
        /// RECORD lines.
        let records: Int
        /// STATE lines of `messages`.
        let stateLines: Int
        /// Bytes of the last STATE of `messages`.
        let stateBytes: Int
        /// The STATE messages to go on from.
        let states: [JSONBytes.JSON]

        /// The least that these requests can take under 10 calls a minute and route: a window's ten calls can be made at
        /// once, so the slowest route opens ⌈n / 10⌉ windows one after another, and the last of them ends with its calls.
        var least: Int64 { Int64(((requests.values.max() ?? 1) + 9) / 10 - 1) * 60_000 }
    }

    let sandbox: Sandbox
    let clock = VirtualClock()
    private let account: Account

    /// A workspace read by an account without `api-bypass-rate-limit`.
    init(users: Int, rooms: Int, messages: Int) {
        var options = SandboxOptions()
        options.users = users
        options.rooms = rooms
        options.messages = messages
        options.omnichannel = false
        // Time moves with the virtual clock alone.
        options.timeStep = 0
        options.clock = .manual(clock.now())
        sandbox = Sandbox(options)
        account = sandbox.accounts.user
    }

    /// Rooms whose messages the account may read now.
    var readableRooms: Set<String> {
        Set(sandbox.roomHomes(for: account).filter(\.value.hasReadableMessages).keys)
    }

    /// Lets an hour pass, so that no window of an earlier run is open.
    func rest() { pass(3_600_000) }

    /// Lets time pass on both sides.
    func pass(_ milliseconds: Int64) {
        clock.advance(by: milliseconds)
        sandbox.advance(milliseconds: max(0, clock.now() - sandbox.now))
    }

    /// Reads streams and says what it took. Every answer takes 20 ms.
    func read(
        _ streams: [StreamDefinition], states: [JSONBytes.JSON] = [], roomScan: String = "all"
    ) async throws -> Cost {
        sandbox.clearRequestLog()
        let start = clock.now()
        let transport = LivingTransport(sandbox, clock: clock, ahead: 0, latency: 40, stepTime: 1, seed: 1)
        let run = try await ConnectorRun.read(
            streams, transport, clock: clock, states: states,
            configuration: """
                {"endpoint":"https://chat.example.com","token":"\(account.token)","user_id":"\(account.userID)",\
                "room_scan":"\(roomScan)","concurrency":8}
                """)
        guard run.code == .ok else { throw Failure(errors: run.errors()) }
        let log = sandbox.requestLog
        let requests = Dictionary(grouping: log, by: { $0.route ?? $0.path }).mapValues(\.count)
        return Cost(
            requests: requests, refusals: log.count { $0.status == 429 }, duration: clock.now() - start,
            records: streams.reduce(0) { $0 + run.records(of: $1).count },
            stateLines: run.states(of: messagesStream).count,
            stateBytes: run.states(of: messagesStream).last.map(\.text.utf8.count) ?? 0, states: run.lastStates)
    }

    struct Failure: Error { let errors: [String] }
}
