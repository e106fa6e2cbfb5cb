/// The calls of one route that wait for their turn, with the route's budget and its statistics.
struct RouteQueue {
    /// A call that waits.
    struct Waiter {
        /// Unique within the limiter.
        let id: UInt64
        /// Position in the order of arrival; a repeated call keeps the one it had.
        let sequence: UInt64
    }

    /// The route.
    let route: String
    /// What the server still allows.
    var budget = RouteBudget()
    /// What the route has cost.
    var statistics = RouteStatistics()
    /// Local time (Unix ms) at which a wait ends, if the queue is blocked.
    var deadline: Int64?
    /// The reset (server ms) the present wait has been announced for.
    var announced: Int64?
    /// Since when (local ms) calls have been waiting for the limit.
    var blockedSince: Int64?

    private var waiters: [Waiter] = []
    private var head = 0

    /// The queue of a route that was not asked yet.
    init(_ route: String) {
        self.route = route
    }

    /// The call that comes next.
    var first: Waiter? { head < waiters.count ? waiters[head] : nil }

    /// Adds a call in its place by order of arrival: at the end, unless it is repeated.
    mutating func add(_ waiter: Waiter) {
        if let last = waiters.last, head < waiters.count, last.sequence > waiter.sequence {
            let place = waiters[head...].firstIndex { $0.sequence > waiter.sequence } ?? waiters.endIndex
            waiters.insert(waiter, at: place)
        } else {
            waiters.append(waiter)
        }
    }

    /// Removes the call that comes next.
    mutating func removeFirst() {
        head += 1
        if head == waiters.count || head > 1024 {
            waiters.removeFirst(head)
            head = 0
        }
    }

    /// Notes that the queue waits for its limit from `now` on (local ms).
    mutating func block(until deadline: Int64, now: Int64) {
        self.deadline = deadline
        if blockedSince == nil { blockedSince = now }
    }

    /// Notes that nothing waits for the limit any more.
    mutating func unblock(now: Int64) {
        deadline = nil
        if let since = blockedSince { statistics.waitedMilliseconds += max(0, now - since) }
        blockedSince = nil
    }
}
