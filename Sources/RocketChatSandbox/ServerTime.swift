#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The server's clock: the machine's or a manual one, both of which can be moved ahead.
struct ServerTime: Sendable {
    private var manual: Int64?
    private var offset: Int64 = 0

    /// A clock of that kind.
    init(_ clock: SandboxClock) {
        if case .manual(let start) = clock { manual = start }
    }

    /// Unix milliseconds.
    var now: Int64 {
        if let manual { return manual }
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000 + offset
    }

    /// Moves the clock.
    mutating func advance(_ milliseconds: Int64) {
        if manual == nil { offset += milliseconds } else { manual? += milliseconds }
    }

    /// The `Date` header of a time: whole seconds, as in `Sun, 22 Nov 2026 13:59:27 GMT`.
    static func header(_ milliseconds: Int64) -> String {
        let parts = parts(milliseconds)
        return "\(parts.weekday), \(parts.day) \(parts.month) \(parts.year) \(parts.clock) GMT"
    }

    /// A time as JavaScript's `Date.toString()` prints it on a server in UTC, as in
    /// `Sun Nov 22 2026 13:59:27 GMT+0000 (Coordinated Universal Time)`.
    static func scriptText(_ milliseconds: Int64) -> String {
        let parts = parts(milliseconds)
        return "\(parts.weekday) \(parts.month) \(parts.day) \(parts.year) \(parts.clock) "
            + "GMT+0000 (Coordinated Universal Time)"
    }

    private static func parts(
        _ milliseconds: Int64
    ) -> (weekday: String, day: String, month: String, year: Int64, clock: String) {
        let days = milliseconds / 86_400_000
        let (year, month, day) = ISODate.civil(days)
        let seconds = milliseconds / 1000 % 86_400
        let names = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let clock = "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
        return (names[Int(days % 7)], two(day), months[Int(month) - 1], Int64(year), clock)
    }
}
