/// What one answer says about the rate limit of its route.
package struct RateLimitSignal: Sendable, Equatable {
    /// `X-RateLimit-Limit`: calls per window.
    package var limit: Int?
    /// `X-RateLimit-Remaining`: calls left in the window after this one.
    package var remaining: Int?
    /// `X-RateLimit-Reset`: when the window may end, in Unix ms of the server's clock.
    package var reset: Int64?
    /// Whether the call was refused for the rate limit (429, or the 400 of servers before 0.75).
    package var isRefusal: Bool
    /// Seconds to wait, from the error text or a `Retry-After` header; rounded up by the server.
    package var seconds: Int64?
    /// Whether the call succeeded (2xx). Errors found before the limiter ran carry no headers either, so only a success
    /// without headers says that the route is unlimited.
    package var isSuccess: Bool

    /// Creates a signal.
    package init(
        limit: Int? = nil, remaining: Int? = nil, reset: Int64? = nil, isRefusal: Bool = false, seconds: Int64? = nil,
        isSuccess: Bool = true
    ) {
        self.limit = limit
        self.remaining = remaining
        self.reset = reset
        self.isRefusal = isRefusal
        self.seconds = seconds
        self.isSuccess = isSuccess
    }

    /// Reads the headers of an answer, and of a refusal also the error text ("You must wait 42 seconds before …").
    package init(_ response: HTTPResponse, isRefusal: Bool, errorText: String?) {
        limit = response.headers.integer("X-RateLimit-Limit").flatMap { Int(exactly: $0) }
        remaining = response.headers.integer("X-RateLimit-Remaining").flatMap { Int(exactly: $0) }
        reset = response.headers.integer("X-RateLimit-Reset")
        self.isRefusal = isRefusal
        isSuccess = (200..<300).contains(response.status)
        seconds = isRefusal ? Self.seconds(in: errorText) ?? response.headers.integer("Retry-After") : nil
    }

    /// The number after "wait " in a refusal's text.
    static func seconds(in text: String?) -> Int64? {
        guard let text, let range = text.firstRange(of: "must wait ") else { return nil }
        return Int64(text[range.upperBound...].prefix { $0.isASCII && $0.isNumber })
    }
}
