import JSONBytes
package import RocketChatAPI

/// Who the token is and what it may do: three requests, none of which needs a permission (rocket-chat-api.md §1.5).
package struct Access: Sendable {
    /// Version of the server, if it could be read.
    package let version: ServerVersion?
    /// Id of the token's user, as the server says.
    package let userID: String
    /// What the token's user is called, where the server says.
    package let username: String?
    /// Workspace roles of the token's user.
    package let roles: [String]
    /// Permissions that those roles hold.
    package let permissions: Set<String>

    package init(
        version: ServerVersion?, userID: String, username: String? = nil, roles: [String], permissions: Set<String>
    ) {
        self.version = version
        self.userID = userID
        self.username = username
        self.roles = roles
        self.permissions = permissions
    }

    /// Whether the server's limiter leaves this token alone (roles admin, bot and app by default).
    package var bypassesRateLimit: Bool { permissions.contains("api-bypass-rate-limit") }

    /// Whether the token sees the administrator's room listing.
    package var administersRooms: Bool { permissions.contains("view-room-administration") }

    /// Whether the token meets a requirement.
    package func meets(_ requirement: Requirement) -> Bool {
        switch requirement {
        case .nothing: true
        case .any(let names): names.contains { permissions.contains($0) }
        }
    }

    /// Whether the server is of this version or younger; unknown versions count as young.
    package func isServer(atLeast wanted: ServerVersion) -> Bool {
        version.map { $0 >= wanted } ?? true
    }
}

extension Access {
    /// Paths asked to find out about the token.
    static let paths: Set<String> = [ServerInfo.request.path, "v1/me", "v1/permissions.listAll"]

    /// Asks the server. `/api/info` comes first: it needs no credentials and proves that the address is right.
    /// - Throws: `APIError`; `.configuration` when the address or the credentials are wrong.
    package static func load(
        with client: RocketChatClient, userID: String
    ) async throws(APIError) -> Access {
        let server = try await client.json(ServerInfo.request, read: ServerInfo.init)
        let me = try await client.json(APIRequest("v1/me"), read: Me.init)
        guard me.id == userID else {
            throw APIError(
                .configuration,
                "The token belongs to another user than 'user_id' says. Use the user id that was shown with the token.")
        }
        let permissions = try await client.json(APIRequest("v1/permissions.listAll")) { answer in
            // Every workspace has permissions, and a role that lost them all would see nothing.
            answer["update"]?.array.flatMap { $0.isEmpty ? nil : granted(by: $0, to: Set(me.roles)) }
        }
        return Access(
            version: server.version, userID: me.id, username: me.username, roles: me.roles, permissions: permissions)
    }

    /// The token's user.
    private struct Me {
        let id: String
        let username: String?
        let roles: [String]

        init?(_ answer: JSON) {
            // What a user without roles may see is not what this one may.
            guard let id = answer["_id"]?.string, answer["roles"]?.array != nil else { return nil }
            self.id = id
            username = answer["username"]?.string
            roles = Access.texts(answer["roles"])
        }
    }

    private static func granted(by permissions: [JSON], to roles: Set<String>) -> Set<String> {
        Set(permissions.filter { !roles.isDisjoint(with: texts($0["roles"])) }.compactMap { $0["_id"]?.string })
    }

    private static func texts(_ list: JSON?) -> [String] {
        list?.array?.compactMap(\.string) ?? []
    }
}
