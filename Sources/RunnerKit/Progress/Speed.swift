/// How fast something grows, over the last minute: a rate limiter's window, so that its pauses do not make it jump.
struct Speed {
    private static let window: Int64 = 60_000

    private var samples: [(at: Int64, total: Int)] = []

    /// Nothing measured yet.
    init() {}

    /// Notes that there are `total` at `now`, in ms; once a second is enough.
    mutating func note(_ total: Int, now: Int64) {
        if let last = samples.last, now - last.at < 1000 { return }
        samples.append((now, total))
        while samples.count > 2, now - samples[1].at >= Self.window { samples.removeFirst() }
    }

    /// In a second, up to `total` at `now`; zero before anything can be told.
    func perSecond(_ total: Int, now: Int64) -> Double {
        guard let first = samples.first, now > first.at else { return 0 }
        return Double(max(0, total - first.total)) * 1000 / Double(now - first.at)
    }
}
