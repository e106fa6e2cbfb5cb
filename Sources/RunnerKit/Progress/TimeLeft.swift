/// Guesses how far a stream is and how long it takes still. Pure.
enum TimeLeft {
    /// The share that is done: by parts where rows are not told, and never the whole before the end.
    static func share(rows: Int, _ forecast: StreamForecast?) -> Double? {
        let share: Double
        if let total = forecast?.rows, total > 0 {
            share = Double(rows) / Double(total)
        } else if let parts = forecast?.parts {
            share = Double(parts.done) / Double(parts.all)
        } else {
            return nil
        }
        return min(max(share, 0), 0.99)
    }

    /// In ms, `elapsed` after the stream's beginning. What has been done tells more than what was foretold, once there is enough
    /// of it.
    static func left(elapsed: Int64, share: Double?, foretold: Int64?) -> Int64? {
        if let share, share >= (foretold == nil ? 0.02 : 0.1), elapsed >= 1000 {
            return Int64(Double(elapsed) * (1 - share) / share)
        }
        return foretold.map { max(0, $0 - elapsed) }
    }
}
