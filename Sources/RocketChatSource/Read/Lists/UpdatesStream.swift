import JSONBytes
import RocketChatAPI
import Synchronization

/// A stream read from an endpoint with `updatedSince`, which answers changed and removed rows at once (rocket-chat-api.md §3.4).
///
/// After a pause that is longer than the server remembers removals, it is asked for everything (`FeedLedger`).
final class UpdatesStream: StreamReader {
    /// The stream, and where it goes.
    let job: StreamJob
    private let updates: Updates
    private let mark: SinceMark
    private let ledger: Mutex<FeedLedger>

    init(_ job: StreamJob, _ updates: Updates) throws(ReadError) {
        self.job = job
        self.updates = updates
        mark = try SinceMark(job)
        ledger = Mutex(FeedLedger(job.isIncremental ? job.stored : nil))
    }

    /// The mark and the ids of the rows delivered; the mark moves when the one answer has been delivered.
    var state: JSON { isIncremental ? ledger.withLock { $0 }.stamp(mark.state) : mark.state }

    /// Delivers what one answer tells: changed rows and, unless nothing was read before, tombstones for removed ones.
    func read() async throws(ReadError) {
        let format = Format(definition, updates)
        let question = question()
        try await context.waitForHorizon()
        let basis = context.stamps.newest ?? 0
        let page: ScannedPage
        do {
            let query = question.since.map { [("updatedSince", Timestamp.text($0))] } ?? []
            page = try await context.client.page(APIRequest(updates.path, query: query), scanner: format.scanner) {
                updates.isNeverEmpty && question.isWhole && $0.count() == 0 ? "it lists nothing, which cannot be" : nil
            }.page
        } catch { throw .api(error) }
        let (newest, isTold) = try deliver(page, format, question)
        guard isTold else {
            context.report.doubt(
                "\(updates.path) listed rows before and lists none now. They are kept; if the next sync finds none either, they count "
                    + "as removed.",
                of: definition.name)
            return
        }
        mark.reach(context.mark(after: mark.instant ?? 0, basis: max(basis, newest)))
    }

    // What is asked for: everything at first, when the server has forgotten what was removed since, and when nothing says which rows
    // were delivered. Then the removals that it still knows of are asked for as well.
    private func question() -> Question {
        let ledger = ledger.withLock { $0 }
        let isForgotten = mark.instant.map { $0 != 0 && context.horizon - $0 > Trash.lifetime } ?? false
        let isWhole = (mark.instant ?? 0) == 0 || (!ledger.isTooLong && (isForgotten || ledger.known == nil))
        if isForgotten, ledger.known == nil {
            context.report.doubt(
                "the newest change that it was followed up to is more than 30 days old. The server has forgotten which rows were removed "
                    + "before that: they stay at the destination until a full refresh (docs/limits.md).",
                of: definition.name)
        }
        guard isWhole else { return Question(since: mark.instant, isWhole: false) }
        let asksRemovals = updates.needsSince || (mark.instant != nil && ledger.known == nil)
        return Question(since: asksRemovals ? 0 : nil, isWhole: true)
    }

    /// Delivers the answer; returns the newest stamp in it (Unix ms), which the server's clock had reached when it was made, and whether
    /// what it tells is believed.
    private func deliver(
        _ page: ScannedPage, _ format: Format, _ question: Question
    ) throws(ReadError) -> (newest: Int64, isTold: Bool) {
        var seen = KeySet()
        var newest: Int64 = 0
        var listed: Set<String> = []
        let count = page.count()
        let usable = (0..<count).filter { row in
            page.isRecord(at: row) && page.kind(format.rows.key, at: row) == .string
        }
        if usable.count < count { context.report.unusable(count - usable.count, of: definition.name, in: updates.path) }
        // Of everything, what the mark has passed and is known to have been delivered need not leave again.
        let passed = question.isWhole ? mark.instant ?? 0 : 0
        let former = ledger.withLock { $0 }
        let rows = usable.filter { row in
            guard let key = page.slice(format.rows.key, at: row) else { return false }
            let date = format.rows.date(at: row, of: page)
            newest = max(newest, date ?? 0)
            let id = page.string(key) ?? ""
            listed.insert(id)
            let isDue = passed == 0 || !former.knows(id) || date.map { $0 > passed } ?? true
            return seen.insert(page.keyHash(key)) && isDue
        }
        try announce(listed)
        try output.deliver(page, rows: rows)
        context.noteStamp(newest)
        guard isIncremental else { return (newest, true) }
        try deliverRemovals(page, format, &seen)
        // A row that cannot be told apart may be any of those that are missing.
        guard question.isWhole, usable.count == count else { return (newest, true) }
        guard let gone = ledger.withLock({ $0.conclude(listed: listed) }) else { return (newest, false) }
        try output.deliverTombstones(gone.map { Tombstone.fields(id: $0, at: context.horizon) })
        return (newest, true)
    }

    /// Writes a state that names the rows which are about to leave: should the run be killed, the next one asks for their removals.
    private func announce(_ listed: Set<String>) throws(ReadError) {
        guard isIncremental else { return }
        let isNews = ledger.withLock { $0.name(listed) }
        guard isNews || mark.instant == nil else { return }
        let named = ledger.withLock { $0 }.stamp(mark.state(updated: mark.instant ?? 0))
        try output.commit { named }
    }

    private func deliverRemovals(_ page: ScannedPage, _ format: Format, _ seen: inout KeySet) throws(ReadError) {
        guard let since = mark.instant else { return }
        var removed: Set<String> = []
        // A row removed and made anew under the same id is alive: one key must not leave twice in one run.
        let gone = (0..<page.count(format.removed)).compactMap { row -> AddedFields? in
            let instant = page.milliseconds(format.removedAt, at: row, of: format.removed)
            guard (instant ?? .max) > since, let key = page.slice(format.removedID, at: row, of: format.removed),
                seen.insert(page.keyHash(key))
            else {
                return nil
            }
            if let id = page.string(key) { removed.insert(id) }
            return Tombstone.fields(id: key, of: page, at: instant ?? context.horizon)
        }
        try output.deliverTombstones(gone)
        ledger.withLock { $0.forget(removed) }
    }
}

/// What an endpoint is asked for.
private struct Question {
    /// From when on (Unix ms); nil for everything without a date.
    let since: Int64?
    /// Whether that is everything there is.
    let isWhole: Bool
}

/// How an answer looks: changed rows first, then removed ones.
private struct Format {
    let rows: ListedRows
    let removed: PageFormat.List
    let removedID: RecordShape.Probe
    let removedAt: RecordShape.Probe
    let scanner: PageScanner

    init(_ definition: StreamDefinition, _ updates: Updates) {
        rows = definition.rows()
        var removal = RecordShape()
        removedID = removal.probe(FieldPath(definition.primaryKey[0]))
        removedAt = removal.probe("_deletedAt")
        var format = PageFormat(list: updates.updated, of: rows.shape)
        removed = format.list(at: updates.removed, of: removal)
        format.scalar(at: ["success"])
        scanner = PageScanner(format)
    }
}
