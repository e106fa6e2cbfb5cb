import JSONBytes
import RocketChatAPI
import Synchronization

/// A stream read from list endpoints.
///
/// Incremental reads still walk the whole listing, because the server cannot filter it, but deliver only rows changed since
/// the last sync, rows that it did not have before however old they are, and tombstones for rows that it has no more. A row
/// met for the first time is named in a state before it leaves: should the run be killed, the next one knows of it.
final class ListingStream: StreamReader {
    /// The stream, and where it goes.
    let job: StreamJob
    private let listing: Listing
    private let before: ListingState
    private let rows: ListedRows
    private let kind: RecordShape.Probe
    private let isOneWalk: Bool
    /// What each row gets on its way: the instant of the sync, where that is the cursor.
    private let added: AddedFields?
    private let instant: Int64?
    private let now = Mutex<ListingState?>(nil)
    /// The newest stamp (Unix ms) that the server's clock had surely reached when the first page was made.
    private let basis = Mutex<Int64?>(nil)

    init(_ job: StreamJob, _ listing: Listing) throws(ReadError) {
        self.job = job
        self.listing = listing
        var rows = job.definition.rows()
        kind = rows.probe("t")
        self.rows = rows
        isOneWalk = listing.endpoints.count == 1
        var before = ListingState()
        if job.isIncremental { do { before = try ListingState(job.stored) } catch { throw .state(error) } }
        for index in before.parts.indices where job.context.lookback.isAhead(before.parts[index].updated) {
            before.parts[index].updated = 0
            job.context.report.aheadOfClock(job.definition.name)
        }
        let bearsInstant = job.isIncremental && job.definition.bearsSyncInstant
        instant = bearsInstant ? job.syncInstant(after: before.at) : nil
        added = instant.map { SyncInstant.fields($0) }
        before.at = instant
        self.before = before
    }

    /// The last finished walk and, while one is under way, the ids of new rows as pending; none in full refresh.
    var state: JSON {
        isIncremental ? (now.withLock { $0 } ?? before).json : .noCursor
    }

    /// Walks the first way to read the listing that the server allows, with everything that belongs to it.
    /// - Throws: `ReadError`; the rows met before a failure of the server are delivered.
    func read() async throws(ReadError) {
        try await context.waitForHorizon()
        basis.withLock { $0 = context.stamps.newest }
        var ledger = ListingLedger(
            before, isStamped: listing.isStamped, fullness: ListingFullness(listing.endpoints))
        let walked = try await walkFirstWay(&ledger)
        let lesser = Set(listing.ways.dropFirst(walked.way + 1).flatMap { $0 }.map(\.route))
        let (conclusion, after) = ledger.conclude(lesser: lesser, viewer: .init(context.access)) {
            // Rows without a date are delivered each time, whatever was read before.
            instant == nil ? context.mark(after: $0, basis: basis.withLock { $0 }) : 0
        }
        if isIncremental {
            try output.deliverTombstones(conclusion.gone.map(tombstone))
            tell(conclusion, after)
            keep(after)
        }
        if let failure = walked.failure { throw .api(failure) }
    }

    private func tombstone(_ id: String) -> AddedFields {
        guard let instant else { return Tombstone.fields(id: id, at: context.horizon) }
        return Tombstone.fields(keys: [definition.primaryKey[0]: id], at: instant)
    }

    private func keep(_ state: ListingState) {
        var state = state
        state.at = instant
        now.withLock { [state] in $0 = state }
    }

    private func tell(_ conclusion: ListingLedger.Conclusion, _ after: ListingState) {
        let name = definition.name
        for route in conclusion.emptied {
            context.report.doubt(
                "\(route) listed rows at the last sync and lists none now. They are kept; if the next sync "
                    + "finds none either, they count as removed.",
                of: name)
        }
        for route in Set(conclusion.unjudged).sorted() {
            context.report.doubt(
                "rows that came from \(route) as this token saw it are kept as they were, because it could not be "
                    + "read in that way now (another version, a lost permission or a refused request). Rows that are new to the "
                    + "listings read instead were added.",
                of: name)
        }
        if after.isTooLong {
            context.report.doubt(
                "Stream '\(name)' has more than \(ListingState.mostIDs) rows, too many to keep their ids: rows that were "
                    + "removed, or that became visible with an old date, show only in a full refresh.")
        }
    }
}

extension ListingStream {
    /// Walks the ways in order until one is not refused.
    private func walkFirstWay(
        _ ledger: inout ListingLedger
    ) async throws(ReadError) -> (way: Int, failure: APIError?) {
        var refusals: [(route: String, error: APIError)] = []
        for (number, way) in listing.ways.enumerated() {
            let isLast = number == listing.ways.count - 1
            guard isLast || way.allSatisfy({ context.access.offers($0) }) else { continue }
            do {
                let failure = try await walk(way, isLast: isLast, &ledger)
                // The token's permissions offer more than was read: a full refresh has fewer rows for it.
                for (route, error) in refusals {
                    context.report.skip(route, of: definition.name, because: error.message)
                }
                return (number, failure)
            } catch .api(let error) where error.concernsRequest {
                refusals.append((way[0].route, error))
            }
        }
        // The first one tells most: what it lacks is what would have to be granted.
        throw .api(
            refusals.first?.error
                ?? APIError(.unavailable, "No endpoint of stream '\(definition.name)' could be asked."))
    }

    /// Walks all listings of a way; a passing failure of one leaves the others to be read and is returned.
    /// - Throws: `ReadError`; `.api` when nothing of it could be read, or the first one of several ways is refused.
    private func walk(
        _ way: [ListEndpoint], isLast: Bool, _ ledger: inout ListingLedger
    ) async throws(ReadError) -> APIError? {
        var failures: [(route: String, error: APIError)] = []
        var asked = 0
        var whole = 0
        for (number, endpoint) in way.enumerated() {
            // Where rows came from a stand-in, it must say what became of them.
            if endpoint.isStandIn, whole == asked, !before.holds(endpoint.route) { continue }
            guard number == 0 || context.access.offers(endpoint) else { continue }
            asked += 1
            do {
                if try await walk(endpoint, &ledger) == .complete { whole += 1 }
            } catch .api(let error) where error.kind != .cancelled && error.kind != .configuration {
                if way.count == 1 || (number == 0 && !isLast && error.concernsRequest) { throw .api(error) }
                failures.append((endpoint.route, error))
            }
        }
        if failures.count == asked, let first = failures.first { throw .api(first.error) }
        for (route, error) in failures where error.concernsRequest {
            context.report.skip(route, of: definition.name, because: error.message)
        }
        return failures.first { !$0.error.concernsRequest }?.error
    }

    /// Walks one listing, for each team if it is one of teams.
    private func walk(
        _ endpoint: ListEndpoint, _ ledger: inout ListingLedger
    ) async throws(ReadError) -> ListingLedger.Ending {
        ledger.begin(
            ListingSource(endpoint, access: context.access), endpoint.conclusion, isEverything: endpoint.isEverything)
        guard endpoint.isPerTeam else {
            let ending = try await walk(endpoint, [], &ledger)
            ledger.end(ending)
            return ending
        }
        let teams = try await RoomDirectory.ownTeams(context)
        var ending: ListingLedger.Ending = teams.isWhole ? .complete : .short
        var failure: APIError?
        for team in teams.ids {
            do {
                if try await walk(endpoint, [("teamId", team)], &ledger) != .complete { ending = .short }
            } catch .api(let error) where error.kind != .cancelled && error.kind != .configuration {
                ending = .short
                context.report.skip("rooms of team \(team)", of: definition.name, because: error.message)
                if !error.concernsRequest { failure = failure ?? error }
            }
        }
        ledger.end(ending)
        if let failure { throw .api(failure) }
        return ending
    }

    private func walk(
        _ endpoint: ListEndpoint, _ query: [(String, String)], _ ledger: inout ListingLedger
    ) async throws(ReadError) -> ListingLedger.Ending {
        var held = HeldRows()
        var outcome: ListingReader.Outcome
        do {
            var reader = ListingReader(context, endpoint, rows: rows, query: query, stream: definition.name)
            if isIncremental { reader.date = rows.date }
            outcome = try await reader.read(isRowMissing: { isIncremental && ledger.isRowMissing }) {
                page, met throws(ReadError) in
                let newRows = ledger.newRows
                let due = met.filter { isDue($0, of: page, endpoint, &ledger) }
                if ledger.newRows == newRows {
                    try deliver(page, due)
                    return
                }
                held.hold(page, due, newRows: ledger.newRows - newRows)
                if held.isDue(met: ledger.newRows) { try release(&held, ledger) }
            }
        } catch {
            // What was met before the failure is worth having.
            try release(&held, ledger)
            throw error
        }
        try release(&held, ledger)
        context.report.doubt(outcome.shortage, of: definition.name)
        if ledger.isFirstWalk, query.isEmpty, let date = outcome.firstDate {
            basis.withLock { $0 = max($0 ?? 0, date) }
        }
        return outcome.isComplete ? .complete : .short
    }

    private func isDue(
        _ row: Int, of page: ScannedPage, _ endpoint: ListEndpoint, _ ledger: inout ListingLedger
    ) -> Bool {
        guard let key = page.slice(rows.key, at: row) else { return false }
        let kind = page.string(self.kind, at: row)
        if let wanted = endpoint.kind, kind != wanted {
            if isIncremental, kind != nil, let id = page.string(key) { ledger.noteForeign(id) }
            return false
        }
        // One walk already hands out each row once, and a full read asks for nothing more.
        guard isIncremental else { return isOneWalk || ledger.isFirst(page.keyHash(key)) }
        guard let id = page.string(key) else { return false }
        return ledger.isDue(id, key: page.keyHash(key), date: rows.date(at: row, of: page))
    }

    /// Delivers the rows that wait, behind a state that names them if there are new ones among them.
    private func release(_ held: inout HeldRows, _ ledger: ListingLedger) throws(ReadError) {
        if isIncremental, held.newRows > 0 { try announce(ledger) }
        for batch in held.release() { try deliver(batch.page, batch.rows) }
    }

    private func deliver(_ page: ScannedPage, _ rows: [Int]) throws(ReadError) {
        try output.deliver(page, rows: rows) { _ in added }
    }

    /// Writes a state that names the rows met so far, with nothing claimed of them.
    private func announce(_ ledger: ListingLedger) throws(ReadError) {
        guard let state = ledger.underway else { return }
        keep(state)
        try output.commit { self.state }
    }
}
