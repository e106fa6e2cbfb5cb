import JSONBytes
import RocketChatAPI
import Synchronization

/// Reads the rows of one parent at a time, by the first endpoint that the server has for it.
final class PartReader: Sendable {
    private let job: StreamJob
    private let partition: Partition
    private let rows: ListedRows
    private let room: RecordShape.Probe
    /// The field that says until when a row may still change; nil where rows do not.
    private let pending: RecordShape.Probe?
    /// Endpoints that the server turned out not to have, and parents whose rows were fewer than the server counts.
    private let learned = Mutex<(missing: Set<String>, shortfalls: Int)>(([], 0))

    init(_ job: StreamJob, _ partition: Partition) {
        self.job = job
        self.partition = partition
        var rows = job.definition.rows(key: partition.rowKey, replacing: partition.addedFields)
        room = rows.probe("rid")
        pending = if case .newestFirst(_, let field?) = partition.growth { rows.probe(FieldPath(field)) } else { nil }
        self.rows = rows
    }

    /// How many parents gave fewer rows than the server counts.
    var shortfalls: Int { learned.withLock { $0.shortfalls } }

    /// What reading one parent came to.
    struct Ending {
        /// Whether a row that was not met is gone, if these were all.
        let mayConclude: Bool
        /// Whether the rows were all that the server counts.
        let isComplete: Bool
        /// Whether there were none.
        let isEmpty: Bool
        /// Newest date (Unix ms) on the first page.
        let firstDate: Int64?
        /// Oldest date (Unix ms) of the rows that may still change.
        var pending: Int64?
    }

    /// Hands the rows of `parent` dated after `since` (Unix ms), all of them when nil, to `take`, page by page.
    /// `isRowMissing` says whether a row that was known was not among them (``ListingReader``).
    /// - Throws: `ReadError`; `.api` with kind `.refused` when the token may not read this parent.
    func read(
        _ parent: Parent, since: Int64?, isRowMissing: () -> Bool = { false },
        _ take: (ScannedPage, [Int]) throws(ReadError) -> Void
    ) async throws(ReadError) -> Ending {
        let variants = partition.variants.filter { variant in
            (variant.kinds.isEmpty || variant.kinds.contains(parent.kind))
                && job.context.access.offers(variant.endpoint)
        }
        let missing = learned.withLock { $0.missing }
        let known = variants.filter { !missing.contains($0.endpoint.path) }
        var failure: ReadError?
        for variant in known.isEmpty ? variants.suffix(1) : known[...] {
            do {
                return try await read(parent, by: variant, since: since, isRowMissing, take)
            } catch .api(let error) where error.isWorthAnotherRoute {
                if error.kind == .unavailable {
                    _ = learned.withLock { $0.missing.insert(variant.endpoint.path) }
                }
                failure = failure ?? .api(error)
            }
        }
        if let failure { throw failure }
        return Ending(mayConclude: false, isComplete: true, isEmpty: true, firstDate: nil)
    }

    /// Delivers rows of a page that belong to the parent with this id; `instant` (Unix ms) is what they bear as their cursor.
    func deliver(_ page: ScannedPage, _ rows: [Int], of parent: String, at instant: Int64? = nil) throws(ReadError) {
        try job.output.deliver(page, rows: rows) { row in
            var fields = AddedFields()
            fields.add(partition.key, string: parent)
            if let lift = partition.lift, let value = page.slice(self.rows.key, at: row) {
                fields.add(lift.name, slice: value, of: page)
            }
            if let instant { fields.add(StreamDefinition.syncInstant, timestamp: instant) }
            return fields
        }
    }

    /// The keys of these rows of a page.
    func keys(_ page: ScannedPage, _ rows: [Int]) -> [String] { rows.compactMap { page.string(self.rows.key, at: $0) } }

    private func read(
        _ parent: Parent, by variant: Partition.Variant, since: Int64?, _ isRowMissing: () -> Bool,
        _ take: (ScannedPage, [Int]) throws(ReadError) -> Void
    ) async throws(ReadError) -> Ending {
        var reader = ListingReader(
            job.context, variant.endpoint, rows: rows, query: [(variant.parameter, parent.id)],
            stream: job.definition.name)
        if job.definition.cursor != nil { reader.date = rows.date }
        if variant.endpoint.bearsRoom {
            let id = JSON.string(parent.id).bytes
            reader.check = { [room] page in
                page.isTextEverywhere(room, quoted: id) ? nil : "it holds rows of another room"
            }
        }
        let endsAtKnown = if case .newestFirst = partition.growth { true } else { false }
        let walk = CursorWalk(reader: reader, since: since, endsAtKnown: endsAtKnown)
        var pending: Int64?
        let outcome = try await walk.read(isRowMissing: isRowMissing) { page, due throws(ReadError) in
            for row in due where isPending(row, of: page) {
                guard let date = rows.date(at: row, of: page) else { continue }
                pending = min(pending ?? date, date)
            }
            try take(page, due)
        }
        if !outcome.isComplete { learned.withLock { $0.shortfalls += 1 } }
        return Ending(
            mayConclude: Viewer(job.context.access)
                .mayConclude(variant.endpoint.conclusion, isEmpty: outcome.rows == 0),
            isComplete: outcome.isComplete, isEmpty: outcome.rows == 0, firstDate: outcome.firstDate, pending: pending)
    }

    // What expired long ago and is still there was forgotten by the server's upkeep, and holds nothing back.
    private func isPending(_ row: Int, of page: ScannedPage) -> Bool {
        guard let pending, let end = page.milliseconds(pending, at: row) else { return false }
        return end > job.context.horizon - Self.upkeep
    }

    /// How long (ms) after its end an unconfirmed row is waited for.
    private static let upkeep: Int64 = 86_400_000
}

extension APIError {
    /// Whether another route may tell what this one does not: the server lacks it, takes other parameters, or tells nothing of
    /// archived rooms by it.
    fileprivate var isWorthAnotherRoute: Bool {
        kind == .unavailable || kind == .invalidRequest || (kind == .refused && errorType == "error-room-archived")
    }
}
