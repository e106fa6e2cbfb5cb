/// The answer of `GET /api/info`.
///
/// Three shapes exist: `{version, success}`, `{info: {version, …}, success}` without a top-level version (admins up to
/// 6.4), and both together (6.5 and later). `info.version` is the fuller one.
package struct ServerInfo: Decodable, Sendable {
    /// The version; `nil` when the server tells none or an unreadable one.
    package let version: ServerVersion?

    /// The request that reads it: no credentials, no rate limit.
    package static var request: APIRequest { APIRequest("info", authenticated: false) }

    /// Reads any of the shapes.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let inner = try? container.nestedContainer(keyedBy: Key.self, forKey: .info).decode(
            String.self, forKey: .version)
        let outer = try? container.decode(String.self, forKey: .version)
        version = inner.flatMap { ServerVersion($0) } ?? outer.flatMap { ServerVersion($0) }
    }

    private enum Key: String, CodingKey {
        case info, version
    }
}
