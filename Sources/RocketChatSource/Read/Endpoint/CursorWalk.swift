import JSONBytes

/// Walks a list and hands out what is younger than the last sync.
struct CursorWalk {
    /// The list.
    let reader: ListingReader
    /// Rows dated up to here (Unix ms) are known; nil for a first read.
    let since: Int64?
    /// Whether the list comes newest first, so that the walk ends where the known rows begin.
    let endsAtKnown: Bool

    /// Calls `page` with every page and the numbers of its new rows. Rows without a date are always new.
    func read(
        isRowMissing: () -> Bool = { false }, _ page: (ScannedPage, [Int]) throws(ReadError) -> Void
    ) async throws(ReadError) -> ListingReader.Outcome {
        var isKnown = false
        return try await reader.read(
            while: { !(endsAtKnown && isKnown) }, isRowMissing: isRowMissing
        ) { scanned, rows throws(ReadError) in
            let news = rows.filter { row in
                guard let since, let date = reader.rows.date(at: row, of: scanned) else { return true }
                return date > since
            }
            isKnown = isKnown || news.count < rows.count
            try page(scanned, news)
        }
    }
}
