/// The server's rate limiter: a fixed window per route and method, counted per client address (rocket-chat-api.md §2).
struct Limiter: Sendable {
    /// What the limiter says to a call.
    struct Verdict: Sendable {
        /// Whether the call passes.
        let isAllowed: Bool
        /// `X-RateLimit-*`; the reset is Unix milliseconds.
        let headers: [(String, String)]
        /// Milliseconds until the window ends.
        let timeToReset: Int64
    }

    private struct Window {
        var start: Int64
        var calls: [String: Int] = [:]
    }

    private var windows: [String: Window] = [:]
    private let created: Int64

    /// A limiter whose first windows begin now: rules are made when the server starts, not at the first call.
    init(at now: Int64) {
        created = now
    }

    /// Counts a call and judges it.
    mutating func count(_ route: String, address: String, limit: RateLimit, at now: Int64) -> Verdict {
        var window = windows[route] ?? Window(start: created)
        // Lazy: the window ends with the first call after its time, for all addresses at once.
        if now - window.start > limit.interval { window = Window(start: now) }
        let calls = (window.calls[address] ?? 0) + 1
        window.calls[address] = calls
        windows[route] = window
        let timeToReset = limit.interval - (now - window.start)
        return Verdict(
            isAllowed: calls <= limit.calls,
            headers: Self.headers(limit: limit.calls, remaining: max(0, limit.calls - calls), reset: now + timeToReset),
            timeToReset: timeToReset)
    }

    /// The three headers.
    static func headers(limit: Int, remaining: Int, reset: Int64) -> [(String, String)] {
        [
            ("X-RateLimit-Limit", "\(limit)"), ("X-RateLimit-Remaining", "\(remaining)"),
            ("X-RateLimit-Reset", "\(reset)"),
        ]
    }

    /// The 429; it names the seconds in its text only.
    static func refusal(timeToReset: Int64, headers: [(String, String)]) -> Refusal {
        let seconds = (timeToReset + 999) / 1000
        let text =
            "Error, too many requests. Please slow down. You must wait \(seconds) seconds before trying this endpoint "
            + "again. [error-too-many-requests]"
        var refusal = Refusal(429, ["success": false, "error": .string(text)])
        refusal.headers = headers
        return refusal
    }
}
