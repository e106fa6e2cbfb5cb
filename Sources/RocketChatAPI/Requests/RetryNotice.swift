/// A failed try that will be repeated.
package struct RetryNotice: Sendable {
    /// The route, for example `v1/users.list`.
    package let route: String
    /// How long the client waits before the next try, in ms; nil for as long as the rate limit says.
    package let milliseconds: Int64?
    /// What went wrong.
    package let error: APIError
}
