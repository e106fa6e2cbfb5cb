package import AirbyteProtocol

/// Reads one Rocket.Chat server: paces by route, sends, classifies, validates and retries.
package final class RocketChatClient: Sendable {
    /// Creates a client; nothing is sent yet.
    package init(
        server: ServerAddress, credentials: Credentials, transport: any HTTPTransport, clock: any SyncClock,
        settings: ClientSettings = ClientSettings()
    ) {
    }

    /// Reads and scans one page. The scanner's layout must list the scalar `["success"]` unless the request says that
    /// the answer has none.
    package func page(_ request: APIRequest, scanner: PageScanner) async throws(APIError) -> APIPage {
        fatalError("body follows")
    }

    /// Reads one small answer and decodes it whole.
    package func json<T: Decodable & Sendable>(_ request: APIRequest, as type: T.Type) async throws(APIError) -> T {
        fatalError("body follows")
    }

    /// What is known of the server's clock so far.
    package var serverClock: ServerClock { fatalError("body follows") }

    /// Bounds of the server's time now, in Unix ms.
    package var serverNow: ServerClock.Reading { fatalError("body follows") }

    /// Whether the user has `api-bypass-rate-limit`: budgets are then ignored, but a 429 is still obeyed.
    package var bypassesRateLimit: Bool {
        get { false }
        set {}
    }

    /// What has been done so far, by route.
    package var statistics: ClientStatistics { ClientStatistics() }
}
