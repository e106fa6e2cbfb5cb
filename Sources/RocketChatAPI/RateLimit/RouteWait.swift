/// A wait imposed by the rate limit of one route.
package struct RouteWait: Sendable, Equatable {
    /// The route, for example `v1/users.list`.
    package let route: String
    /// When the server lets calls pass again, in Unix ms of the server's clock.
    package let until: Int64
    /// How long the wait is from now, in ms.
    package let milliseconds: Int64
}
