import Synchronization

/// Keeps to the server's rate limit: lets calls pass in order of arrival, as fast as the budgets of their routes and the
/// number of slots allow.
///
/// The waiting lies here, the arithmetic in ``Admissions``, ``RouteBudget`` and ``ServerClock``. A call that waits for its
/// route holds no slot, so a slow route never holds up another one.
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

    private struct State {
        var admissions: Admissions
        var lastID: UInt64 = 0
        var timer: (deadline: Int64, task: Task<Void, Never>)?
    }

    private let clock: any SyncClock
    private let onWait: (@Sendable (RouteWait) -> Void)?
    private let state: Mutex<State>

    /// A limiter that lets at most `maximumConcurrency` requests through at once and tells `onWait` of each wait for a budget;
    /// nobody waits longer than `longestWait` ms.
    init(
        clock: any SyncClock, maximumConcurrency: Int, longestWait: Int64, onWait: (@Sendable (RouteWait) -> Void)?
    ) {
        self.clock = clock
        self.onWait = onWait
        state = Mutex(State(admissions: Admissions(slots: maximumConcurrency, longestWait: longestWait)))
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
                change { admissions in
                    // Checked under the lock: a later cancellation finds the continuation, an earlier one is seen here.
                    guard !Task.isCancelled else { return continuation }
                    admissions.add(RouteQueue.Waiter(id: id, sequence: sequence), to: route, continuation)
                    return nil
                }
            }
        } onCancel: {
            change { $0.remove(id) }
        }
        if let rejection { throw rejection }
        return Permit(route: route, sequence: sequence, waited: clock.now() - asked)
    }

    /// Hands a permit back with what its call taught.
    func release(_ permit: Permit, _ outcome: Outcome) {
        change { admissions in
            admissions.end(permit.route, outcome)
            return nil
        }
    }

    /// Counts a retry after a failure.
    func countRetry(_ route: String) {
        state.withLock { $0.admissions.countRetry(route) }
    }

    /// Whether budgets are ignored until a refusal comes.
    var bypasses: Bool {
        get { state.withLock { $0.admissions.bypasses } }
        set {
            change { admissions in
                admissions.bypasses = newValue
                return nil
            }
        }
    }

    /// What is known of the server's clock.
    var serverClock: ServerClock { state.withLock { $0.admissions.serverClock } }

    /// What each route has cost.
    var statistics: ClientStatistics { state.withLock { $0.admissions.statistics } }

    // Changes the state, then lets pass whoever may. A continuation returned by `body` is resumed as cancelled.
    private func change(_ body: (inout Admissions) -> Admissions.Continuation?) {
        let (refused, effects) = state.withLock { state in
            let refused = body(&state.admissions)
            let effects = state.admissions.admit(now: clock.now())
            setTimer(&state)
            return (refused, effects)
        }
        refused?.resume(returning: .cancelled)
        for wait in effects.waits { onWait?(wait) }
        for (continuation, rejection) in effects.rejected { continuation.resume(returning: rejection) }
        for continuation in effects.admitted { continuation.resume(returning: nil) }
    }

    private func setTimer(_ state: inout State) {
        let earliest = state.admissions.deadline
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
        state.withLock { state in
            if state.timer?.deadline == deadline { state.timer = nil }
        }
        change { _ in nil }
    }
}
