package import JSONBytes

/// The answer of `GET /api/info`.
///
/// Three shapes exist: `{version, success}`, `{info: {version, …}, success}` without a top-level version (admins up to
/// 6.4), and both together (6.5 and later). `info.version` is the fuller one.
package struct ServerInfo: Sendable {
    /// The version; `nil` when the server tells none or an unreadable one.
    package let version: ServerVersion?

    /// The request that reads it: no credentials, no rate limit.
    package static var request: APIRequest { APIRequest("info", authenticated: false) }

    /// Reads any of the shapes.
    package init(_ answer: JSON) {
        let versions = [answer["info"]?["version"], answer["version"]]
        version = versions.lazy.compactMap { $0?.string.flatMap { ServerVersion($0) } }.first
    }
}
