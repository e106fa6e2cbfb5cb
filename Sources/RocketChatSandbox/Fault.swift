/// A fault to inject into answers, until it has been used up.
package struct Fault: Sendable {
    /// What goes wrong.
    package enum Kind: Sendable, Hashable {
        /// 429 with the limiter's text and headers; the reset lies that many milliseconds ahead.
        case rateLimited(milliseconds: Int64)
        /// 500 with the text `Internal Server Error`.
        case internalError
        /// 502 with a proxy's HTML page.
        case badGateway
        /// 503 with a proxy's HTML page.
        case unavailable
        /// The true answer, its body spread over that many milliseconds.
        case slow(milliseconds: Int)
        /// The true answer, cut off after that many bytes of its body.
        case truncated(after: Int)
        /// 200 with no body at all.
        case empty
        /// 200 with `{"success":false}`.
        case unsuccessful
        /// 200 with JSON that stops in the middle, its length declared as such.
        case brokenJSON
        /// 200 with a web page.
        case webPage
        /// 302 to the given absolute URL; the request's path and query are appended.
        case redirect(to: String)
        /// The connection ends without an answer.
        case dropped
        /// The server goes down for that many milliseconds: every connection is refused.
        case restart(milliseconds: Int64)
        /// 401, as if the token had been revoked.
        case unauthorized
        /// 400 with this error code, as `error-not-allowed` or `error-room-not-found`.
        case refused(code: String)
        /// 403 with `unauthorized`.
        case forbidden
    }

    /// What goes wrong.
    package var kind: Kind
    /// The route it strikes, as `chat.syncMessages`; nil strikes every API route.
    package var route: String?
    /// Text the query must contain, as a room id; nil strikes every query.
    package var queryContains: String?
    /// Matching requests to let pass first.
    package var skip: Int
    /// Matching requests to strike; nil for ever.
    package var count: Int?
    /// Chance that a matching request is struck, drawn from the seed.
    package var probability: Double

    /// A fault that strikes `count` requests of `route`.
    package init(
        _ kind: Kind, route: String? = nil, queryContains: String? = nil, skip: Int = 0, count: Int? = 1,
        probability: Double = 1
    ) {
        self.kind = kind
        self.route = route
        self.queryContains = queryContains
        self.skip = skip
        self.count = count
        self.probability = probability
    }
}
