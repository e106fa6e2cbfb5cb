import RocketChatAPI
import TestSupport
import Testing

struct RateLimitSignalTests {
    @Test(
        "The seconds to wait are found in the text, else in Retry-After",
        arguments: [
            (
                "Error, too many requests. Please slow down. You must wait 42 seconds before trying this endpoint again.",
                nil, 42
            ),
            ("You must wait 1 seconds before", "7", 1), ("Too many requests", "7", 7),
            ("Too many requests", "soon", nil),
            (nil, nil, nil), ("You must wait a while", nil, nil),
        ] as [(String?, String?, Int64?)])
    func readsSeconds(text: String?, header: String?, seconds: Int64?) {
        let response = HTTPResponse.json("{}", status: 429, headers: header.map { [("Retry-After", $0)] } ?? [])
        #expect(RateLimitSignal(response, isRefusal: true, errorText: text).seconds == seconds)
    }

    @Test("Headers are read without regard to case, and unreadable ones are absent")
    func readsHeaders() {
        let headers = [("x-ratelimit-LIMIT", "10"), ("X-RateLimit-Remaining", " 9 "), ("x-ratelimit-reset", "soon")]
        let signal = RateLimitSignal(.json("{}", headers: headers), isRefusal: false, errorText: nil)
        #expect(signal == RateLimitSignal(limit: 10, remaining: 9, reset: nil))
    }
}
