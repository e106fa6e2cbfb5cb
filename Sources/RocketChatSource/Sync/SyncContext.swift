package import AirbyteProtocol
package import RocketChatAPI

/// What every stream of one sync shares.
package struct SyncContext: Sendable {
    /// Asks the server, at the pace it allows; shared, so that all streams keep to one pace.
    package let client: RocketChatClient
    /// Standard output.
    package let writer: MessageWriter
    /// The only source of time.
    package let clock: any SyncClock
    /// What the user configured.
    package let configuration: Configuration
    /// What marks the states of this sync.
    let origin: Origin
    /// Who the token is.
    package let access: Access
    /// Skips and doubts, for the report at the end.
    package let report: SyncReport
    /// The frozen instant S0 of this sync in the server's time (Unix ms): no younger change of a message is delivered, so that
    /// no message appears twice in one run however long it takes.
    package let horizon: Int64
    /// Whether S0 lies no further ahead of this machine's clock than the overlap makes up for.
    let isDateTrusted: Bool
    /// How much is asked for at once.
    package var sizes = ReadingSizes()
    /// Rooms by id, listed once for all streams of the sync that go room by room.
    let rooms = Once<RoomListing>()
    /// The newest stamp met so far, in this sync and in those that its states come from.
    let stamps = ServerStamps()

    /// The latest instant (Unix ms) up to which everything that is stamped has become visible by S0: what was written just before
    /// may still be on its way (rocket-chat-api.md §5.5, trap 7), so the next sync reads it again.
    var settledInstant: Int64 { horizon - configuration.overlap }

    /// The mark (Unix ms) of something that was followed up to `mark` before and has been read to its end now.
    ///
    /// S0 comes from `Date` headers, which may run ahead. So no more is claimed than the newest stamp met in the whole sync, and
    /// where that clock is ahead of ours, than what lies before `basis`: the newest stamp met before the reading began. A row stamped
    /// later may have been written behind its back, one of the same millisecond too, and what is stamped less than the overlap
    /// before it may still have been on its way.
    func mark(after mark: Int64, basis: Int64?) -> Int64 {
        let proven = isDateTrusted ? stamps.newest : basis.map { $0 - max(1, configuration.overlap) }
        return max(min(mark, settledInstant), min(proven ?? .min, settledInstant))
    }

    /// Whether a server's clock with these bounds is close enough to `now` (local Unix ms), with an overlap in ms, to go by.
    static func isTrusted(_ server: ServerClock.Reading, now: Int64, overlap: Int64) -> Bool {
        server.floor - now <= overlap / 2
    }

    /// From when on (Unix ms) the removals of a room count whose first load begins now, by the newest stamp met before.
    func beginningOfLoads(basis: Int64?) -> Int64 {
        min(basis ?? horizon - RoomPlan.trashLifetime, settledInstant) - Watermark.bulkRemoval
    }

    /// Notes a row's stamp (Unix ms). One ahead of the server's clock, from a skewed app server or an importer, proves nothing.
    func noteStamp(_ stamp: Int64?) {
        guard let stamp, stamp >= 0, stamp <= client.serverNow.ceiling else { return }
        stamps.met(stamp)
    }

    /// A mark further ahead of S0 than this (ms) was not made by this server's clock as it goes now.
    private static let tolerance: Int64 = 60_000

    /// Whether a stored mark (Unix ms) lies ahead of the server's clock: that clock was wrong when the mark was made, or the server was
    /// restored from a backup. What lies between the true time of the mark and now is unknown.
    func isAhead(_ mark: Int64) -> Bool { mark > horizon + Self.tolerance }

    /// Returns once the server's clock has surely passed S0, so that no change stamped up to S0 can still be made.
    ///
    /// `Date` headers have whole seconds, so S0 can lie up to a second ahead of the server's true time.
    /// - Throws: `ReadError.cancelled`; `.api` when that would take longer than the overlap and a minute: the server's clock was
    ///   put back, or the first answers bore a wrong `Date`.
    package func waitForHorizon() async throws(ReadError) {
        let latest = clock.now() + configuration.overlap + 60_000
        while client.serverNow.floor <= horizon {
            let wake = clock.now() + horizon - client.serverNow.floor + 1
            guard wake <= latest else {
                throw .api(
                    APIError(
                        .transient,
                        "The server's clock, as its Date headers tell it, went back by \((wake - clock.now()) / 1000) s since this sync "
                            + "began. Compare the clocks of its nodes and of the proxies before it; the next sync tries again."
                    ))
            }
            do { try await clock.sleep(until: wake) } catch { throw .cancelled }
        }
    }
}
