import AirbyteProtocol
import JSONBytes
import Testing

@testable import RunnerKit

/// What a source says beforehand.
struct ForecastTests {
    private static let long =
        "Stream 'messages': about 1307 rows in 24 requests; at the server's 10 requests per 60 s that takes about 2 min."
        + " A token with the permission api-bypass-rate-limit would not have to wait."

    private func forecast(
        _ stream: String, rows: Int? = nil, requests: Int? = nil, duration: Int64? = nil, advice: String? = nil
    ) -> StreamForecast {
        var forecast = StreamForecast(StreamKey(stream))
        (forecast.rows, forecast.requests, forecast.duration, forecast.advice) = (rows, requests, duration, advice)
        return forecast
    }

    @Test func theConnectorsWordsAreUnderstood() {
        #expect(
            StreamForecast(log: Self.long)
                == forecast(
                    "messages", rows: 1307, requests: 24, duration: 120_000,
                    advice: "A token with the permission api-bypass-rate-limit would not have to wait."))
        #expect(
            StreamForecast(log: "Stream 'files': about 24 requests; the server sets no limit that slows them down.")
                == forecast("files", requests: 24))
        let parts = StreamForecast(log: "Stream 'messages': 12 of 24 parts read, about 60 s to go.")
        #expect(parts?.parts?.done == 12 && parts?.parts?.all == 24 && parts?.rows == nil)
    }

    @Test(arguments: [
        "", "Stream", "Stream 'users': 65 records, 0 removals, 1 states.", "Stream users: about 3 rows in 2 requests.",
        "Stream 'x': about nothing in particular is known.", "Stream 'x': 3 of 0 parts read, about 1 s to go.",
        "about 3 rows in 2 requests; that takes about 4 s.", "Stream '': about 3 rows in 2 requests.",
    ])
    func otherWordsAreNot(text: String) { #expect(StreamForecast(log: text) == nil) }

    @Test func theProtocolsEstimateIsUnderstood() throws {
        let trace = try JSON(
            parsing:
                #"{"type":"ESTIMATE","estimate":{"name":"t","type":"STREAM","row_estimate":12.0,"byte_estimate":9}}"#)
        let found = try #require(StreamForecast(trace: trace))
        #expect(found.stream == StreamKey("t") && found.rows == 12 && found.bytes == 9)
        let whole = try JSON(parsing: #"{"type":"ESTIMATE","estimate":{"name":"t","type":"SYNC","row_estimate":12}}"#)
        #expect(StreamForecast(trace: whole) == nil)
    }

    @Test func forecastsAreToldTogetherAndOnce() {
        var forecasts = Forecasts()
        forecasts.hear(forecast("files", requests: 24, duration: 120_000, advice: "Ask for more."), now: 0)
        forecasts.hear(
            forecast("messages", rows: 12_307, requests: 31, duration: 180_000, advice: "Ask for more."), now: 900)
        forecasts.hear(forecast("teams", requests: 1), now: 950)
        #expect(forecasts.line(now: 1000) == nil)
        #expect(
            forecasts.line(now: 1950)
                == "forecast: about 3 min: messages 12 307 rows in 31 requests, 3 min; files 24 requests, 2 min;"
                + " teams 1 request. Ask for more.")
        // The connector's estimate follows its line; later ones are for the bar alone.
        forecasts.hear(forecast("messages", rows: 12_400), now: 2000)
        #expect(forecasts.line(now: 9000) == nil)
        #expect(forecasts.streams[StreamKey("messages")]?.rows == 12_400)
        #expect(forecasts.streams[StreamKey("messages")]?.requests == 31)
    }

    @Test func whatComesLateIsToldAtTheEnd() {
        var forecasts = Forecasts()
        forecasts.hear(forecast("t", rows: 1), now: 0)
        #expect(forecasts.line(now: 1, isOver: true) == "forecast: t 1 row.")
    }

    @Test func noLimitIsSaidAndManyStreamsAreCounted() {
        let many = (1...11).map { (number: Int) in forecast("s\(number)", requests: number) }
        #expect(
            Forecasts.sentence(many)
                == "forecast: no rate limit slows it down: "
                + "s1 1 request; s2 2 requests; s3 3 requests; s4 4 requests; s5 5 requests; s6 6 requests; s7 7 requests;"
                + " s8 8 requests; 3 more streams.")
        var sized = StreamForecast(StreamKey("t"))
        sized.bytes = 4_100_000
        #expect(Forecasts.sentence([sized]) == "forecast: t 4.1 MB.")
    }

    @Test func theShareIsGuessedFromRowsOrParts() {
        let known = forecast("t", rows: 200)
        #expect(TimeLeft.share(rows: 50, known) == 0.25)
        #expect(TimeLeft.share(rows: 999, known) == 0.99)
        #expect(TimeLeft.share(rows: 5, nil) == nil)
        var parts = forecast("t", requests: 24)
        parts.parts = .init(done: 6, all: 24)
        #expect(TimeLeft.share(rows: 5, parts) == 0.25)
    }

    /// What is left of the stream: elapsed, share, when that was measured, foretold; in seconds.
    @Test(
        arguments: [
            // Nothing done yet: what was foretold. Rows in a burst: the server's pace all the same.
            ((20, 0, 20, 120), 100), ((20, 0.5, 20, 120), 100),
            // A slow server: what was done.
            ((90, 0.25, 90, 120), 270),
            // Parts that were told a minute ago.
            ((120, 0.375, 60, 180), 60), ((200, 0.25, 60, 180), 40), ((300, 0.25, 60, 180), nil),
            ((30, 0.25, 30, nil), 90), ((30, nil, 30, nil), nil), ((130, nil, 130, 120), nil),
        ] as [((Int64, Double?, Int64, Int64?), Int64?)])
    func theRestOfAStream(known: (elapsed: Int64, share: Double?, measured: Int64, foretold: Int64?), left: Int64?) {
        let found = TimeLeft.left(
            elapsed: known.elapsed * 1000, share: known.share, measured: known.measured * 1000,
            foretold: known.foretold.map { $0 * 1000 })
        #expect(found == left.map { $0 * 1000 })
    }
}
