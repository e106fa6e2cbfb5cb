/// How many of the rooms that have waited longest a sync asks, so that every room is asked within a limit and no sync does much
/// more than its share. Pure.
package struct ScanShare: Sendable, Equatable {
    /// Within so many ms every room is asked again.
    package let limit: Int64
    /// How long after this sync the next one is expected to begin, in ms.
    package let interval: Int64

    /// What a sync does more than its even share at most, to catch up: an eighth.
    private static let catchUp = 8
    /// This part of the limit is left for the sync itself: a room asked last waits for all the others.
    private static let reserve: Int64 = 24

    package init(limit: Int64, interval: Int64) {
        self.limit = max(1, limit)
        self.interval = max(1, interval)
    }

    /// The share of a sync that begins at `now`, when the last one began at `begun` and ended at `ended` (Unix ms; nil where no
    /// state tells).
    ///
    /// As long as syncs keep to a rhythm, the next one begins as long after this one as this one after the last. A sync that
    /// took much longer than the rhythm, like a first one, says nothing of it; then the pause since its end does.
    package init(limit: Int64, now: Int64, begun: Int64?, ended: Int64?) {
        let least = limit / Self.reserve
        let since = begun.map { max(0, now - $0) } ?? least
        let pause = ended.map { max(0, now - $0) } ?? 0
        self.init(limit: limit, interval: min(since, pause + least))
    }

    /// The oldest age at which a sync should ask a room.
    private var reach: Int64 { limit - limit / Self.reserve }

    /// Whether something that was last done at `last` is to be done again by a sync at `now` (Unix ms), so that it is not
    /// overdue when the next one comes.
    package func isDue(last: Int64, now: Int64) -> Bool { now - last + interval > reach }

    /// The even share of `rooms`.
    package func even(_ rooms: Int) -> Int {
        let syncs = max(1, Int(reach / interval))
        return (rooms + syncs - 1) / syncs
    }

    /// How many to ask now of rooms that were last asked at these times (Unix ms, ascending), when `others` are asked anyway.
    ///
    /// Room number i, counted from the one that has waited longest, comes in the first ⌈i / n⌉ syncs when each asks n of them:
    /// n is the least number for which no room waits longer than the limit.
    package func count(_ asked: [Int64], now: Int64, others: Int) -> Int {
        var least = 0
        for (index, instant) in asked.enumerated() {
            let left = instant + reach - now
            let syncs = left < 0 ? 1 : Int(left / interval) + 1
            least = max(least, (index + syncs) / syncs)
        }
        let even = even(asked.count + others)
        return min(least, max(even, even + even / Self.catchUp - others), asked.count)
    }
}
