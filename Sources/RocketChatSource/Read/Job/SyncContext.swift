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
    /// The frozen instant S0, and how much before it the next sync reads again.
    package let lookback: Lookback
    /// How much is asked for at once.
    package var sizes = RequestSizes()
    /// Rooms by id, listed once for all streams of the sync that go room by room.
    let rooms = Once<RoomListing>()
    /// The newest stamp met so far, in this sync and in those that its states come from.
    let stamps = ServerStamps()

    /// The frozen instant S0 of this sync in the server's time (Unix ms).
    package var horizon: Int64 { lookback.horizon }

    /// The mark (Unix ms) of something that was followed up to `mark` before and has been read to its end now; see `Lookback`.
    func mark(after mark: Int64, basis: Int64?) -> Int64 {
        lookback.mark(after: mark, basis: basis, newest: stamps.newest)
    }

    /// Notes a row's stamp (Unix ms). One ahead of the server's clock, from a skewed app server or an importer, proves nothing.
    func noteStamp(_ stamp: Int64?) {
        guard let stamp, stamp >= 0, stamp <= client.serverNow.ceiling else { return }
        stamps.met(stamp)
    }

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
