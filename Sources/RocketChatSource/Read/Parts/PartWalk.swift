import JSONBytes

/// Reads the parents of a partitioned stream side by side, and tells how it goes.
struct PartWalk: Sendable {
    /// The stream, and where it goes.
    let job: StreamJob
    /// What is asked for each parent.
    let partition: Partition
    /// Reads one of them.
    let reader: PartReader

    /// Runs `body` for each parent of `listing`, as many at once as the configuration allows; returns what failed.
    /// - Throws: `ReadError` that ends the stream.
    func each(
        of listing: ParentListing, _ body: @escaping @Sendable (Parent) async throws(ReadError) -> Void
    ) async throws(ReadError) -> PartFailures {
        let parents = listing.parents
        let stream = job.definition.name
        let report = job.context.report
        let progress = try job.progress(
            on: partition.variants.first?.endpoint.path ?? "", parts: parents.count,
            forecast: Forecast(rows: nil, requests: parents.count))
        var failures = PartFailures(stream: stream, of: parents.count)
        for failure in listing.failures { failures.note(listing: failure) }
        try await SideBySide.forEach(parents, limit: job.context.configuration.concurrency, body) {
            parent, error throws(ReadError) in
            try progress.advance()
            try failures.note(
                error, what: parent.label, room: parent.kind.isEmpty ? nil : parent.id, report: report)
        }
        if reader.shortfalls > 0 {
            report.doubt(
                "for \(reader.shortfalls) of \(parents.count) parents the server handed out "
                    + "other rows than it counts; they are read again by the next sync.",
                of: stream)
        }
        return failures
    }
}
