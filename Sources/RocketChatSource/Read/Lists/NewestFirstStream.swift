import JSONBytes

/// A stream read newest first, until a known row is met: rows that never change once they are there, or a listing that the
/// server sorts by last change. What changes under way moves to the front and is met by the next sync.
///
/// Rows that the server drops in time (statistics are kept for a year) are no removals: nothing is told of them.
final class NewestFirstStream: StreamReader {
    /// The stream, and where it goes.
    let job: StreamJob
    private let endpoint: ListEndpoint
    private let mark: SinceMark

    /// A reader of the job's stream by way of `endpoint`, from `mark` on.
    init(_ job: StreamJob, _ endpoint: ListEndpoint, from mark: SinceMark) {
        self.job = job
        self.endpoint = endpoint
        self.mark = mark
    }

    /// A reader of omnichannel conversations. Their listing has no filter by last change but can be sorted by it; a first read goes by
    /// age, which stands still.
    convenience init(livechatRooms job: StreamJob) throws(ReadError) {
        let access = job.context.access
        let plain = LivechatDirectory.endpoint(for: access, newestFirst: false)
        // A user's own conversations are some of everybody's, though asked for by a parameter.
        let own = "user=\(access.userID)"
        let mark = try SinceMark(
            job, source: ListingSource(route: plain.path, scope: plain.isOwn ? [own] : [own, "all"]))
        let endpoint = LivechatDirectory.endpoint(for: access, newestFirst: mark.instant != nil)
        self.init(job, endpoint, from: mark)
    }

    /// The mark; it moves when the read has come to its end, not before.
    var state: JSON { mark.state }

    /// Delivers the rows younger than the mark, and asks for no page behind the first that has an older one.
    func read() async throws(ReadError) {
        let rows = definition.rows()
        // What is stamped up to S0 must be there when it is asked for, or the mark would pass over it.
        if mark.isIncremental { try await context.waitForHorizon() }
        let basis = context.stamps.newest
        var reader = ListingReader(context, endpoint, rows: rows, stream: definition.name)
        reader.date = rows.date
        let walk = CursorWalk(reader: reader, since: mark.instant, endsAtKnown: true)
        let outcome = try await walk.read { page, due throws(ReadError) in
            try output.deliver(page, rows: due)
        }
        context.report.doubt(outcome.shortage, of: definition.name)
        // An empty list that is wrong would pass over everything dated up to the mark.
        if outcome.isComplete, outcome.rows > 0 {
            mark.reach(context.mark(after: mark.instant ?? 0, basis: max(basis ?? 0, outcome.firstDate ?? 0)))
        }
    }
}
