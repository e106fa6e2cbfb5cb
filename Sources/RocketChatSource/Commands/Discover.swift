import AirbyteProtocol
import RocketChatAPI

extension Connector {
    /// Lists the streams that this token can read on this server; the others are named in log lines with what they need.
    ///
    /// Three requests on any server: what the token may do says what can be read, so nothing has to be tried.
    /// - Throws: `InputError`, `ConfigurationError`, `APIError`, `OutputError`.
    func discover(config path: String) async throws {
        let configuration = try configuration(try configurationDocument(path))
        let client = try client(for: configuration, patience: .short)
        let access = try await Access.load(with: client, userID: configuration.credentials.userID)
        try tell(AccessReport(access, client: client))
        let omission = Omission(configuration.omitted)
        try writer.catalog(Offer(access).streams.map { omission.apply(to: $0).description })
    }
}
