import RocketChatAPI
import Synchronization
import TestSupport

@testable import RocketChatSandbox

/// Something that happens on the server or on the way to it in the midst of a run.
struct TimedEvent: Sendable {
    /// When, Unix ms of the connector's clock.
    let at: Int64
    /// What.
    let action: @Sendable (Sandbox) -> Void
}

/// The way to a sandbox that lives while it is being read: between requests things happen there, answers take their time,
/// and at one request the connector may be killed.
final class LivingTransport: HTTPTransport {
    private struct State {
        var random: SeededRandom
        var lifeChance = 0.0
        var lifeSteps = 0
        var killAt: Int?
        var requests = 0
        var onKill: (@Sendable () -> Void)?
        var isKilled = false
        var accessAt: Int64 = 0
        var events: [TimedEvent] = []
        var spoil: Spoil?
    }

    /// Puts another answer, or none, in the place of the true one.
    typealias Spoil = @Sendable (HTTPRequest, HTTPResponse) -> Result<HTTPResponse, TransportError>

    private let sandbox: Sandbox
    private let clock: VirtualClock
    private let inner: SandboxTransport
    private let latency: Int
    private let stepTime: Int
    private let ahead: Int64
    private let state: Mutex<State>

    init(_ sandbox: Sandbox, clock: VirtualClock, ahead: Int64, latency: Int, stepTime: Int, seed: UInt64) {
        self.sandbox = sandbox
        self.clock = clock
        self.latency = latency
        self.stepTime = stepTime
        self.ahead = ahead
        inner = SandboxTransport(sandbox, clock: clock, ahead: ahead)
        state = Mutex(State(random: SeededRandom(seed)))
    }

    /// Sets what happens during the next run: up to `steps` steps of life before a request, with that chance; and `onKill`
    /// at request number `killAt`, from which on nothing is answered. `events` come before the first request at or after their time.
    func begin(
        lifeChance: Double = 0, steps: Int = 0, killAt: Int? = nil, events: [TimedEvent] = [],
        onKill: (@Sendable () -> Void)? = nil
    ) {
        state.withLock { state in
            state.lifeChance = lifeChance
            state.lifeSteps = steps
            state.killAt = killAt
            state.onKill = onKill
            state.requests = 0
            state.isKilled = false
            state.events = events.sorted { $0.at < $1.at }
        }
    }

    /// Lets `spoil` have each answer from now on; nil lets them through.
    func spoil(_ spoil: Spoil?) { state.withLock { $0.spoil = spoil } }

    /// Requests of the run.
    var requests: Int { state.withLock { $0.requests } }

    /// The server's time when the run had learned who it is; its S0 lies less than a second behind that.
    var accessAt: Int64 { state.withLock { $0.accessAt } }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let (wait, steps) = state.withLock { state in
            (
                Int64(state.random.below(max(1, latency))),
                state.random.chance(state.lifeChance) ? 1 + state.random.below(max(1, state.lifeSteps)) : 0
            )
        }
        await pause(wait)
        let kill = state.withLock { state -> (@Sendable () -> Void)? in
            defer { state.requests += 1 }
            guard let at = state.killAt, state.requests >= at, !state.isKilled else { return nil }
            state.isKilled = true
            return state.onKill
        }
        kill?()
        guard !state.withLock({ $0.isKilled }) else { throw TransportError(.cancelled, "killed") }
        let due = state.withLock { state in
            let due = state.events.prefix { $0.at <= clock.now() }
            state.events.removeFirst(due.count)
            return due
        }
        for event in due { event.action(sandbox) }
        for _ in 0..<steps {
            await pause(Int64(state.withLock { $0.random.below(stepTime) }))
            sandbox.advance(milliseconds: max(0, clock.now() + ahead - sandbox.now))
            sandbox.live(steps: 1)
        }
        var response = try await inner.send(request)
        if let spoil = state.withLock({ $0.spoil }) { response = try spoil(request, response).get() }
        if request.url.contains("permissions.listAll") { state.withLock { $0.accessAt = sandbox.now } }
        await pause(wait / 2)
        return response
    }

    private func pause(_ milliseconds: Int64) async {
        guard milliseconds > 0 else { return }
        // Cancellation shows at the next call.
        try? await clock.sleep(until: clock.now() + milliseconds)
    }
}
