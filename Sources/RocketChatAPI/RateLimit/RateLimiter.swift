import Synchronization

/// Keeps to the server's rate limit: lets calls pass in order of arrival, as fast as the budgets of their routes and the
/// number of slots allow.
///
/// The waiting lies here, the arithmetic in ``RouteBudget`` and ``ServerClock``. A call that waits for its route holds
/// no slot, so a slow route never holds up another one.
final class RateLimiter: Sendable {
    /// The right to send one request.
    struct Permit: Sendable {
        /// The route it is for.
        let route: String
        /// Position in the order of arrival, kept by a retry.
        let sequence: UInt64
        /// How long the call waited for it, in ms.
        let waited: Int64
    }

    /// Why a call was not admitted.
    enum Rejection: Error, Sendable, Equatable {
        /// Its task was cancelled.
        case cancelled
        /// The server wants it to wait for so many ms, which is longer than anybody should.
        case tooLong(Int64)
    }

    /// How an admitted call ended.
    enum Outcome: Sendable {
        /// An answer came; `date` is its `Date` header in Unix ms.
        case answered(RateLimitSignal, date: Int64?, sent: Int64, received: Int64, bytes: Int)
        /// No answer came.
        case lost(mayHaveCounted: Bool)
    }

    private typealias Continuation = CheckedContinuation<Rejection?, Never>

    private struct State {
        var queues: [RouteQueue] = []
        var queueOfRoute: [String: Int] = [:]
        var waiting: [UInt64: Continuation] = [:]
        var freeSlots: Int
        var lastID: UInt64 = 0
        var bypasses = false
        var serverClock = ServerClock()
        // The clock `X-RateLimit-Reset` is told by. It is the one of `Date`, unless a proxy writes `Date` by its own.
        var limiterClock = ServerClock()
        var limiterFollowsDate = true
        var timer: (deadline: Int64, task: Task<Void, Never>)?
    }

    // What is to be done once the lock is released.
    private struct Effects {
        var admitted: [Continuation] = []
        var rejected: [(Continuation, Rejection)] = []
        var waits: [RouteWait] = []
    }

    private let clock: any SyncClock
    private let longestWait: Int64
    private let onWait: (@Sendable (RouteWait) -> Void)?
    private let state: Mutex<State>

    /// A limiter that lets at most `maximumConcurrency` requests through at once and tells `onWait` of each wait for a budget;
    /// nobody waits longer than `longestWait` ms.
    init(
        clock: any SyncClock, maximumConcurrency: Int, longestWait: Int64, onWait: (@Sendable (RouteWait) -> Void)?
    ) {
        self.clock = clock
        self.longestWait = longestWait
        self.onWait = onWait
        state = Mutex(State(freeSlots: max(1, maximumConcurrency)))
    }

    deinit {
        state.withLock { $0.timer?.task.cancel() }
    }

    /// Waits for the right to send one request to `route`; a repeated request hands in its earlier permit and keeps
    /// its place. Every permit must be handed back with ``release(_:_:)``.
    func acquire(_ route: String, again earlier: Permit? = nil) async throws(Rejection) -> Permit {
        let asked = clock.now()
        let (id, sequence) = state.withLock { state in
            state.lastID += 1
            return (state.lastID, earlier?.sequence ?? state.lastID)
        }
        let rejection = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                change { state in
                    // Checked under the lock: a later cancellation finds the continuation, an earlier one is seen here.
                    guard !Task.isCancelled else { return continuation }
                    state.waiting[id] = continuation
                    state.queues[Self.queue(of: route, in: &state)].add(RouteQueue.Waiter(id: id, sequence: sequence))
                    return nil
                }
            }
        } onCancel: {
            change { $0.waiting.removeValue(forKey: id) }
        }
        if let rejection { throw rejection }
        return Permit(route: route, sequence: sequence, waited: clock.now() - asked)
    }

    /// Hands a permit back with what its call taught.
    func release(_ permit: Permit, _ outcome: Outcome) {
        change { state in
            state.freeSlots += 1
            let index = Self.queue(of: permit.route, in: &state)
            switch outcome {
            case .lost(let mayHaveCounted):
                state.queues[index].budget.lose(mayHaveCounted: mayHaveCounted)
            case .answered(let signal, let date, let sent, let received, let bytes):
                Self.observe(signal, date: date, sent: sent, received: received, in: &state)
                let bounds = state.limiterClock.bounds(at: received)
                state.queues[index].budget.record(signal, at: bounds)
                state.queues[index].statistics.bytes += bytes
                state.queues[index].statistics.limit = state.queues[index].budget.limit
                state.queues[index].statistics.interval = state.queues[index].budget.interval
                if signal.isRefusal { state.queues[index].statistics.rateLimited += 1 }
            }
            return nil
        }
    }

    /// Counts a retry after a failure.
    func countRetry(_ route: String) {
        state.withLock { $0.queues[Self.queue(of: route, in: &$0)].statistics.retries += 1 }
    }

    /// Whether budgets are ignored until a refusal comes.
    var bypasses: Bool {
        get { state.withLock { $0.bypasses } }
        set {
            change { state in
                state.bypasses = newValue
                return nil
            }
        }
    }

    /// What is known of the server's clock.
    var serverClock: ServerClock { state.withLock { $0.serverClock } }

    /// What each route has cost.
    var statistics: ClientStatistics {
        state.withLock { state in
            ClientStatistics(
                routes: Dictionary(uniqueKeysWithValues: state.queues.map { ($0.route, $0.statistics) }))
        }
    }

    // Changes the state, then lets pass whoever may. A continuation returned by `body` is resumed as cancelled.
    private func change(_ body: (inout State) -> Continuation?) {
        let (refused, effects) = state.withLock { state in
            let refused = body(&state)
            return (refused, pump(&state))
        }
        refused?.resume(returning: .cancelled)
        for wait in effects.waits { onWait?(wait) }
        for (continuation, rejection) in effects.rejected { continuation.resume(returning: rejection) }
        for continuation in effects.admitted { continuation.resume(returning: nil) }
    }

    private func pump(_ state: inout State) -> Effects {
        var effects = Effects()
        let now = clock.now()
        var blocked: Set<Int> = []
        while state.freeSlots > 0, let index = nextQueue(&state, except: blocked) {
            let bounds = state.limiterClock.bounds(at: now)
            switch state.queues[index].budget.admit(at: bounds, bypass: state.bypasses) {
            case .go:
                state.queues[index].unblock(now: now)
                state.queues[index].statistics.requests += 1
                state.freeSlots -= 1
                if let id = state.queues[index].first?.id, let continuation = state.waiting.removeValue(forKey: id) {
                    effects.admitted.append(continuation)
                }
                state.queues[index].removeFirst()
            case .waitForAnswer(let reset):
                blocked.insert(index)
                state.queues[index].deadline = reset.map { state.limiterClock.localTime(after: $0, now: now) }
            case .wait(let until):
                blocked.insert(index)
                let deadline = state.limiterClock.localTime(after: until, now: now)
                guard deadline - now <= longestWait else {
                    effects.rejected += Self.dismiss(&state, queue: index, .tooLong(deadline - now))
                    continue
                }
                state.queues[index].block(until: deadline, now: now)
                if state.queues[index].announced != until {
                    state.queues[index].announced = until
                    effects.waits.append(
                        RouteWait(route: state.queues[index].route, until: until, milliseconds: deadline - now))
                }
            }
        }
        setTimer(&state, now: now)
        return effects
    }

    // Takes out all calls that wait for a route.
    private static func dismiss(
        _ state: inout State, queue: Int, _ rejection: Rejection
    ) -> [(Continuation, Rejection)] {
        var dismissed: [(Continuation, Rejection)] = []
        while let first = state.queues[queue].first {
            if let continuation = state.waiting.removeValue(forKey: first.id) {
                dismissed.append((continuation, rejection))
            }
            state.queues[queue].removeFirst()
        }
        return dismissed
    }

    // The queue whose first call arrived first. Calls that were cancelled while waiting are dropped on the way.
    private func nextQueue(_ state: inout State, except blocked: Set<Int>) -> Int? {
        guard !state.waiting.isEmpty else { return nil }
        var next: (index: Int, sequence: UInt64)?
        for index in state.queues.indices where !blocked.contains(index) {
            while let first = state.queues[index].first, state.waiting[first.id] == nil {
                state.queues[index].removeFirst()
            }
            guard let first = state.queues[index].first else { continue }
            if next.map({ first.sequence < $0.sequence }) ?? true { next = (index, first.sequence) }
        }
        return next?.index
    }

    private func setTimer(_ state: inout State, now: Int64) {
        for index in state.queues.indices where state.queues[index].first == nil {
            state.queues[index].unblock(now: now)
        }
        // Without a free slot nothing can go before a call comes back, which looks again anyway.
        let isUseful = state.freeSlots > 0 && !state.waiting.isEmpty
        let earliest = isUseful ? state.queues.compactMap(\.deadline).min() : nil
        guard earliest != state.timer?.deadline else { return }
        state.timer?.task.cancel()
        state.timer = earliest.map { deadline in
            let task = Task(executorPreference: clock.executor) { [weak self, clock] in
                guard (try? await clock.sleep(until: deadline)) != nil else { return }
                self?.timerFired(deadline)
            }
            return (deadline, task)
        }
    }

    private func timerFired(_ deadline: Int64) {
        change { state in
            if state.timer?.deadline == deadline { state.timer = nil }
            return nil
        }
    }

    private static func queue(of route: String, in state: inout State) -> Int {
        if let index = state.queueOfRoute[route] { return index }
        state.queues.append(RouteQueue(route))
        state.queueOfRoute[route] = state.queues.count - 1
        return state.queues.count - 1
    }

    private static func observe(
        _ signal: RateLimitSignal, date: Int64?, sent: Int64, received: Int64, in state: inout State
    ) {
        if let date {
            state.serverClock.observe(date: date, sent: sent, received: received)
            if state.limiterFollowsDate { state.limiterClock.observe(date: date, sent: sent, received: received) }
        }
        // A refusal tells its reset twice: as an instant and as seconds from now, rounded up. Their difference is a
        // reading of the limiter's own clock, of the same form as a `Date` header.
        if signal.isRefusal, let reset = signal.reset, let seconds = signal.seconds {
            let agrees = state.limiterClock.observe(
                date: reset - seconds * 1000, sent: sent, received: received)
            if !agrees { state.limiterFollowsDate = false }
        }
    }
}
