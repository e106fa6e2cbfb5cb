import AirbyteProtocol
import RocketChatAPI

/// Tells at the end of a sync what was read, what it cost and what was left out.
struct ReportLines {
    /// Skips and doubts of the sync that is told of.
    let report: SyncReport
    /// What its requests cost.
    let statistics: ClientStatistics
    /// Standard output.
    let writer: MessageWriter

    /// Most names of left-out things in a warning; the rest follows in lines of its own.
    private static let mostNames = 10
    /// Most names in such a line.
    private static let mostNamesInLine = 100

    /// Writes one line per stream, one for each reason why something was left out, one for each doubt, and one for the requests.
    func write(_ streams: [(name: String, totals: StreamTotals)]) throws(OutputError) {
        for (name, totals) in streams {
            try writer.log(
                .info,
                "Stream '\(name)': \(totals.records) records, \(totals.tombstones) removals, \(totals.states) states."
            )
        }
        for (reason, skips) in Dictionary(grouping: report.skips, by: \.reason).sorted(by: { $0.key < $1.key }) {
            let names = Set(skips.map(\.what)).sorted()
            let more = names.count > Self.mostNames ? " and \(names.count - Self.mostNames) more" : ""
            try writer.log(
                .warn,
                "Not read: \(names.prefix(Self.mostNames).joined(separator: ", "))\(more) "
                    + "(\(Set(skips.map(\.stream)).sorted().joined(separator: ", "))): \(reason)")
            var rest = names.dropFirst(Self.mostNames)
            while !rest.isEmpty {
                try writer.log(.info, "Not read either: \(rest.prefix(Self.mostNamesInLine).joined(separator: ", "))")
                rest = rest.dropFirst(Self.mostNamesInLine)
            }
        }
        for sentence in report.unusable { try writer.log(.warn, sentence) }
        for doubt in report.doubts { try writer.log(.warn, doubt) }
        let routes = statistics.routes.sorted { ($1.value.requests, $0.key) < ($0.value.requests, $1.key) }
        for (route, cost) in routes {
            let waited = cost.waitedMilliseconds > 0 ? ", \(Forecast.text(cost.waitedMilliseconds)) waited" : ""
            try writer.log(.info, "Endpoint \(route): \(cost.requests) requests, \(cost.retries) retries\(waited).")
        }
        let waited = statistics.routes.values.map(\.waitedMilliseconds).max() ?? 0
        try writer.log(
            .info,
            "\(statistics.requests) requests, \(statistics.rateLimited) refused by the rate limit; "
                + "\(waited / 1000) s spent waiting for it.")
    }
}
