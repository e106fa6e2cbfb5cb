/// The error codes and texts by which the server says something definite.
///
/// Codes come from `errorType` or the `[code]` suffix, texts are the whole `error` of answers that have neither
/// (server sources 3.0 to 8.6.1).
enum KnownRefusals {
    /// Whether a 400 with this code or bare text is about the form of the request.
    static func isInvalidRequest(_ body: ErrorBody) -> Bool {
        if let code = body.code {
            return code.contains("param") || code.hasPrefix("error-cursor") || invalidRequestCodes.contains(code)
        }
        guard let text = body.text else { return false }
        return text == "Invalid query parameters" || text == "Invalid Date" || text.hasPrefix("must ")
    }

    /// Whether a 400 without a code is a refusal all the same. An unknown bare text is not: unexpected exceptions of
    /// the server come as 400 with their message.
    static func isRefusal(_ body: ErrorBody, of route: String) -> Bool {
        guard let text = body.text else { return body.form == .object && body.success == false }
        if text == "invalid-params" { return usesInvalidParamsAsRefusal(route) }
        return bareTexts.contains(text.lowercased())
    }

    /// Whether the code or text says that the rate limit is exceeded (a 400 before server 0.75).
    static func isRateLimit(_ body: ErrorBody) -> Bool {
        body.code == "error-too-many-requests"
    }

    /// Whether a 401 of this route concerns one room instead of the credentials (8.x: broadcast rooms without
    /// `view-broadcast-member-list`, banned users without access).
    static func isRoomLevel401(_ route: String) -> Bool {
        route.hasSuffix("rooms.membersOrderedByRole") || route.hasSuffix("rooms.bannedUsers")
    }

    /// Whether this route answers `invalid-params` when the user may not see the room.
    static func usesInvalidParamsAsRefusal(_ route: String) -> Bool {
        route.hasSuffix("video-conference.list")
    }

    // Besides everything with "param" in it: `invalid-params`, `error-invalid-params`, `error-roomId-param-invalid`, …
    private static let invalidRequestCodes: Set<String> = [
        "error-invalid-sort", "error-invalid-fields", "error-invalid-query",
    ]

    private static let bareTexts: Set<String> = [
        "unauthorized", "forbidden", "not allowed", "not-allowed", "error-not-allowed", "error-not-authorized",
        "not-authorized", "not_authorized", "error-unauthorized", "invalid-channel", "error-room-not-found",
        "room-not-found", "error-invalid-room", "invalid-room", "team-does-not-exist", "user-not-on-private-team",
        "error-endpoint-disabled", "error-room-archived", "error-room-type-not-supported", "resource not found",
        "user is not in this room", "error-user-not-in-room", "error-action-not-allowed", "error-invalid-user",
    ]
}
