/// Makes one line of a server that does not answer, however often the source says so.
struct Outage {
    /// After so long (ms) without a word the trouble is over; sources that try again say so more often.
    private static let end: Int64 = 90_000
    /// A shorter trouble's end is not worth a line, in ms.
    private static let worth: Int64 = 60_000

    private struct Trouble {
        let began: Int64
        var last: Int64
        /// Whether rows have come since: then the server answers some requests.
        var isPartial = false
    }

    private var trouble: Trouble?

    /// No trouble yet.
    init() {}

    /// The words by which sources say that they try again.
    private static let signs = [
        "trying again", "try again in", "retrying", "will retry", "failing since", "backing off",
        "waiting until the rate limit",
    ]

    /// Whether a warning says that a request failed and is made again.
    static func isSign(_ warning: String) -> Bool {
        let text = warning.lowercased()
        return signs.contains { text.contains($0) }
    }

    /// Takes over a warning. False when it only repeats what has been said of a trouble that goes on.
    mutating func isNews(_ warning: String, now: Int64) -> Bool {
        guard Self.isSign(warning) else { return true }
        guard trouble != nil, !isOver(now) else {
            trouble = Trouble(began: now, last: now)
            return true
        }
        trouble?.last = now
        return false
    }

    /// Notes that rows come. Those of the first second may have been on their way before.
    mutating func rowsCame(now: Int64) {
        if let began = trouble?.began, now - began >= 1000 { trouble?.isPartial = true }
    }

    private func isOver(_ now: Int64) -> Bool { trouble.map { now - $0.last >= Self.end } ?? true }

    /// How it stands, for the screen; nil while all is well. The first seconds are told by the source's own line.
    func words(now: Int64) -> String? {
        guard let trouble, !isOver(now), now - trouble.began >= 1000 else { return nil }
        let time = Amount.time(now - trouble.began)
        return trouble.isPartial
            ? "some requests have failed for \(time); trying again"
            : "the server has not answered for \(time); trying again"
    }

    /// What is to be said once it is over; nil before, and when it was short.
    mutating func closing(now: Int64) -> String? {
        guard let former = trouble, isOver(now) || former.isPartial && now - former.last >= Self.end / 3 else {
            return nil
        }
        trouble = nil
        guard former.last - former.began >= Self.worth else { return nil }
        return "the server answers again, after \(Amount.time(former.last - former.began))"
    }
}
