/// What reading a stream will cost, guessed before it begins. Pure: works on numbers that others have gathered.
package struct Forecast: Sendable, Equatable {
    /// The pace that the server allows on one route.
    package struct Pace: Sendable, Equatable {
        /// Requests per window.
        package let limit: Int
        /// Length of a window in ms.
        package let interval: Int64

        package init(limit: Int, interval: Int64) {
            self.limit = limit
            self.interval = interval
        }
    }

    /// Rows that are expected, by the server's counters, which drift; nil when no counter tells.
    package let rows: Int?
    /// Requests on the stream's busiest route.
    package let requests: Int

    package init(rows: Int?, requests: Int) {
        self.rows = rows
        self.requests = requests
    }

    /// How long the requests take at least, in ms: full windows but the last. Zero without a limit.
    package func duration(at pace: Pace?) -> Int64 {
        guard let pace, pace.limit > 0, requests > 0 else { return 0 }
        let windows = Int64((requests - 1) / pace.limit)
        let (duration, isTooLong) = windows.multipliedReportingOverflow(by: pace.interval)
        return isTooLong ? .max / 2 : duration
    }

    /// The forecast in one sentence for the log.
    package func sentence(stream: String, pace: Pace?) -> String {
        let amount = "Stream '\(stream)': about " + (rows.map { "\($0) rows in " } ?? "") + "\(requests) requests"
        let duration = duration(at: pace)
        guard let pace, duration > 0 else { return amount + "; the server sets no limit that slows them down." }
        return amount
            + "; at the server's \(pace.limit) requests per \(Self.text(pace.interval)) that takes about \(Self.text(duration))."
            + " A token with the permission api-bypass-rate-limit would not have to wait."
    }

    /// A length of time in words: seconds below two minutes, minutes below two hours, then hours.
    package static func text(_ milliseconds: Int64) -> String {
        let seconds = (milliseconds + 500) / 1000
        if seconds < 120 { return "\(seconds) s" }
        if seconds < 7200 { return "\((seconds + 30) / 60) min" }
        return "\((seconds + 1800) / 3600) h"
    }
}
