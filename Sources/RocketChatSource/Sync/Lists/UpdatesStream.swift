import AirbyteProtocol
import RocketChatAPI

/// A stream read from an endpoint with `updatedSince`, which answers changed and removed rows at once (rocket-chat-api.md §3.4).
final class UpdatesStream: StreamReader {
    private let definition: StreamDefinition
    private let updates: Updates
    private let context: SyncContext
    private let output: StreamOutput
    private let mark: SinceMark

    /// A reader of `definition` from `mark` on.
    init(
        _ definition: StreamDefinition, _ updates: Updates, context: SyncContext, output: StreamOutput, mark: SinceMark
    ) {
        self.definition = definition
        self.updates = updates
        self.context = context
        self.output = output
        self.mark = mark
    }

    /// The mark; it moves when the one answer has been delivered.
    var state: JSONValue { mark.state }

    /// Delivers what one answer tells: changed rows and, unless nothing was read before, tombstones for removed ones.
    /// - Throws: `ReadError`.
    func read() async throws(ReadError) {
        let scanner = PageScanner(
            layout: PageLayout(lists: [updates.updated, updates.removed], scalars: [["success"]]),
            shapes: [
                definition.shape(
                    probing: [FieldPath(definition.primaryKey[0]), FieldPath(definition.cursor ?? "_updatedAt")]),
                RecordShape(types: [:], probing: [FieldPath(definition.primaryKey[0]), "_deletedAt"]),
            ])
        var query: [(String, String)] = []
        if let since = mark.instant ?? (updates.needsSince ? 0 : nil) {
            query.append(("updatedSince", Timestamp.text(since)))
        }
        let isWhole = (mark.instant ?? 0) == 0
        try await context.waitForHorizon()
        let basis = context.stamps.newest ?? 0
        let page: ScannedPage
        do {
            page = try await context.client.page(APIRequest(updates.path, query: query), scanner: scanner) {
                updates.isNeverEmpty && isWhole && $0.count(list: 0) == 0 ? "it lists nothing, which cannot be" : nil
            }.page
        } catch { throw .api(error) }
        let newest: Int64
        do {
            // Should the run be killed in its first read, the next one must ask for removals.
            if mark.isIncremental, mark.instant == nil { try output.commit(mark.state(updated: 0)) }
            newest = try deliver(page)
        } catch { throw .output(error) }
        mark.reach(context.mark(after: mark.instant ?? 0, basis: max(basis, newest)))
    }

    /// Delivers the answer; returns the newest stamp in it (Unix ms), which the server's clock had reached when it was made.
    private func deliver(_ page: ScannedPage) throws(OutputError) -> Int64 {
        var seen = KeySet()
        var newest: Int64 = 0
        let count = page.count(list: 0)
        let usable = (0..<count).filter { row in
            page.isRecord(record: row, list: 0) && page.kind(0, record: row, list: 0) == .string
        }
        if usable.count < count { context.report.unusable(count - usable.count, of: definition.name, in: updates.path) }
        let rows = usable.filter { row in
            guard let key = page.probe(0, record: row, list: 0) else { return false }
            newest = max(newest, page.milliseconds(1, record: row, list: 0) ?? 0)
            return seen.insert(page.keyHash(key))
        }
        try output.deliver(page, list: 0, rows: rows)
        context.noteStamp(newest)
        guard mark.instant != nil else { return newest }
        // A row removed and made anew under the same id is alive: one key must not leave twice in one run.
        let gone = (0..<page.count(list: 1)).compactMap { row -> AddedFields? in
            guard let key = page.probe(0, record: row, list: 1), seen.insert(page.keyHash(key)) else {
                return nil
            }
            let instant = page.milliseconds(1, record: row, list: 1) ?? context.horizon
            return Tombstone.fields(id: key, of: page, at: instant)
        }
        try output.bury(gone)
        return newest
    }
}
