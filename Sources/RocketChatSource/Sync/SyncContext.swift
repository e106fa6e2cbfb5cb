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
    /// How much is asked for at once.
    package var sizes = ReadingSizes()
    /// Rooms by id, listed once for all streams of the sync that go room by room.
    let rooms = Once<[String: Room]>()

    /// The youngest instant that a state may name: what was written just before S0 may still become visible
    /// (rocket-chat-api.md §5.5, trap 7), so the next sync reads it again.
    package var checkpointLimit: Int64 { horizon - configuration.overlap }

    /// Returns once the server's clock has surely passed S0, so that no change stamped up to S0 can still be made.
    ///
    /// `Date` headers have whole seconds, so S0 can lie up to a second ahead of the server's true time.
    /// - Throws: `CancellationError`.
    package func waitForHorizon() async throws(CancellationError) {
        while client.serverNow.floor <= horizon {
            try await clock.sleep(until: clock.now() + horizon - client.serverNow.floor + 1)
        }
    }
}
