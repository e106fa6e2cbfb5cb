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
    /// Permissions of which the caller needs one; checked by the route, not its handler.
    var permissions: [String] = []
    /// The parameters it takes; nil takes anything.
    var parameters: Parameters?
    /// A limit of its own.
    var limit: RateLimit?
    /// Whether the limiter counts it.
    var isLimited = true
    /// What answers.
    let handler: Handler

    /// A route.
    init(
        _ path: String, since: Version = Version(0, 0), removed: Version = Version(99, 0),
        permissions: [String] = [], parameters: Parameters? = nil, limit: RateLimit? = nil, handler: @escaping Handler
    ) {
        self.path = path
        self.since = since
        self.removed = removed
        self.permissions = permissions
        self.parameters = parameters
        self.limit = limit
        self.handler = handler
    }
}

/// The parameters a route takes (rocket-chat-api.md §3.1: send only documented ones).
struct Parameters: Sendable {
    /// Names that may occur.
    var allowed: Set<String>
    /// Names that must occur.
    var required: [String] = []
    /// Whether releases before the typed routes of 8.3 check them too.
    var isCheckedByLegacy = true

    /// Exactly these.
    static func only(_ names: String...) -> Parameters {
        Parameters(allowed: Set(names))
    }

    /// Those of a paged list and these.
    static func list(_ names: String...) -> Parameters {
        Parameters(allowed: Set(names).union(["count", "offset", "sort", "query", "fields"]))
    }

    /// The same with required names, which are allowed too.
    func requiring(_ names: String...) -> Parameters {
        var parameters = self
        parameters.required += names
        parameters.allowed.formUnion(names)
        return parameters
    }

    /// The same, unchecked before 8.3.
    func unchecked() -> Parameters {
        var parameters = self
        parameters.isCheckedByLegacy = false
        return parameters
    }

    /// The validator's complaint about a query, or nil.
    func complaint(about query: QueryParameters, _ version: Version) -> String? {
        var allowed = allowed
        // Removed with the parameters themselves (planned for 9.0).
        if version >= Version(9, 0) { allowed.subtract(["query", "fields"]) }
        // Issue 41715 of the server.
        if version < Version(8, 8) { allowed.remove("fromTs") }
        for name in required where query[name] == nil { return "must have required property '\(name)'" }
        if !query.names.subtracting(allowed).isEmpty { return "must NOT have additional properties" }
        for name in ["count", "offset"] {
            if let value = query[name], Double(value) == nil { return "must be number" }
        }
        return nil
    }
}
