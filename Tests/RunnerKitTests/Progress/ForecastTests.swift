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

    @Test func theRestIsGuessedFromBoth() {
        let known = forecast("t", rows: 200, duration: 120_000)
        #expect(TimeLeft.share(rows: 50, known) == 0.25)
        #expect(TimeLeft.share(rows: 999, known) == 0.99)
        #expect(TimeLeft.share(rows: 5, nil) == nil)
        var parts = forecast("t", requests: 24)
        parts.parts = (6, 24)
        #expect(TimeLeft.share(rows: 5, parts) == 0.25)
        // Nothing done yet: what was foretold. Rows in a burst: the server's pace all the same. A slow server: what was done.
        #expect(TimeLeft.left(elapsed: 20_000, share: 0, foretold: 120_000) == 100_000)
        #expect(TimeLeft.left(elapsed: 20_000, share: 0.5, foretold: 120_000) == 100_000)
        #expect(TimeLeft.left(elapsed: 90_000, share: 0.25, foretold: 120_000) == 270_000)
        #expect(TimeLeft.left(elapsed: 30_000, share: 0.25, foretold: nil) == 90_000)
        #expect(TimeLeft.left(elapsed: 30_000, share: nil, foretold: nil) == nil)
        #expect(TimeLeft.left(elapsed: 130_000, share: nil, foretold: 120_000) == nil)
    }
}
