/// How patient and how eager a client is.
package struct ClientSettings: Sendable {
    /// Time allowed for one request, in ms. Unpaginated routes build tens of MB in memory, so be generous.
    package var requestTimeout = 120_000
    /// Requests in flight at most, over all routes.
    package var maximumConcurrency = 8
    /// Tries of one request, the first included, before a transient failure is reported. 429 answers do not count.
    package var maximumAttempts = 7
    /// 429 answers to one request, with a full wait after each, before it is given up as transient.
    package var maximumRateLimitWaits = 10
    /// Longest wait for a rate limit, in ms; a server that wants more is given up as transient.
    package var longestWait: Int64 = 3_600_000
    /// Largest accepted body in bytes, after decompression, unless the request says otherwise.
    package var maximumBodyBytes = 256 << 20
    /// Told once for each wait imposed by a route's rate limit, from whichever task met it.
    package var onWait: (@Sendable (RouteWait) -> Void)?
    /// Told of each retry of a failed request: route, wait in ms and the failure. For logs.
    package var onRetry: (@Sendable (RetryNotice) -> Void)?
    /// Told of each try once it is over. For logs in detail.
    package var onAttempt: (@Sendable (RequestAttempt) -> Void)?
    /// Seed of the jitter, so that tests repeat; `nil` takes a random one.
    package var jitterSeed: UInt64?

    /// Creates the default settings.
    package init() {}
}
