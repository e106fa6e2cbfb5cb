import Synchronization

/// A Rocket.Chat server without a network: a workspace that lives, answered through the REST API's own rules.
///
/// Everything it does follows from the options: the same seed, the same calls and a manual clock give the same answers.
package final class Sandbox: Sendable {
    /// The accounts whose tokens are known.
    package let accounts: Accounts
    /// What it was laid out with.
    package let options: SandboxOptions
    private let state: Mutex<SandboxState>

    /// Lays out a workspace; half a million messages take a few seconds in a release build.
    package init(_ options: SandboxOptions) {
        let clock = ServerTime(options.clock)
        let (workspace, accounts) = Founding.found(options, now: clock.now)
        self.accounts = accounts
        self.options = options
        state = Mutex(SandboxState(workspace: workspace, clock: clock, seed: options.seed))
    }

    /// Answers one request; safe to call from any thread.
    package func handle(_ request: SandboxRequest) -> SandboxResponse {
        state.withLock { state in
            state.settle()
            var exchange = Exchange(request: request, options: options)
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
                state.settle()
                state.workspace.live(accounts: accounts, at: state.clock.now + skew)
            }
        }
    }

    /// What the account may see, by `_id`, each as canonical JSON; `Truth` says what canonical means.
    package func truth(_ stream: TruthStream, for account: Account) -> [String: String] {
        state.withLock { state in
            state.settle()
            guard let user = state.workspace.user(account.userID) else { return [:] }
            var truth = Truth(workspace: state.workspace, user: user, cache: state.truths)
            state.truths = TruthCache()
            defer { state.truths = truth.cache }
            return truth.documents(stream)
        }
    }

    /// The room stream that holds each room, by the room's id: every room whose messages the account may read and every room
    /// that a room stream lists to it. The same on all releases; each message's `rid` is among them.
    package func roomHomes(for account: Account) -> [String: RoomHome] {
        change { workspace, _ in
            Truth(workspace: workspace, user: workspace.existing(user: account.userID)).homes
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

    /// Changes the workspace directly, at the clock's time.
    func change<Result: Sendable>(_ change: (inout Workspace, Int64) -> Result) -> Result {
        withState { state in
            state.settle()
            return change(&state.workspace, state.clock.now)
        }
    }

    /// Changes what the lock guards.
    func withState<Result: Sendable>(_ change: (inout SandboxState) -> Result) -> Result {
        state.withLock { change(&$0) }
    }

    /// Whether an injected restart keeps the server down, so that connections are refused.
    var isDown: Bool {
        state.withLock { $0.clock.now < $0.downUntil }
    }
}
