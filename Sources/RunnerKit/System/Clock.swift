import CSystem
import JSONBytes

/// The two clocks, in milliseconds.
enum Clock {
    /// Unix milliseconds.
    static func now() -> Int64 { read(CLOCK_REALTIME) }

    /// The same as RFC 3339 text.
    static var timestamp: String { Timestamp.text(now()) }

    /// Milliseconds that only grow, whatever is done to the machine's time.
    static func monotonic() -> Int64 { read(CLOCK_MONOTONIC) }

    private static func read(_ clock: clockid_t) -> Int64 {
        var value = timespec()
        clock_gettime(clock, &value)
        return Int64(value.tv_sec) * 1000 + Int64(value.tv_nsec) / 1_000_000
    }

    /// The time of day in the user's zone, for instance `14:03:05`.
    static func timeOfDay(_ milliseconds: Int64) -> String {
        var seconds = time_t(milliseconds / 1000)
        var parts = tm()
        localtime_r(&seconds, &parts)
        return [parts.tm_hour, parts.tm_min, parts.tm_sec].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}
