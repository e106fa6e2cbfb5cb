/// A route of the API: who may call it, with what, since when, and what answers.
struct Route: Sendable {
    /// The path below `/api/v1/`; parts that begin with a colon match anything.
    let path: String
    /// First release that has it.
    var since = Version(0, 0)
    /// First release that no longer has it.
    var removed = Version(99, 0)
    /// Whether credentials are needed.
    var isAuthenticated = true
    /// Permissions of which the caller needs one.
    var permissions: [String] = []
    /// What the handler says to who lacks them, in releases in which the route itself does not look at permissions.
    var handlerRefusal: Refusal?
    /// First release in which the route looks at permissions, before its handler.
    var permissionsOnRoute = Version(7, 0)
    /// The parameters it takes; nil takes anything.
    var parameters: Parameters?
    /// A limit of its own.
    var limit: RateLimit?
    /// Whether the limiter counts it.
    var isLimited = true
    /// What answers.
    let handler: Handler

    /// A route. With `handlerRefusal`, releases before 7.0 refuse in these words instead of the route's.
    init(
        _ path: String, since: Version = Version(0, 0), removed: Version = Version(99, 0),
        permissions: [String] = [], handlerRefusal: Refusal? = nil, parameters: Parameters? = nil,
        limit: RateLimit? = nil, handler: @escaping Handler
    ) {
        self.path = path
        self.since = since
        self.removed = removed
        self.permissions = permissions
        self.handlerRefusal = handlerRefusal
        self.parameters = parameters
        self.limit = limit
        self.handler = handler
    }

    /// What a release says to who lacks the permissions.
    func refusal(_ version: Version) -> Refusal {
        guard let handlerRefusal, version < permissionsOnRoute else { return .permission }
        return handlerRefusal
    }
}
