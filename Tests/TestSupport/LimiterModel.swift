package import RocketChatAPI
import Synchronization

/// The server's rate limiter as its sources describe it: fixed windows per route, opened by the first call after the
/// last one has elapsed; blocked calls count too.
package final class LimiterModel: Sendable {
    private struct Window {
        var openedAt: Int64
        var calls = 0
    }

    private struct State {
        var windows: [String: Window] = [:]
        var refusals = 0
        var calls = 0
    }

    private let limit: Int
    private let interval: Int64
    private let state = Mutex(State())

    /// A limiter of `limit` calls per `interval` ms.
    package init(limit: Int, interval: Int64) {
        self.limit = limit
        self.interval = interval
    }

    /// Calls refused so far.
    package var refusals: Int { state.withLock { $0.refusals } }

    /// Calls counted so far, refused ones included.
    package var calls: Int { state.withLock { $0.calls } }

    /// Answers one call to `route` at the server's time `now` (Unix ms).
    package func answer(_ route: String, at now: Int64) -> HTTPResponse {
        state.withLock { state in
            var window = state.windows[route] ?? Window(openedAt: now)
            if now - window.openedAt > interval { window = Window(openedAt: now) }
            window.calls += 1
            state.windows[route] = window
            state.calls += 1
            let left = window.openedAt + interval - now
            let headers = [
                ("X-RateLimit-Limit", "\(limit)"),
                ("X-RateLimit-Remaining", "\(max(0, limit - window.calls))"),
                ("X-RateLimit-Reset", "\(now + left)"),
                ("Date", HTTPDate.text(now)),
            ]
            guard window.calls > limit else { return .json(#"{"success":true}"#, headers: headers) }
            state.refusals += 1
            let text = "You must wait \((left + 999) / 1000) seconds before trying this endpoint again."
            return .json(
                #"{"success":false,"error":"Error, too many requests. Please slow down. \#(text) [error-too-many-requests]"}"#,
                status: 429, headers: headers)
        }
    }
}

extension HTTPDate {
    /// The header for a Unix time in ms, rounded down to seconds.
    package static func text(_ milliseconds: Int64) -> String {
        let seconds = milliseconds / 1000
        let days = seconds / 86_400
        let names = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let (year, month, day) = civil(days)
        let clock = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        let date = "\(day < 10 ? "0" : "")\(day) \(months[month - 1]) \(year)"
        return "\(names[Int(days % 7)]), \(date) \(clock.joined(separator: ":")) GMT"
    }

    private static func civil(_ days: Int64) -> (year: Int, month: Int, day: Int) {
        var year = 1970
        var left = Int(days)
        func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
        while left >= (isLeap(year) ? 366 : 365) {
            left -= isLeap(year) ? 366 : 365
            year += 1
        }
        let lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var month = 0
        while left >= lengths[month] {
            left -= lengths[month]
            month += 1
        }
        return (year, month + 1, left + 1)
    }
}
