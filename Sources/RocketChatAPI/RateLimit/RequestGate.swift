import Synchronization

/// Lets calls pass in order of arrival, as fast as the budgets of their routes and the number of slots allow.
///
/// The waiting lies here, the arithmetic in ``RouteBudget`` and ``ServerClock``. A call that waits for its route holds
/// no slot, so a slow route never holds up another one.
final class RequestGate: Sendable {
    /// The right to send one request.
    struct Pass: Sendable {
        /// The route it is for.
        let route: String
        /// Position in the order of arrival, kept by a repetition.
        let sequence: UInt64
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
        var lanes: [RouteLane] = []
        var laneOfRoute: [String: Int] = [:]
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

    /// A gate that lets at most `maximumConcurrency` requests through at once and tells `onWait` of each wait for a budget;
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

    /// Waits for the right to send one request to `route`; a repeated request hands in its earlier pass and keeps its
    /// place. Every pass must be handed back with ``leave(_:_:)``.
    func enter(_ route: String, again earlier: Pass? = nil) async throws(Rejection) -> Pass {
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
                    state.lanes[Self.lane(of: route, in: &state)].add(RouteLane.Waiter(id: id, sequence: sequence))
                    return nil
                }
            }
        } onCancel: {
            change { $0.waiting.removeValue(forKey: id) }
        }
        if let rejection { throw rejection }
        return Pass(route: route, sequence: sequence)
    }

    /// Hands a pass back with what its call taught.
    func leave(_ pass: Pass, _ outcome: Outcome) {
        change { state in
            state.freeSlots += 1
            let index = Self.lane(of: pass.route, in: &state)
            switch outcome {
            case .lost(let mayHaveCounted):
                state.lanes[index].budget.lose(mayHaveCounted: mayHaveCounted)
            case .answered(let signal, let date, let sent, let received, let bytes):
                Self.observe(signal, date: date, sent: sent, received: received, in: &state)
                let reading = state.limiterClock.reading(at: received)
                state.lanes[index].budget.record(signal, at: reading)
                state.lanes[index].statistics.bytes += bytes
                state.lanes[index].statistics.limit = state.lanes[index].budget.limit
                state.lanes[index].statistics.interval = state.lanes[index].budget.interval
                if signal.isRefusal { state.lanes[index].statistics.rateLimited += 1 }
            }
            return nil
        }
    }

    /// Counts a repetition after a failure.
    func countRetry(_ route: String) {
        state.withLock { $0.lanes[Self.lane(of: route, in: &$0)].statistics.retries += 1 }
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
                routes: Dictionary(uniqueKeysWithValues: state.lanes.map { ($0.route, $0.statistics) }))
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
        while state.freeSlots > 0, let index = nextLane(&state, except: blocked) {
            let reading = state.limiterClock.reading(at: now)
            switch state.lanes[index].budget.admit(at: reading, bypass: state.bypasses) {
            case .go:
                state.lanes[index].unblock(now: now)
                state.lanes[index].statistics.requests += 1
                state.freeSlots -= 1
                if let id = state.lanes[index].first?.id, let continuation = state.waiting.removeValue(forKey: id) {
                    effects.admitted.append(continuation)
                }
                state.lanes[index].removeFirst()
            case .waitForAnswer(let reset):
                blocked.insert(index)
                state.lanes[index].deadline = reset.map { state.limiterClock.localTime(after: $0, now: now) }
            case .wait(let until):
                blocked.insert(index)
                let deadline = state.limiterClock.localTime(after: until, now: now)
                guard deadline - now <= longestWait else {
                    effects.rejected += Self.dismiss(&state, lane: index, .tooLong(deadline - now))
                    continue
                }
                state.lanes[index].block(until: deadline, now: now)
                if state.lanes[index].announced != until {
                    state.lanes[index].announced = until
                    effects.waits.append(
                        RouteWait(route: state.lanes[index].route, until: until, milliseconds: deadline - now))
                }
            }
        }
        setTimer(&state, now: now)
        return effects
    }

    // Takes out all calls that wait for a route.
    private static func dismiss(
        _ state: inout State, lane: Int, _ rejection: Rejection
    ) -> [(Continuation, Rejection)] {
        var dismissed: [(Continuation, Rejection)] = []
        while let first = state.lanes[lane].first {
            if let continuation = state.waiting.removeValue(forKey: first.id) {
                dismissed.append((continuation, rejection))
            }
            state.lanes[lane].removeFirst()
        }
        return dismissed
    }

    // The lane whose first call arrived first. Calls that were cancelled while waiting are dropped on the way.
    private func nextLane(_ state: inout State, except blocked: Set<Int>) -> Int? {
        guard !state.waiting.isEmpty else { return nil }
        var next: (index: Int, sequence: UInt64)?
        for index in state.lanes.indices where !blocked.contains(index) {
            while let first = state.lanes[index].first, state.waiting[first.id] == nil {
                state.lanes[index].removeFirst()
            }
            guard let first = state.lanes[index].first else { continue }
            if next.map({ first.sequence < $0.sequence }) ?? true { next = (index, first.sequence) }
        }
        return next?.index
    }

    private func setTimer(_ state: inout State, now: Int64) {
        for index in state.lanes.indices where state.lanes[index].first == nil {
            state.lanes[index].unblock(now: now)
        }
        // Without a free slot nothing can go before a call comes back, which looks again anyway.
        let isUseful = state.freeSlots > 0 && !state.waiting.isEmpty
        let earliest = isUseful ? state.lanes.compactMap(\.deadline).min() : nil
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

    private static func lane(of route: String, in state: inout State) -> Int {
        if let index = state.laneOfRoute[route] { return index }
        state.lanes.append(RouteLane(route))
        state.laneOfRoute[route] = state.lanes.count - 1
        return state.lanes.count - 1
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
