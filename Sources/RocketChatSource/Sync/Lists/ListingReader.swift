import AirbyteProtocol
import RocketChatAPI

/// Reads one list endpoint to its end and hands out each new row once.
struct ListingReader {
    /// Asks the server.
    let client: RocketChatClient
    /// Route, place of the rows and parameters of the list.
    let endpoint: ListEndpoint
    /// What is told of each row; the first probe is its key.
    let shape: RecordShape
    /// Parameters besides those of the endpoint and of paging.
    let query: [(String, String)]

    /// What a walk met.
    struct Outcome: Sendable {
        /// Distinct rows.
        let rows: Int
        /// Rows as the server counted them on the last page; nil if it did not.
        let total: Int?
    }

    /// A reader of `endpoint` whose rows have `shape`; the shape's first probe must be the row's key.
    init(_ client: RocketChatClient, _ endpoint: ListEndpoint, shape: RecordShape, query: [(String, String)] = []) {
        self.client = client
        self.endpoint = endpoint
        self.shape = shape
        self.query = query
    }

    /// Calls `page` with every page and the numbers of its rows that were not handed out before.
    ///
    /// Rows without a key could not be told apart at the destination and are left out.
    /// - Parameter goesOn: asked after each page; the walk ends when it says no.
    /// - Throws: `ReadError`.
    func read(while goesOn: () -> Bool = { true }, _ page: (ScannedPage, [Int]) throws(ReadError) -> Void)
        async throws(ReadError) -> Outcome
    {
        let scanner = PageScanner(
            layout: PageLayout(lists: [endpoint.rows], scalars: [["success"], ["total"]]), shapes: [shape])
        var sort: String?
        if case .offset(let order) = endpoint.paging { sort = order }
        var paging = OffsetPaging(isSorted: sort != nil)
        while !paging.isDone {
            let answer = try await request(paging: paging, sort: sort, scanner: scanner)
            let count = answer.count(list: 0)
            var keyed: [Int] = []
            var keys: [KeyHash] = []
            for row in 0..<count {
                guard let key = answer.probe(0, record: row, list: 0), key.kind != .null else { continue }
                keyed.append(row)
                keys.append(answer.keyHash(key))
            }
            let total = answer.scalar(1).flatMap { answer.integer($0) }.map(Int.init)
            let fresh = paging.accept(keys, rows: count, total: total)
            try page(answer, fresh.map { keyed[$0] })
            guard case .offset = endpoint.paging, goesOn() else { return Outcome(rows: paging.distinct, total: nil) }
        }
        return Outcome(rows: paging.distinct, total: paging.total)
    }

    private func request(
        paging: OffsetPaging, sort: String?, scanner: PageScanner
    ) async throws(ReadError) -> ScannedPage {
        var parameters = endpoint.query + query
        if case .offset = endpoint.paging {
            parameters += [("count", "\(OffsetPaging.count)"), ("offset", "\(paging.offset)")]
            if let sort { parameters.append(("sort", sort)) }
        }
        do {
            return try await client.page(
                APIRequest(endpoint.path, query: parameters, requiresSuccess: endpoint.hasEnvelope), scanner: scanner
            ).page
        } catch { throw .api(error) }
    }
}
