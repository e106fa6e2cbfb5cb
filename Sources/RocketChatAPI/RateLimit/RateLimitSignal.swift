import JSONBytes

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
    ///
    /// Numbers that make no sense are no information: anybody may write them, and nothing must be reckoned with them.
    package init(_ response: HTTPResponse, isRefusal: Bool, errorText: String?) {
        let headers = response.headers
        limit = Self.plausible(headers.integer("X-RateLimit-Limit"), in: 1...1_000_000_000).map { Int($0) }
        remaining = Self.plausible(headers.integer("X-RateLimit-Remaining"), in: 0...1_000_000_000).map { Int($0) }
        // In epoch seconds it would lie in 1970: no such reset is told by any server.
        reset = Self.plausible(headers.integer("X-RateLimit-Reset"), in: 1_000_000_000_000...100_000_000_000_000)
        self.isRefusal = isRefusal
        isSuccess = (200..<300).contains(response.status)
        let told = isRefusal ? Self.seconds(in: errorText) ?? headers.integer("Retry-After") : nil
        seconds = Self.plausible(told, in: 0...Self.longestWait)
    }

    // Ten years, in seconds.
    private static let longestWait: Int64 = 315_360_000

    private static func plausible(_ number: Int64?, in range: ClosedRange<Int64>) -> Int64? {
        number.flatMap { range.contains($0) ? $0 : nil }
    }

    /// The number after "wait " in a refusal's text.
    static func seconds(in text: String?) -> Int64? {
        guard let text, let range = text.firstRange(of: "must wait ") else { return nil }
        return Int64(text[range.upperBound...].prefix { $0.isASCII && $0.isNumber })
    }
}
