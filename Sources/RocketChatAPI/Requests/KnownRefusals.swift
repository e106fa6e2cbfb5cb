import JSONBytes

/// The error codes and texts by which the server says something definite: a positive list by route, from the server's sources
/// 3.18 to 8.6.1 (rocket-chat-api.md §1.4).
///
/// Codes come from `errorType` or the `[code]` suffix of `error`; where an answer has neither, its whole `error` is taken for the code.
/// What is not listed here concludes nothing: handlers answer their own failures with 400 and `success: false` too, codes included
/// (`[500]`, `[50]`, `MongoPoolClearedError`, `totp-required`, `apps-engine-unavailable`), and one code can be a refusal on one
/// route and a failure on another (`error-invalid-user`).
enum KnownRefusals {
    /// Whether the server refuses this one resource to this user, or does not know it.
    static func isRefusal(_ status: Int, _ body: ErrorBody, of route: String) -> Bool {
        guard body.isOfServer, let word = body.word else { return false }
        return switch status {
        case 400: refusals[route]?.contains(word) ?? false
        case 403: forbidden.contains(word)
        // 8.x: broadcast rooms without `view-broadcast-member-list`.
        case 401: word == "unauthorized" && route == "v1/rooms.membersOrderedByRole"
        case 404: route == "v1/rooms.membersOrderedByRole" && word.contains("does not match any room")
        default: false
        }
    }

    /// Whether the server says in its own way that a list has no rows: 5.0.0 to 6.1 for a user without private groups (#27587).
    static func isEmptyList(_ status: Int, _ body: ErrorBody, of route: String) -> Bool {
        status == 404 && body.isOfServer && body.text == "Resource not found" && route == "v1/groups.list"
    }

    /// Whether a 400 is about the form of the request: parameters that this version does not know or wants besides.
    static func isInvalidRequest(_ status: Int, _ body: ErrorBody) -> Bool {
        guard status == 400, body.isOfServer, let word = body.word else { return false }
        // `video-conference.list` says of a room that the user may not see what others say of parameters, with no code.
        if body.code == nil, word == "invalid-params" { return false }
        return invalidRequests.contains(word) || isParameterCode(word) || isSchemaText(body.text ?? "")
    }

    /// Whether the code or text says that the rate limit is exceeded (a 400 before server 0.75).
    static func isRateLimit(_ body: ErrorBody) -> Bool {
        body.code == "error-too-many-requests"
    }

    /// Whether a 401 is the server's own word that it does not know the token with this user id.
    ///
    /// Up to about 7.2 without `success` (rocket-chat-api.md §1.2).
    static func isAboutCredentials(_ body: ErrorBody) -> Bool {
        guard body.form == .object, let text = body.text?.lowercased() else { return false }
        return text.hasPrefix("you must be logged in") || (body.success == false && text == "unauthorized")
    }

    /// Whether these are the server's own words for a route it does not have: of the old router in JSON, of the new one as text.
    /// A web page is not among them: old servers answer with their application, but so does every maintenance page.
    static func isMissingRoute(_ status: Int, _ body: ErrorBody) -> Bool {
        switch body.form {
        case .object: [404, 405].contains(status) && body.text == "API endpoint does not exist"
        case .text: status == 404 && body.text == "404 Not Found"
        case .page, .empty: false
        }
    }

    // `error-roomId-param-invalid`, `error-lastUpdate-param-not-provided`, … but not `error-cursor-not-found`, by which
    // chat.syncMessages stumbles over a row without stamps (7.1 and later).
    private static func isParameterCode(_ code: String) -> Bool {
        code.hasPrefix("error-") && code.contains("-param")
    }

    // Texts of the schema validator, several of them joined by line ends.
    private static func isSchemaText(_ text: String) -> Bool {
        text.hasPrefix("must ") || text.hasPrefix("Match error: ")
            || text.contains("must NOT have additional properties")
            || text.contains("must have required property")
    }

    private static let invalidRequests: Set<String> = [
        "invalid-params", "error-invalid-params", "error-invalid-param", "error-invalid-sort", "error-invalid-fields",
        "error-invalid-query", "error-cursor-conflict", "error-cursor-and-lastUpdate-conflict",
        "Invalid query parameters",
        "Invalid Date",
    ]

    // `forbidden` is planned for 9.0 (§1.2).
    private static let forbidden: Set<String> = ["unauthorized", "error-unauthorized", "forbidden", "error-forbidden"]

    /// What a 400 of a route refuses by.
    private static let refusals: [String: Set<String>] = [
        "v1/chat.syncMessages": ["error-not-allowed"],
        "v1/channels.messages": ["error-room-not-found"],
        "v1/channels.members": ["error-room-not-found"],
        "v1/channels.files": ["error-room-not-found"],
        // `error-invalid-user` is what these say of a room that the user may not see.
        "v1/channels.roles": [
            "error-room-not-found", "error-room-archived", "error-invalid-user", "error-invalid-room",
        ],
        "v1/groups.messages": ["error-room-not-found", "error-room-archived"],
        "v1/groups.members": ["error-room-not-found", "error-room-archived"],
        "v1/groups.files": ["error-room-not-found"],
        "v1/groups.roles": ["error-room-not-found", "error-room-archived", "error-invalid-user", "error-invalid-room"],
        "v1/rooms.roles": ["error-invalid-user", "error-invalid-room"],
        "v1/im.messages": ["invalid-channel", "error-room-not-found"],
        "v1/im.members": ["invalid-channel", "error-room-not-found"],
        "v1/im.files": ["invalid-channel", "error-room-not-found"],
        "v1/rooms.membersOrderedByRole": ["error-room-not-found", "error-room-type-not-supported"],
        "v1/rooms.adminRooms": ["error-not-authorized"],
        // Without `view-c-room`; for parameters that it does not take, too.
        "v1/directory": ["Please verify the parameters"],
        "v1/teams.members": ["team-does-not-exist", "invalid-team"],
        "v1/teams.listRooms": ["team-does-not-exist", "invalid-team", "user-not-on-private-team"],
        "v1/roles.getUsersInRole": ["error-not-allowed", "error-invalid-roleId", "role not found"],
        "v1/video-conference.list": ["invalid-params"],
        "v1/statistics.list": ["error-not-allowed"],
        "v1/listInvites": ["not_authorized"],
        "v1/livechat/department": ["error-not-authorized"],
        "v1/livechat/department/:_id/agents": ["error-not-authorized"],
        // Without a licence it is one of the Enterprise Edition's features.
        "v1/livechat/tags": ["error-action-not-allowed"],
        "v1/livechat/tags.list": ["error-not-authorized"],
        "v1/livechat/visitors.search": ["error-not-authorized"],
        "v1/livechat/users/agent": ["error-not-authorized"],
    ]
}

extension ErrorBody {
    /// The code, else the whole text: what an error is known by.
    var word: String? { code ?? text }
}
