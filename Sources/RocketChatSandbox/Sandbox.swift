import Synchronization

/// A Rocket.Chat server without a network: a workspace that lives, answered through the REST API's own rules.
///
/// Everything it does follows from the options: the same seed, the same calls and a manual clock give the same answers.
package final class Sandbox: Sendable {
    /// The accounts whose tokens are known.
    package let accounts: Accounts
    /// What it was laid out with.
    package let options: SandboxOptions
    private let routes: RouteTable
    private let state: Mutex<SandboxState>

    /// Lays out a workspace; half a million messages take a few seconds in a release build.
    package init(_ options: SandboxOptions) {
        let clock = ServerTime(options.clock)
        let (workspace, accounts) = Founding.found(options, now: clock.now)
        self.accounts = accounts
        self.options = options
        routes = RouteTable(workspace.version)
        state = Mutex(SandboxState(workspace: workspace, clock: clock, seed: options.seed))
    }

    /// Answers one request; safe to call from any thread.
    package func handle(_ request: SandboxRequest) -> SandboxResponse {
        if let answer = Control.answer(request, by: self) { return answer }
        return state.withLock { state in
            var exchange = Exchange(request: request, options: options, routes: routes)
            return exchange.answer(&state)
        }
    }

    /// Lets the workspace live for some steps: each is one post, edit, reaction, deletion, rename, join or the like.
    package func live(steps: Int) {
        let isManual = if case .manual = options.clock { true } else { false }
        let longest = options.timeStep ?? (isManual ? 2000 : 0)
        for _ in 0..<steps {
            state.withLock { state in
                if longest > 0 {
                    state.clock.advance(Int64(state.workspace.random.below(Int(longest))) + 1)
                }
                var skew: Int64 = 0
                if options.stampSkew != 0...0 {
                    let width = Int(options.stampSkew.upperBound - options.stampSkew.lowerBound)
                    skew = options.stampSkew.lowerBound + Int64(state.workspace.random.below(width + 1))
                }
                state.workspace.live(accounts: accounts, at: state.clock.now + skew)
            }
        }
    }

    /// What the account may see, by `_id`, each as canonical JSON; `Truth` says what canonical means.
    package func truth(_ stream: TruthStream, for account: Account) -> [String: String] {
        state.withLock { state in
            guard let user = state.workspace.user(account.userID) else { return [:] }
            var truth = Truth(workspace: state.workspace, user: user, cache: state.truths)
            state.truths = TruthCache()
            defer { state.truths = truth.cache }
            return truth.documents(stream)
        }
    }

    /// Moves the clock, the manual one or the machine's as the sandbox sees it.
    package func advance(milliseconds: Int64) {
        state.withLock { $0.clock.advance(milliseconds) }
    }

    /// The sandbox's time, Unix milliseconds.
    package var now: Int64 {
        state.withLock { $0.clock.now }
    }

    /// Injects a fault; several strike in the order of their injection.
    package func inject(_ fault: Fault) {
        state.withLock { $0.faults.append(fault) }
    }

    /// Takes every fault back.
    package func clearFaults() {
        state.withLock { $0.faults = [] }
    }

    /// Every request answered so far; the latest hundred thousand are kept.
    package var requestLog: [LoggedRequest] {
        state.withLock { $0.log }
    }

    /// Forgets the requests answered so far.
    package func clearRequestLog() {
        state.withLock { $0.log = [] }
    }

    /// Ids of rooms that exist only because an `im.*` read named a user instead of a room. A connector leaves it empty.
    package var accidentalRooms: [String] {
        state.withLock { $0.workspace.accidentalRooms }
    }

    /// Changes server settings; the limiter starts afresh, as on the server.
    package func configure(_ change: (inout SandboxSettings) -> Void) {
        state.withLock { state in
            change(&state.workspace.settings)
            state.limiter = Limiter(at: state.clock.now)
        }
    }

    /// Changes the workspace directly, at the clock's time.
    func change<Result: Sendable>(_ change: (inout Workspace, Int64) -> Result) -> Result {
        state.withLock { state in change(&state.workspace, state.clock.now) }
    }

    /// Whether an injected restart keeps the server down, so that connections are refused.
    var isDown: Bool {
        state.withLock { $0.clock.now < $0.downUntil }
    }
}

/// What the sandbox's lock guards.
struct SandboxState: Sendable {
    /// The documents.
    var workspace: Workspace
    /// The time.
    var clock: ServerTime
    /// The limiter's windows.
    var limiter: Limiter
    /// Faults that wait for a request.
    var faults: [Fault] = []
    /// Randomness of faults that strike by chance.
    var chance: SeededRandom
    /// Unix milliseconds until which the server is down.
    var downUntil: Int64 = .min
    /// Texts the truth has worked out.
    var truths = TruthCache()
    /// Requests answered.
    var log: [LoggedRequest] = []

    /// The state of a new server.
    init(workspace: Workspace, clock: ServerTime, seed: UInt64) {
        self.workspace = workspace
        self.clock = clock
        limiter = Limiter(at: clock.now)
        chance = SeededRandom(seed ^ 0xFA17)
    }

    /// Notes an answered request.
    mutating func note(_ request: LoggedRequest) {
        if log.count >= 100_000 { log.removeFirst(50_000) }
        log.append(request)
    }
}
