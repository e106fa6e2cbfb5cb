import AirbyteProtocol
import RocketChatAPI

extension Connector {
    /// Says whether the configuration works: address, then credentials, then permissions, in three requests.
    ///
    /// A check that fails says in one sentence what to fix and still counts as an answered question.
    /// - Throws: `InputError` when there is no configuration to check; `OutputError`.
    func check(config path: String) async throws {
        let document = try configurationDocument(path)
        let status: ConnectionStatus
        do {
            let configuration = try configuration(document)
            let client = try client(for: configuration, attempts: 3)
            let access = try await Access.load(with: client, userID: configuration.userID)
            try report(access)
            status = .succeeded
        } catch let error as ConfigurationError {
            status = .failed(error.message)
        } catch let error as APIError {
            status = .failed(error.message)
        }
        try writer.connectionStatus(status)
    }

    /// Tells what the token may do, without naming its user.
    func report(_ access: Access) throws(OutputError) {
        let version = access.version.map { "Rocket.Chat \($0)" } ?? "Rocket.Chat of unknown version"
        let pace =
            access.bypassesRateLimit
            ? "the token is free of the rate limit"
            : "the server limits the token's requests (the permission api-bypass-rate-limit would lift that)"
        try writer.log(.info, "\(version); \(pace).")
        for stream in Catalogue.all {
            if let obstacle = Catalogue.obstacle(to: stream, for: access) {
                try writer.log(.info, obstacle.sentence(for: stream))
            }
        }
    }
}
