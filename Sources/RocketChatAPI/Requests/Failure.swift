/// A try that failed: the error to report and whether another try makes sense.
struct Failure: Error, Sendable {
    /// How often a failed request is tried again.
    enum Retry: Sendable, Equatable {
        /// Never: the next answer would be the same.
        case never
        /// Once: the server calls passing troubles by the same name as lasting ones.
        case once
        /// As often as the settings allow.
        case scheduled
        /// After the route's reset; counted apart from failures.
        case afterReset

        /// Tries in all, the first included, where the settings allow `most`.
        func tries(most: Int) -> Int {
            switch self {
            case .never: 1
            case .once: 2
            case .scheduled, .afterReset: most
            }
        }
    }

    /// What to report when it is not tried again.
    var error: APIError
    /// Whether to try again.
    var retry: Retry
    /// Whether the server refused for the rate limit.
    var isRateLimit: Bool { retry == .afterReset }

    /// Whether the server says that token and user id are no pair it knows.
    var isAboutCredentials = false
    /// Whether the request may have been counted by the server: false when there was no connection.
    var mayHaveReachedServer = true

    /// A failure that tells `error` and may be tried again as `retry` says.
    init(_ error: APIError, _ retry: Retry) {
        self.error = error
        self.retry = retry
    }
}
