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
        try report(access)
        try writer.catalog(Catalogue.streams(for: access).map(\.description))
    }
}

extension Catalogue {
    /// Why a stream cannot be read.
    enum Obstacle: Sendable, Equatable {
        /// The token lacks what the stream needs.
        case permission(Requirement)
        /// The server is too old.
        case version(ServerVersion)

        /// A sentence that says what would add `stream`.
        func sentence(for stream: StreamDefinition) -> String {
            let consequence =
                official.contains(stream.name) ? "; it is listed all the same, but reading it may fail" : ""
            return switch self {
            case .permission(let requirement):
                "Stream '\(stream.name)' needs the permission \(requirement.text), which the token's roles do not hold"
                    + "\(consequence)."
            case .version(let version):
                "Stream '\(stream.name)' needs a server of version \(version) or later\(consequence)."
            }
        }
    }

    /// What keeps this token from reading `stream` on this server; nil when nothing is known to.
    static func obstacle(to stream: StreamDefinition, for access: Access) -> Obstacle? {
        if let since = stream.since, !access.isServer(atLeast: since) { return .version(since) }
        return access.meets(stream.needs) ? nil : .permission(stream.needs)
    }

    /// The streams worth offering: those that the token can read, and the official ones in any case, so that a connection
    /// that moves over finds what it had.
    static func streams(for access: Access) -> [StreamDefinition] {
        all.filter { official.contains($0.name) || obstacle(to: $0, for: access) == nil }
    }
}
