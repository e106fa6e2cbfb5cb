/// Which calls may go: those that wait, route by route, with the budgets of the routes, the free slots and what is known of the
/// server's clock.
///
/// A value that is told the time: ``RateLimiter`` holds it under its lock and resumes those whom it names.
struct Admissions {
    /// Resumed with nil when the call may go.
    typealias Continuation = CheckedContinuation<RateLimiter.Rejection?, Never>

    /// What is to be done once the lock is released.
    struct Effects {
        /// May go now.
        var admitted: [Continuation] = []
        /// Need not wait any longer.
        var rejected: [(Continuation, RateLimiter.Rejection)] = []
        /// Waits that have not been told yet.
        var waits: [RouteWait] = []
    }

    /// Whether budgets are ignored until a refusal comes.
    var bypasses = false
    /// What is known of the server's clock.
    private(set) var serverClock = ServerClock()

    private var queues: [RouteQueue] = []
    private var queueOfRoute: [String: Int] = [:]
    private var waiting: [UInt64: Continuation] = [:]
    private var freeSlots: Int
    private let longestWait: Int64
    // The clock `X-RateLimit-Reset` is told by. It is the one of `Date`, unless a proxy writes `Date` by its own.
    private var limiterClock = ServerClock()
    private var limiterFollowsDate = true

    /// At most `slots` calls under way at once, and no wait longer than `longestWait` ms.
    init(slots: Int, longestWait: Int64) {
        freeSlots = max(1, slots)
        self.longestWait = longestWait
    }

    /// What each route has cost.
    var statistics: ClientStatistics {
        ClientStatistics(routes: Dictionary(uniqueKeysWithValues: queues.map { ($0.route, $0.statistics) }))
    }

    /// When (local ms) time alone lets a call go; nil while no call waits for time alone.
    var deadline: Int64? {
        // Without a free slot nothing can go before a call comes back, which looks again anyway.
        freeSlots > 0 && !waiting.isEmpty ? queues.compactMap(\.deadline).min() : nil
    }

    /// Has a call of `route` wait in its place.
    mutating func add(_ waiter: RouteQueue.Waiter, to route: String, _ continuation: Continuation) {
        waiting[waiter.id] = continuation
        queues[queue(of: route)].add(waiter)
    }

    /// The continuation of a call that waits no longer.
    mutating func remove(_ id: UInt64) -> Continuation? { waiting.removeValue(forKey: id) }

    /// Counts a retry after a failure.
    mutating func countRetry(_ route: String) { queues[queue(of: route)].statistics.retries += 1 }

    /// Learns from the end of a call that was let go.
    mutating func end(_ route: String, _ outcome: RateLimiter.Outcome) {
        freeSlots += 1
        let index = queue(of: route)
        switch outcome {
        case .lost(let mayHaveCounted):
            queues[index].budget.lose(mayHaveCounted: mayHaveCounted)
        case .answered(let signal, let date, let sent, let received, let bytes):
            observe(signal, date: date, sent: sent, received: received)
            queues[index].budget.record(
                signal, sent: limiterClock.bounds(at: sent), at: limiterClock.bounds(at: received))
            queues[index].statistics.bytes += bytes
            queues[index].statistics.limit = queues[index].budget.limit
            queues[index].statistics.interval = queues[index].budget.interval
            if signal.isRefusal { queues[index].statistics.rateLimited += 1 }
        }
    }

    /// Lets go whoever may at local time `now` (Unix ms).
    mutating func admit(now: Int64) -> Effects {
        var effects = Effects()
        var blocked: Set<Int> = []
        while freeSlots > 0, let index = nextQueue(except: blocked) {
            switch queues[index].budget.admit(at: limiterClock.bounds(at: now), bypass: bypasses) {
            case .go:
                queues[index].unblock(now: now)
                queues[index].statistics.requests += 1
                freeSlots -= 1
                if let id = queues[index].first?.id, let continuation = waiting.removeValue(forKey: id) {
                    effects.admitted.append(continuation)
                }
                queues[index].removeFirst()
            case .waitForAnswer(let reset):
                blocked.insert(index)
                queues[index].deadline = reset.map { limiterClock.localTime(after: $0, now: now) }
            case .wait(let until):
                blocked.insert(index)
                let deadline = limiterClock.localTime(after: until, now: now)
                guard deadline - now <= longestWait else {
                    effects.rejected += dismiss(index).map { ($0, .tooLong(deadline - now)) }
                    continue
                }
                queues[index].block(until: deadline, now: now)
                if queues[index].announced != until {
                    queues[index].announced = until
                    effects.waits.append(
                        RouteWait(route: queues[index].route, until: until, milliseconds: deadline - now))
                }
            }
        }
        for index in queues.indices where queues[index].first == nil { queues[index].unblock(now: now) }
        return effects
    }

    // Takes out all calls that wait for a route.
    private mutating func dismiss(_ index: Int) -> [Continuation] {
        var dismissed: [Continuation] = []
        while let first = queues[index].first {
            if let continuation = waiting.removeValue(forKey: first.id) { dismissed.append(continuation) }
            queues[index].removeFirst()
        }
        return dismissed
    }

    // The queue whose first call arrived first. Calls that were cancelled while waiting are dropped on the way.
    private mutating func nextQueue(except blocked: Set<Int>) -> Int? {
        guard !waiting.isEmpty else { return nil }
        var next: (index: Int, sequence: UInt64)?
        for index in queues.indices where !blocked.contains(index) {
            while let first = queues[index].first, waiting[first.id] == nil { queues[index].removeFirst() }
            guard let first = queues[index].first else { continue }
            if next.map({ first.sequence < $0.sequence }) ?? true { next = (index, first.sequence) }
        }
        return next?.index
    }

    private mutating func queue(of route: String) -> Int {
        if let index = queueOfRoute[route] { return index }
        queues.append(RouteQueue(route))
        queueOfRoute[route] = queues.count - 1
        return queues.count - 1
    }

    private mutating func observe(_ signal: RateLimitSignal, date: Int64?, sent: Int64, received: Int64) {
        if let date {
            serverClock.observe(date: date, sent: sent, received: received)
            if limiterFollowsDate { limiterClock.observe(date: date, sent: sent, received: received) }
        }
        // A refusal tells its reset twice: as an instant and as seconds from now, rounded up. Their difference is a
        // reading of the limiter's own clock, of the same form as a `Date` header.
        if signal.isRefusal, let reset = signal.reset, let seconds = signal.seconds {
            let agrees = limiterClock.observe(date: reset - seconds * 1000, sent: sent, received: received)
            if !agrees { limiterFollowsDate = false }
        }
    }
}
