package import RocketChatAPI

/// The lookback of a sync: how much of what was read is read again next time (`overlap_seconds`), because what is written late would
/// be passed over otherwise. Pure.
package struct Lookback: Sendable {
    /// The frozen instant S0 of the sync in the server's time (Unix ms): no younger change of a message is delivered, so that
    /// no message appears twice in one run however long it takes.
    package let horizon: Int64
    /// How long before S0 the next sync begins, in ms.
    let overlap: Int64
    /// Whether S0 lies no further ahead of this machine's clock than the overlap makes up for.
    let isDateTrusted: Bool

    /// The lookback of a sync that begins when the server's clock has these bounds and this machine's shows `now` (Unix ms).
    package init(server: ServerClock.Bounds, now: Int64, overlap: Int64) {
        horizon = server.ceiling
        self.overlap = overlap
        isDateTrusted = server.floor - now <= overlap / 2
    }

    /// The latest instant (Unix ms) up to which everything that is stamped has become visible by S0: what was written just before
    /// may still be on its way (rocket-chat-api.md §5.5, trap 7), so the next sync reads it again.
    var settled: Int64 { horizon - overlap }

    /// The mark (Unix ms) of something that was followed up to `mark` before and has been read to its end now.
    ///
    /// S0 comes from `Date` headers, which may run ahead. So no more is claimed than `newest`, the newest stamp met in the whole sync,
    /// and where that clock is ahead of ours, than what lies before `basis`: the newest stamp met before the reading began. A row
    /// stamped later may have been written behind its back, one of the same millisecond too, and what is stamped less than the
    /// overlap before it may still have been on its way.
    func mark(after mark: Int64, basis: Int64?, newest: Int64?) -> Int64 {
        let proven = isDateTrusted ? newest : basis.map { $0 - max(1, overlap) }
        return max(min(mark, settled), min(proven ?? .min, settled))
    }

    /// From when on (Unix ms) the removals of a room count whose first load begins now, by the newest stamp met before.
    func beginningOfLoads(basis: Int64?) -> Int64 {
        min(basis ?? horizon - Trash.lifetime, settled) - Trash.bulkRemoval
    }

    /// A mark further ahead of S0 than this (ms) was not made by this server's clock as it goes now.
    private static let tolerance: Int64 = 60_000

    /// Whether a stored mark (Unix ms) lies ahead of the server's clock: that clock was wrong when the mark was made, or the server was
    /// restored from a backup. What lies between the true time of the mark and now is unknown.
    func isAhead(_ mark: Int64) -> Bool { mark > horizon + Self.tolerance }
}
