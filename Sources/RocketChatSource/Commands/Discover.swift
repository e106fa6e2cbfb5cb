import AirbyteProtocol
import RocketChatAPI

extension Connector {
    /// Lists the streams that this token can read on this server; the others are named in log lines with what they need.
    /// - Throws: `InputError`, `ConfigurationError`, `APIError`, `OutputError`.
    func discover(config path: String) async throws {
        let configuration = try Configuration(try configurationDocument(path))
        let client = try client(for: configuration, attempts: 3)
        let access = try await Access.load(with: client, userID: configuration.userID)
        try report(access)
        try writer.catalog(Catalogue.streams(for: access).map(\.description))
    }
}

extension Catalogue {
    /// The streams worth offering: those that the token can read, and the official ones in any case, so that a connection
    /// that moves over finds what it had.
    static func streams(for access: Access) -> [StreamDefinition] {
        all.filter { stream in
            if official.contains(stream.name) { return true }
            return access.meets(stream.needs) && stream.since.map { access.isServer(atLeast: $0) } ?? true
        }
    }
}
