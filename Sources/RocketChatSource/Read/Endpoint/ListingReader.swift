import JSONBytes
import RocketChatAPI

/// Reads one list endpoint to its end and hands out each new row once.
struct ListingReader {
    /// Client and report of the sync.
    let context: SyncContext
    /// Route, place of the rows and parameters of the list.
    let endpoint: ListEndpoint
    /// What is looked at in each row.
    let rows: ListedRows
    /// Parameters besides those of the endpoint and of paging.
    let query: [(String, String)]
    /// The stream that rows without a key are reported for.
    let stream: String
    /// The date of a row's last change, where the server's clock is told by it.
    var date: RecordShape.Probe?
    /// Looks at each page once more; a sentence says what is wrong with it.
    var check: (ScannedPage) -> String? = { _ in nil }

    /// What a walk met.
    struct Outcome: Sendable {
        /// Distinct rows.
        let rows: Int
        /// Rows as the server counted them on the last page; nil if it did not.
        let total: Int?
        /// Whether these are all rows: the list came to its end, and the server's count says the same.
        var isComplete: Bool
        /// The route, for the sentence.
        let route: String
        /// Newest date (Unix ms) of the rows of the first page: the server's clock had reached it when that page was made.
        let firstDate: Int64?
        /// Rows without a usable key. Each may be any row, one that is missed or one that has changed.
        var unusable = 0

        /// The same, without the claim that these are all rows.
        var incomplete: Outcome {
            var outcome = self
            outcome.isComplete = false
            return outcome
        }

        /// What to tell of rows that are counted and were not handed out, or the other way round; nil when all is well.
        var shortage: String? {
            guard !isComplete else { return nil }
            guard unusable == 0 else {
                return "\(route) has \(unusable) rows whose id cannot be used; they may be any."
            }
            guard let total, total != rows else { return "\(route) stopped handing out new rows before its end." }
            return total > rows
                ? "\(route): the server counts \(total - rows) rows more than it handed out."
                : "\(route): the server handed out \(rows) rows and counts \(total)."
        }
    }

    init(
        _ context: SyncContext, _ endpoint: ListEndpoint, rows: ListedRows, query: [(String, String)] = [],
        stream: String
    ) {
        self.context = context
        self.endpoint = endpoint
        self.rows = rows
        self.query = query
        self.stream = stream
    }

    /// Calls `page` with every page and the numbers of its rows that were not handed out before.
    ///
    /// Rows without a key could not be told apart at the destination and are left out. Where paging is refused (7.0.0 to 7.3.2 refuse
    /// it for channels.list, #35187), the list is asked for as it comes: its first rows.
    /// - Parameters:
    ///   - goesOn: asked after each page; the walk ends when it says no.
    ///   - isRowMissing: asked at the end of a list without an order: whether a row that was known is not among those handed out. The
    ///     list is then read once more.
    func read(
        while goesOn: () -> Bool = { true }, isRowMissing: () -> Bool = { false },
        _ page: (ScannedPage, [Int]) throws(ReadError) -> Void
    ) async throws(ReadError) -> Outcome {
        var hasBegun = false
        do {
            return try await walk(endpoint, while: goesOn, isRowMissing) { scanned, rows throws(ReadError) in
                hasBegun = true
                try page(scanned, rows)
            }
        } catch .api(let error) where error.kind == .invalidRequest && endpoint.paging != .none && !hasBegun {
            // Without a count nobody knows how many more there are.
            let outcome = try await walk(endpoint.unpaged, while: goesOn, isRowMissing, page)
            return outcome.total == nil ? outcome.incomplete : outcome
        } catch .api(let error) where error.kind == .noRows {
            return Outcome(rows: 0, total: 0, isComplete: true, route: endpoint.route, firstDate: nil)
        }
    }

    private func walk(
        _ endpoint: ListEndpoint, while goesOn: () -> Bool, _ isRowMissing: () -> Bool,
        _ page: (ScannedPage, [Int]) throws(ReadError) -> Void
    ) async throws(ReadError) -> Outcome {
        let format = ListingFormat(endpoint, rows)
        let countsRows = endpoint.paging.countsRows
        var paging = OffsetPagination(isSorted: endpoint.paging.isSorted, countsRows: countsRows)
        var firstDate: Int64?
        while !paging.isDone {
            let answer = try await request(endpoint, offset: paging.offset, scanner: format.scanner)
            let keys = keys(of: answer)
            let newest = newestDate(of: answer)
            if paging.isAtStart { firstDate = newest }
            context.noteStamp(newest)
            let total = answer.counter(format.total)
            let units = countsRows ? answer.count() : answer.counter(format.count) ?? answer.count()
            try page(answer, paging.accept(keys, rows: units, total: total))
            if paging.isDone, paging.mayHaveSkipped, isRowMissing() { paging.readAgain() }
            if endpoint.paging == .none {
                let isWhole = keys.allSatisfy { $0 != nil } && total.map { $0 == answer.count() } ?? true
                return Outcome(
                    rows: paging.distinct, total: total, isComplete: isWhole, route: endpoint.route,
                    firstDate: firstDate, unusable: keys.count { $0 == nil })
            }
            guard goesOn() else {
                return Outcome(
                    rows: paging.distinct, total: nil, isComplete: paging.unusable == 0, route: endpoint.route,
                    firstDate: firstDate, unusable: paging.unusable)
            }
        }
        return Outcome(
            rows: paging.distinct, total: paging.total, isComplete: paging.isComplete, route: endpoint.route,
            firstDate: firstDate, unusable: paging.unusable)
    }

    private func newestDate(of page: ScannedPage) -> Int64? {
        guard let date else { return nil }
        return (0..<page.count()).lazy.compactMap { page.milliseconds(date, at: $0) }.max()
    }

    /// The key of each row; nil for one that has none to use. Those are counted.
    private func keys(of page: ScannedPage) -> [KeyHash?] {
        let keys = (0..<page.count()).map { row -> KeyHash? in
            guard let key = page.slice(rows.key, at: row), key.kind == .string, key.range.count > 2 else {
                return nil
            }
            return page.keyHash(key)
        }
        let unusable = keys.count { $0 == nil }
        if unusable > 0 {
            let what = query.isEmpty ? endpoint.route : "\(endpoint.route) \(query.map(\.1).joined(separator: " "))"
            context.report.unusable(unusable, of: stream, in: what)
        }
        return keys
    }

    private func request(
        _ endpoint: ListEndpoint, offset: Int, scanner: PageScanner
    ) async throws(ReadError) -> ScannedPage {
        var parameters = endpoint.query + query
        if endpoint.paging != .none {
            parameters += [("count", "\(OffsetPagination.count)"), ("offset", "\(offset)")]
            if let sort = endpoint.paging.sort { parameters.append(("sort", sort)) }
        }
        do {
            return try await context.client.page(try endpoint.request(parameters), scanner: scanner) { page in
                if endpoint.isNeverEmpty, offset == 0, page.count() == 0 {
                    return "it lists nothing, which cannot be"
                }
                return check(page)
            }.page
        } catch { throw .api(error) }
    }
}

/// How an answer of a list endpoint looks.
private struct ListingFormat {
    let scanner: PageScanner
    let total: PageFormat.Scalar
    let count: PageFormat.Scalar

    init(_ endpoint: ListEndpoint, _ rows: ListedRows) {
        var format = PageFormat(list: endpoint.rows, of: rows.shape)
        format.scalar(at: ["success"])
        total = format.scalar(at: ["total"])
        count = format.scalar(at: ["count"])
        scanner = PageScanner(format)
    }
}

extension ListEndpoint.Pagination {
    /// The order asked for.
    var sort: String? {
        switch self {
        case .offset(let sort), .units(let sort): sort
        case .none: nil
        }
    }

    /// Whether pages come in a stable order of rows, so that the next one can begin at the last row of the one before.
    var isSorted: Bool { if case .offset(_?) = self { true } else { false } }

    /// Whether `total` counts rows.
    var countsRows: Bool { if case .units = self { false } else { true } }
}
