/// The calls of one route that wait for their turn, with the route's budget and its statistics.
struct RouteLane {
    /// A call that waits.
    struct Waiter {
        /// Unique within the gate.
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
    /// Local time (Unix ms) at which a wait ends, if the lane is blocked.
    var deadline: Int64?
    /// The reset (server ms) the present wait has been announced for.
    var announced: Int64?
    /// Since when (local ms) calls have been waiting for the limit.
    var blockedSince: Int64?

    private var queue: [Waiter] = []
    private var head = 0

    /// The lane of a route that was not asked yet.
    init(_ route: String) {
        self.route = route
    }

    /// The call that comes next.
    var first: Waiter? { head < queue.count ? queue[head] : nil }

    /// Adds a call in its place by order of arrival: at the end, unless it is repeated.
    mutating func add(_ waiter: Waiter) {
        if let last = queue.last, head < queue.count, last.sequence > waiter.sequence {
            let place = queue[head...].firstIndex { $0.sequence > waiter.sequence } ?? queue.endIndex
            queue.insert(waiter, at: place)
        } else {
            queue.append(waiter)
        }
    }

    /// Removes the call that comes next.
    mutating func removeFirst() {
        head += 1
        if head == queue.count || head > 1024 {
            queue.removeFirst(head)
            head = 0
        }
    }

    /// Notes that the lane waits for its limit from `now` on (local ms).
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
