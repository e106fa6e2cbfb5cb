/// Permissions that a call needs, as the server grants them to roles (rocket-chat-api.md §1.7).
package enum Requirement: Sendable, Hashable {
    /// A valid token is enough.
    case nothing
    /// One of these permissions.
    case any([String])

    /// Needs this permission.
    package static func permission(_ name: String) -> Requirement { .any([name]) }

    /// In words, for log lines and docs/streams.md.
    package var text: String {
        switch self {
        case .nothing: "nothing beyond a valid token"
        case .any(let names): names.joined(separator: " or ")
        }
    }
}
