/// What is known of the server's clock, learned from `Date` headers.
///
/// A `Date` header D has whole seconds, so the server's time when it answered lies in [D, D + 1 s), and it answered
/// between our sending and our receiving. Each answer thus bounds (server − local); the bounds of all answers are
/// intersected, which soon leaves an interval about as narrow as the fastest round trip. A pure value: no clock, no I/O.
package struct ServerClock: Sendable, Equatable {
    /// Bounds of the server's present time, in Unix ms.
    package struct Reading: Sendable, Equatable {
        /// The server's time is at least this.
        package var floor: Int64
        /// The server's time is at most this.
        package var ceiling: Int64

        /// Creates bounds.
        package init(floor: Int64, ceiling: Int64) {
            self.floor = floor
            self.ceiling = ceiling
        }
    }

    // Bounds of (server − local) in ms, as of `learnedAt` (local ms).
    private var lower: Int64 = 0
    private var upper: Int64 = 0
    private var learnedAt: Int64 = 0

    /// Whether any answer has been observed; before that the local clock is taken for the server's.
    package private(set) var isKnown = false

    /// A clock that knows nothing yet.
    package init() {}

    /// Learns from one answer: its `Date` header in ms, and the local ms of sending and receiving.
    ///
    /// Returns whether the sample agreed with what was known; one that does not (a stepped clock, another server behind
    /// the balancer) replaces it.
    @discardableResult
    package mutating func observe(date: Int64, sent: Int64, received: Int64) -> Bool {
        let newLower = date - received
        let newUpper = date + 999 - sent
        let old = offset(at: received)
        let agrees = isKnown && newLower <= old.upper && newUpper >= old.lower
        lower = agrees ? max(newLower, old.lower) : newLower
        upper = agrees ? min(newUpper, old.upper) : newUpper
        learnedAt = received
        defer { isKnown = true }
        return agrees || !isKnown
    }

    /// Bounds of the server's time at local time `now` (Unix ms).
    package func reading(at now: Int64) -> Reading {
        let bounds = offset(at: now)
        return Reading(floor: now + bounds.lower, ceiling: now + bounds.upper)
    }

    /// The earliest local time (Unix ms) at which the server's clock has surely passed `instant` (server ms).
    package func localTime(after instant: Int64, now: Int64) -> Int64 {
        instant + 1 - offset(at: now).lower
    }

    // Two clocks drift apart; 100 ppm is more than a healthy pair does.
    private func offset(at now: Int64) -> (lower: Int64, upper: Int64) {
        let drift = isKnown ? max(0, now - learnedAt) / 10_000 : 0
        return (lower - drift, upper + drift)
    }
}
