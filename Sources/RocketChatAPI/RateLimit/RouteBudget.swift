/// How many calls one route still allows: the server's limiter as seen from outside.
///
/// The server counts calls per client address and route in fixed windows: the first call after a window's reset opens
/// the next one, of which every answer tells limit, calls remaining and reset. This value learns from answers in any
/// order, counts calls in flight against the budget, and sends a single scout while nothing is known. After a reset it
/// lets calls pass up to the limit at once, unless somebody else used the last window too (several clients behind one
/// address share a budget): then a scout goes first, and at most half of what remains is in flight at once.
///
/// A pure value: it knows only the server's time, and does no waiting of its own.
package struct RouteBudget: Sendable {
    /// Whether the next call may go.
    package enum Decision: Sendable, Equatable {
        /// It may, and is now counted as in flight.
        case go
        /// Not before a call in flight has been answered, or the window has ended at `orAfter` (server ms).
        case waitForAnswer(orAfter: Int64?)
        /// Not before the server's clock has passed this instant (Unix ms).
        case wait(until: Int64)
    }

    private struct Window {
        var limit: Int
        // Lowest `Remaining` told in this window, less calls that got lost on the way.
        var remaining: Int
        // nil: the last window is over and no answer has told of the next one yet.
        var reset: Int64?
        var lastReset: Int64
        var answered = 0
        // Somebody else used this window, or the last one.
        var hasOthers = false
        var hadOthers = false

        // Calls that may be in flight at once: others may take as many as we do before our answers tell.
        var share: Int { hasOthers || hadOthers ? (remaining + 1) / 2 : remaining }
    }

    private enum Knowledge {
        case nothing
        case unlimited
        case limited(Window)
    }

    // Two answers of one window may tell resets a few ms apart (the server adds two readings of its clock); windows are
    // at least a second long.
    private static let tolerance: Int64 = 250
    private static let fallbackWait: Int64 = 60_000

    private var knowledge = Knowledge.nothing
    private var blockedUntil: Int64?

    /// Length of a window in ms, about: learned from the first call of one; `nil` until then.
    package private(set) var interval: Int64?

    /// Calls admitted and not yet answered.
    package private(set) var inFlight = 0

    /// A budget of which nothing is known.
    package init() {}

    /// Calls per window; `nil` when unlimited or unknown.
    package var limit: Int? {
        if case .limited(let window) = knowledge { window.limit } else { nil }
    }

    /// Decides on one call at the server's time `now`, and counts it when it may go. With `bypass` only a refusal that
    /// has already come is obeyed.
    package mutating func admit(at now: ServerClock.Bounds, bypass: Bool = false) -> Decision {
        let decision = decide(at: now, bypass: bypass)
        if decision == .go { inFlight += 1 }
        return decision
    }

    /// Learns from the answer to an admitted call that left at server time `sent` and was answered by `now`.
    package mutating func record(_ signal: RateLimitSignal, sent: ServerClock.Bounds, at now: ServerClock.Bounds) {
        inFlight = max(0, inFlight - 1)
        var signal = signal
        if let reset = signal.reset, !Self.isPlausible(reset, at: now) { signal.reset = nil }
        if signal.isRefusal {
            let told = signal.reset ?? now.ceiling + (signal.seconds.map { $0 * 1000 } ?? Self.fallbackWait)
            blockedUntil = max(blockedUntil ?? told, told)
        }
        if let limit = signal.limit, let reset = signal.reset,
            let remaining = signal.remaining ?? refusedRemaining(signal)
        {
            // Calls are counted before they are worked on (every version), so a slow answer does not shorten the window.
            if remaining == limit - 1 { interval = max(0, reset - (sent.floor + sent.ceiling) / 2) }
            learn(limit: limit, remaining: remaining, reset: reset, isRefusal: signal.isRefusal)
        } else if signal.isRefusal {
            modifyWindow { $0.hasOthers = true }
        } else if signal.isSuccess, signal.limit == nil {
            knowledge = .unlimited
        }
    }

    /// Notes that an admitted call got no answer; `mayHaveCounted` unless it surely never reached the server.
    package mutating func lose(mayHaveCounted: Bool) {
        inFlight = max(0, inFlight - 1)
        if mayHaveCounted { modifyWindow { $0.remaining = max(0, $0.remaining - 1) } }
    }

    // A window of the server is minutes long. A reset behind us or a day ahead was told by another clock, in another unit or
    // by somebody who means no good; the seconds in the text of a refusal count then, or a minute.
    private static func isPlausible(_ reset: Int64, at now: ServerClock.Bounds) -> Bool {
        now.floor - 3_600_000 <= reset && reset <= now.ceiling + 86_400_000
    }

    private func refusedRemaining(_ signal: RateLimitSignal) -> Int? {
        signal.isRefusal ? 0 : nil
    }

    private mutating func decide(at now: ServerClock.Bounds, bypass: Bool) -> Decision {
        if let until = blockedUntil {
            if now.floor <= until { return .wait(until: until) }
            blockedUntil = nil
        }
        modifyWindow { window in
            guard let reset = window.reset, now.floor > reset else { return }
            window = Window(
                limit: window.limit, remaining: window.limit, reset: nil, lastReset: reset,
                hadOthers: window.hasOthers)
        }
        if bypass { return .go }
        switch knowledge {
        case .unlimited:
            return .go
        case .nothing:
            return inFlight == 0 ? .go : .waitForAnswer(orAfter: nil)
        case .limited(let window):
            guard let reset = window.reset else {
                let mayBurst = !window.hadOthers && inFlight < window.remaining
                return inFlight == 0 || mayBurst ? .go : .waitForAnswer(orAfter: nil)
            }
            if inFlight < window.share { return .go }
            // Calls in flight may be counted in `remaining` already; their answers will tell.
            return window.remaining > 0 ? .waitForAnswer(orAfter: reset) : .wait(until: reset)
        }
    }

    private mutating func learn(limit: Int, remaining: Int, reset: Int64, isRefusal: Bool) {
        guard case .limited(var window) = knowledge else {
            let isFirst = remaining == limit - 1 && inFlight == 0
            knowledge = .limited(
                Window(
                    limit: limit, remaining: remaining, reset: reset, lastReset: reset, answered: 1, hasOthers: !isFirst
                ))
            return
        }
        let newest = window.reset ?? window.lastReset
        if let current = window.reset, abs(current - reset) <= Self.tolerance {
            window.remaining = min(window.remaining, remaining)
        } else if reset > newest + Self.tolerance {
            let left = window.reset == nil ? min(window.remaining, remaining) : remaining
            window = Window(
                limit: limit, remaining: left, reset: reset, lastReset: newest,
                hadOthers: window.reset == nil ? window.hadOthers : window.hasOthers)
        } else {
            // An answer of an earlier window that was overtaken by later ones.
            return
        }
        window.limit = limit
        window.answered += 1
        if isRefusal || remaining < limit - window.answered - inFlight { window.hasOthers = true }
        knowledge = .limited(window)
    }

    private mutating func modifyWindow(_ change: (inout Window) -> Void) {
        guard case .limited(var window) = knowledge else { return }
        change(&window)
        knowledge = .limited(window)
    }
}
