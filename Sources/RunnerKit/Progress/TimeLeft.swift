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

    /// In ms, `elapsed` after the stream's beginning, where `share` was done at `measured`. A server's pace is what was foretold, and
    /// rows that come in bursts tell less; but when the server is slower than that, what has been done tells more.
    static func left(elapsed: Int64, share: Double?, measured: Int64, foretold: Int64?) -> Int64? {
        let planned = foretold.flatMap { $0 > elapsed ? $0 - elapsed : nil }
        guard let share, share >= (foretold == nil ? 0.02 : 0.1), measured >= 1000 else { return planned }
        let isAsForetold = share * Double(foretold ?? 0) >= 0.6 * Double(measured)
        if let planned, isAsForetold { return planned }
        let whole = Int64(Double(measured) / share)
        return whole > elapsed ? whole - elapsed : nil
    }
}
