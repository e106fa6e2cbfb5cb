import JSONBytes
import RocketChatAPI

/// A stream read from an endpoint with `updatedSince`, which answers changed and removed rows at once (rocket-chat-api.md §3.4).
final class UpdatesStream: StreamReader {
    /// The stream, and where it goes.
    let job: StreamJob
    private let updates: Updates
    private let mark: SinceMark

    init(_ job: StreamJob, _ updates: Updates) throws(ReadError) {
        self.job = job
        self.updates = updates
        mark = try SinceMark(job)
    }

    /// The mark; it moves when the one answer has been delivered.
    var state: JSON { mark.state }

    /// Delivers what one answer tells: changed rows and, unless nothing was read before, tombstones for removed ones.
    func read() async throws(ReadError) {
        let format = Format(definition, updates)
        var query: [(String, String)] = []
        if let since = mark.instant ?? (updates.needsSince ? 0 : nil) {
            query.append(("updatedSince", Timestamp.text(since)))
        }
        let isWhole = (mark.instant ?? 0) == 0
        try await context.waitForHorizon()
        let basis = context.stamps.newest ?? 0
        let page: ScannedPage
        do {
            page = try await context.client.page(APIRequest(updates.path, query: query), scanner: format.scanner) {
                updates.isNeverEmpty && isWhole && $0.count() == 0 ? "it lists nothing, which cannot be" : nil
            }.page
        } catch { throw .api(error) }
        // Should the run be killed in its first read, the next one must ask for removals.
        if mark.isIncremental, mark.instant == nil { try output.commit { mark.state(updated: 0) } }
        let newest = try deliver(page, format)
        mark.reach(context.mark(after: mark.instant ?? 0, basis: max(basis, newest)))
    }

    /// Delivers the answer; returns the newest stamp in it (Unix ms), which the server's clock had reached when it was made.
    private func deliver(_ page: ScannedPage, _ format: Format) throws(ReadError) -> Int64 {
        var seen = KeySet()
        var newest: Int64 = 0
        let count = page.count()
        let usable = (0..<count).filter { row in
            page.isRecord(at: row) && page.kind(format.rows.key, at: row) == .string
        }
        if usable.count < count { context.report.unusable(count - usable.count, of: definition.name, in: updates.path) }
        let rows = usable.filter { row in
            guard let key = page.slice(format.rows.key, at: row) else { return false }
            newest = max(newest, format.rows.date(at: row, of: page) ?? 0)
            return seen.insert(page.keyHash(key))
        }
        try output.deliver(page, rows: rows)
        context.noteStamp(newest)
        guard mark.instant != nil else { return newest }
        // A row removed and made anew under the same id is alive: one key must not leave twice in one run.
        let gone = (0..<page.count(format.removed)).compactMap { row -> AddedFields? in
            guard let key = page.slice(format.removedID, at: row, of: format.removed), seen.insert(page.keyHash(key))
            else {
                return nil
            }
            let instant = page.milliseconds(format.removedAt, at: row, of: format.removed) ?? context.horizon
            return Tombstone.fields(id: key, of: page, at: instant)
        }
        try output.deliverTombstones(gone)
        return newest
    }
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
