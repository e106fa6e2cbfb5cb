import RocketChatAPI

/// Who looks at which server.
struct Viewer: Sendable {
    /// Roles of the token's user.
    var roles: [String] = []
    /// The server's version, where it is known.
    var version: ServerVersion?
    /// Permissions of the token.
    var permissions: Set<String> = []

    /// Whether a row is gone that a listing lacks which was read to its end; `isEmpty` if it had none at all.
    func mayConclude(_ conclusion: ListEndpoint.Conclusion, isEmpty: Bool) -> Bool {
        switch conclusion {
        case .gone: true
        case .goneUnlessEmpty(let versions): !isEmpty || version.map { !versions.contains($0) } ?? false
        case .goneUnlessEmptyWithout(let permission): !isEmpty || permissions.contains(permission)
        case .goneFor(let needed): !needed.isDisjoint(with: roles)
        }
    }
}

extension Viewer {
    /// The token's user.
    init(_ access: Access) {
        self.init(roles: access.roles, version: access.version, permissions: access.permissions)
    }
}
