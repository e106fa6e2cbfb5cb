package import RocketChatAPI

/// What a token is offered on a server: the streams that it can read there, and of the others what keeps it from them.
package struct Offer: Sendable {
    /// Who the token is, and what it may do.
    let access: Access

    package init(_ access: Access) { self.access = access }

    /// The streams worth offering: those that the token can read, and the official ones in any case, so that a connection
    /// that moves over finds what it had.
    package var streams: [StreamDefinition] {
        Catalogue.all.filter { Catalogue.official.contains($0.name) || obstacle(to: $0) == nil }
    }

    /// What keeps this token from reading `stream` on this server; nil when nothing is known to.
    package func obstacle(to stream: StreamDefinition) -> Obstacle? {
        if let since = stream.since, !access.isServer(atLeast: since) { return .version(since) }
        return access.meets(stream.needs) ? nil : .permission(stream.needs)
    }

    /// Why a stream cannot be read.
    package enum Obstacle: Sendable, Hashable {
        /// The token lacks what the stream needs.
        case permission(Requirement)
        /// The server is too old.
        case version(ServerVersion)

        /// A sentence that says what would add `stream`, which somebody wants to read.
        func sentence(for stream: StreamDefinition) -> String {
            switch self {
            case .permission(let requirement):
                "Stream '\(stream.name)' needs the permission \(requirement.text), which the token's roles do not hold."
            case .version(let version):
                "Stream '\(stream.name)' needs a server of version \(version) or later."
            }
        }
    }
}

extension Access {
    /// Whether an endpoint is worth asking: the token holds what it needs and the server is young enough.
    func offers(_ endpoint: ListEndpoint) -> Bool {
        meets(endpoint.needs) && endpoint.since.map { isServer(atLeast: $0) } ?? true
    }
}
