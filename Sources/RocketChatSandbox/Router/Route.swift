/// The methods that routes answer to.
enum Method: String, Sendable {
    /// Reads; `HEAD` counts as one.
    case get = "GET"
    /// Writes.
    case post = "POST"
    /// Removes.
    case delete = "DELETE"

    /// The method of a request; nil for others.
    init?(of request: SandboxRequest) {
        self.init(rawValue: request.method == "HEAD" ? "GET" : request.method)
    }
}

/// A route of the API: who may call it, with what, since when, and what answers.
struct Route: Sendable {
    /// The path below `/api/v1/`; parts that begin with a colon match anything.
    let path: String
    /// The method it answers to.
    var method = Method.get
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
    /// What its body must look like; nil leaves that to the handler.
    var body: BodyRules?
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

    /// A route that writes.
    static func post(
        _ path: String, since: Version = Version(0, 0), removed: Version = Version(99, 0),
        permissions: [String] = [], handlerRefusal: Refusal? = nil, body: BodyRules? = nil, limit: RateLimit? = nil,
        handler: @escaping Handler
    ) -> Route {
        var route = Route(
            path, since: since, removed: removed, permissions: permissions, handlerRefusal: handlerRefusal,
            limit: limit, handler: handler)
        route.method = .post
        route.body = body
        return route
    }

    /// The same route, answering to another method.
    func answering(to method: Method) -> Route {
        var route = self
        route.method = method
        return route
    }

    /// The same route, open to callers without credentials, as visitors of the omnichannel are.
    func forStrangers() -> Route {
        var route = self
        route.isAuthenticated = false
        return route
    }

    /// What a release says to who lacks the permissions.
    func refusal(_ version: Version) -> Refusal {
        guard let handlerRefusal, version < permissionsOnRoute else { return .permission }
        return handlerRefusal
    }
}
