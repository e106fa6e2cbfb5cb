/// The backoff between retries: how long to wait before a failed request is tried again.
///
/// The wait doubles up to a cap, and half of it is random so that clients that failed together do not return together:
///
/// | after failed try | 1 | 2 | 3 | 4 | 5 | 6 | 7 and later |
/// | --- | --- | --- | --- | --- | --- | --- | --- |
/// | shortest wait, s | 0.5 | 1 | 2 | 4 | 8 | 16 | 30 |
/// | longest wait, s | 1 | 2 | 4 | 8 | 16 | 32 | 60 |
///
/// Seven tries thus span 31 to 63 s, enough for a server restart; a pure value.
package struct RetryBackoff: Sendable, Equatable {
    /// Longest wait after the first failed try, in ms.
    package var base: Int64 = 1000
    /// Longest wait of all, in ms.
    package var cap: Int64 = 60_000

    /// Creates the default backoff.
    package init() {}

    /// The wait in ms after failed try number `attempt` (from 1), for a `random` from 0 up to 1.
    package func delay(attempt: Int, random: Double) -> Int64 {
        let doublings = min(max(attempt - 1, 0), 20)
        let longest = min(cap, base << Int64(doublings))
        return longest / 2 + Int64(Double(longest - longest / 2) * min(max(random, 0), 1))
    }
}
