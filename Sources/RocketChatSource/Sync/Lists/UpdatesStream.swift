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
                definition.shape(probing: [FieldPath(definition.primaryKey[0])]),
                RecordShape(types: [:], probing: [FieldPath(definition.primaryKey[0]), "_deletedAt"]),
            ])
        var query: [(String, String)] = []
        if let since = mark.instant ?? (updates.needsSince ? 0 : nil) {
            query.append(("updatedSince", Timestamp.text(since)))
        }
        do { try await context.waitForHorizon() } catch { throw .cancelled }
        let page: ScannedPage
        do {
            page = try await context.client.page(APIRequest(updates.path, query: query), scanner: scanner).page
        } catch { throw .api(error) }
        do {
            // Should the run be killed in its first read, the next one must ask for removals.
            if mark.isIncremental, mark.instant == nil { try output.commit(SinceMark.state(updated: 0)) }
            try deliver(page)
        } catch { throw .output(error) }
        mark.reach(context.checkpointLimit)
    }

    private func deliver(_ page: ScannedPage) throws(OutputError) {
        var seen = KeySet()
        let rows = (0..<page.count(list: 0)).filter { row in
            guard page.isRecord(record: row, list: 0), let key = page.probe(0, record: row, list: 0) else {
                return false
            }
            return seen.insert(page.keyHash(key))
        }
        try output.deliver(page, list: 0, rows: rows)
        guard mark.instant != nil else { return }
        // A row removed and made anew under the same id is alive: one key must not leave twice in one run.
        let gone = (0..<page.count(list: 1)).compactMap { row -> AddedFields? in
            guard let key = page.probe(0, record: row, list: 1), seen.insert(page.keyHash(key)) else {
                return nil
            }
            let instant = page.milliseconds(1, record: row, list: 1) ?? context.horizon
            return Tombstone.fields(id: key, of: page, at: instant)
        }
        try output.bury(gone)
    }
}
