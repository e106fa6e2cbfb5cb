import AirbyteProtocol

/// `--retries`: which failures are tried again, and when.
struct Retries {
    private let count: Int
    private let backoff: [Int64]
    private var used = 0

    /// At most `count` times, after so many milliseconds; the last number counts for all that follow.
    init(count: Int, backoff: [Int64]) {
        self.count = count
        self.backoff = backoff
    }

    /// How long to wait before the next try, nil when there is none: a wrong configuration or command line stays wrong, and
    /// who stops a run does not want another.
    mutating func next(after code: ExitCode) -> Int64? {
        guard code == .failed, used < count, let last = backoff.last else { return nil }
        defer { used += 1 }
        return used < backoff.count ? backoff[used] : last
    }

    /// Says so and waits. False when this was the last try.
    mutating func wait(after code: ExitCode, _ reporter: Reporter) throws(RunnerError) -> Bool {
        guard let pause = next(after: code) else {
            if count > 0, code == .configuration || code == .usage {
                reporter.say("not tried again: that cannot help")
            }
            return false
        }
        reporter.say("trying again in \(pause / 1000) s, from what is saved (\(used) of \(count))")
        _ = try SignalPipe.wait(for: 0, of: -1, timeout: Int32(clamping: pause))
        return true
    }
}
