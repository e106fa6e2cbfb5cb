/// One read of the REST API: always a GET, so it may be repeated.
package struct APIRequest: Sendable {
    /// Path below `/api/`, for example `v1/users.list` or `info`.
    package var path: String
    /// Query members in sending order, not yet percent-encoded. Names may end in `[]` (arrays repeat the name).
    package var query: [(String, String)]
    /// The rate limiter's key: the path with path parameters left as placeholders (`v1/livechat/:rid/messages`).
    package var route: String
    /// Whether the two credential headers are sent.
    package var authenticated: Bool
    /// Largest accepted body in bytes after decompression; `nil` takes the client's setting.
    package var maximumBodyBytes: Int?
    /// Whether the answer must hold `"success": true`. False only for bare arrays such as `listInvites`.
    package var requiresSuccess: Bool

    /// Creates a request; `route` defaults to `path`.
    package init(
        _ path: String, query: [(String, String)] = [], route: String? = nil, authenticated: Bool = true,
        maximumBodyBytes: Int? = nil, requiresSuccess: Bool = true
    ) {
        self.path = path
        self.query = query
        self.route = route ?? path
        self.authenticated = authenticated
        self.maximumBodyBytes = maximumBodyBytes
        self.requiresSuccess = requiresSuccess
    }
}
