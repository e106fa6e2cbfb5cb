/// One request the sandbox has answered.
package struct LoggedRequest: Sendable {
    /// The HTTP method.
    package let method: String
    /// The path without the mount prefix, as `/api/v1/users.list`.
    package let path: String
    /// The route below `/api/v1/` or `/api/`, as `users.list`; nil when unknown.
    package let route: String?
    /// The raw query.
    package let query: String
    /// The status answered.
    package let status: Int
    /// When it was answered, Unix milliseconds of the sandbox's clock.
    package let at: Int64
    /// Bytes of the body.
    package let bytes: Int
}
