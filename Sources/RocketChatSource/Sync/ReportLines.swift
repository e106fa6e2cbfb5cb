import AirbyteProtocol
import RocketChatAPI

/// Tells at the end of a sync what was read, what it cost and what was left out.
struct ReportLines {
    let context: SyncContext

    /// Most skips told one by one for each stream; the others are counted.
    private static let mostSkips = 20

    /// Writes one line per stream, one for the requests, and one for each thing left out.
    /// - Throws: `OutputError`.
    func write(_ outputs: [StreamOutput]) throws(OutputError) {
        let writer = context.writer
        for output in outputs {
            let totals = output.totals
            try writer.log(
                .info,
                "Stream '\(output.stream)': \(totals.records) records, \(totals.tombstones) removals, \(totals.states) states."
            )
            let skips = context.report.skips.filter { $0.stream == output.stream }
            for skip in skips.prefix(Self.mostSkips) {
                try writer.log(.warn, "Stream '\(skip.stream)': \(skip.what) was not read: \(skip.reason)")
            }
            if skips.count > Self.mostSkips {
                try writer.log(
                    .warn,
                    "Stream '\(output.stream)': \(skips.count - Self.mostSkips) more were not read for such reasons.")
            }
        }
        for doubt in context.report.doubts { try writer.log(.warn, doubt) }
        let statistics = context.client.statistics
        let waited = statistics.routes.values.map(\.waitedMilliseconds).max() ?? 0
        try writer.log(
            .info,
            "\(statistics.requests) requests, \(statistics.rateLimited) refused by the rate limit; "
                + "\(waited / 1000) s spent waiting for it.")
    }
}
