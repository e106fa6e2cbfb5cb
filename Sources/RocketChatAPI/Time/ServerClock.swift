/// What is known of the server's clock, learned from `Date` headers.
///
/// A `Date` header D has whole seconds, so the server's time when it answered lies in [D, D + 1 s), and it answered
/// between our sending and our receiving. Each answer thus bounds (server − local); the bounds of all answers are
/// intersected, which soon leaves an interval about as narrow as the fastest round trip. One answer that contradicts what many
/// agreed on changes nothing. A pure value: no clock, no I/O.
package struct ServerClock: Sendable, Equatable {
    /// Bounds of the server's present time, in Unix ms.
    package struct Bounds: Sendable, Equatable {
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

    // What samples that agree have in common.
    private struct Agreement: Sendable, Equatable {
        // Bounds of (server − local) in ms, as of `learnedAt` (local ms).
        var lower: Int64
        var upper: Int64
        var learnedAt: Int64
        var samples = 1

        // Two clocks drift apart; 100 ppm is more than a healthy pair does.
        func offset(at now: Int64) -> (lower: Int64, upper: Int64) {
            let drift = max(0, now - learnedAt) / 10_000
            return (lower - drift, upper + drift)
        }

        mutating func admit(_ sample: Agreement) -> Bool {
            let old = offset(at: sample.learnedAt)
            guard sample.lower <= old.upper, sample.upper >= old.lower else { return false }
            self = Agreement(
                lower: max(sample.lower, old.lower), upper: min(sample.upper, old.upper), learnedAt: sample.learnedAt,
                samples: min(samples + 1, Self.many))
            return true
        }

        // Samples that others must equal, one after the other, to replace this.
        static let many = 3
    }

    private var agreement: Agreement?
    // Samples in a row that contradict it, as long as they agree with each other.
    private var contradiction: Agreement?

    /// Whether any answer has been observed; before that the local clock is taken for the server's.
    package var isKnown: Bool { agreement != nil }

    /// A clock that knows nothing yet.
    package init() {}

    /// Learns from one answer: its `Date` header in ms, and the local ms of sending and receiving.
    ///
    /// Returns whether the sample agreed with what was known. One that does not (a cached answer, a node behind the balancer whose
    /// clock is off) is passed over if several agreed before; a clock that was really put right shows in all samples from then on.
    @discardableResult
    package mutating func observe(date: Int64, sent: Int64, received: Int64) -> Bool {
        let sample = Agreement(lower: date - received, upper: date + 999 - sent, learnedAt: received)
        guard agreement != nil else {
            agreement = sample
            return true
        }
        if agreement?.admit(sample) == true {
            contradiction = nil
            return true
        }
        if contradiction?.admit(sample) != true { contradiction = sample }
        if let contradiction, contradiction.samples >= agreement?.samples ?? 0 {
            agreement = contradiction
            self.contradiction = nil
        }
        return false
    }

    /// Bounds of the server's time at local time `now` (Unix ms).
    package func bounds(at now: Int64) -> Bounds {
        let offset = offset(at: now)
        return Bounds(floor: now + offset.lower, ceiling: now + offset.upper)
    }

    /// The earliest local time (Unix ms) at which the server's clock has surely passed `instant` (server ms).
    package func localTime(after instant: Int64, now: Int64) -> Int64 {
        instant + 1 - offset(at: now).lower
    }

    private func offset(at now: Int64) -> (lower: Int64, upper: Int64) {
        agreement?.offset(at: now) ?? (0, 0)
    }
}
