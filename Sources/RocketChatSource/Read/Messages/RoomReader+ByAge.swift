import JSONBytes
import RocketChatAPI

extension RoomReader {
    /// A whole room on servers before 7.1: in one answer when it is small, else page by page, by age.
    func readWithoutCursor(_ load: Load) async throws(ReadError) {
        var removals = Removals()
        if let since = load.removedSince {
            // The changes in the same answer are read by the load itself.
            let answer = try await ask(
                MessageRequests.everything(room, since: since, maximumBytes: nil), format.sync)
            removals = try delivery.deliverTombstones(answer, of: delivery.messages(of: answer.page))
        }
        var byAge: OffsetPagination?
        if load.paged != nil || room.messages.map({ $0 > context.sizes.smallRoom }) ?? false {
            var hasBegun = false
            do {
                let pages = try await readByAge(load, without: removals, &hasBegun)
                byAge = pages
                if pages.hasAll {
                    guard load.paged != nil else { return }
                    // Pages of an earlier sync may have changed since it read them.
                    return try await readRest(after: load.begun, without: &removals, nor: pages)
                }
            } catch .api(let error) where !hasBegun && (error.kind == .refused || error.kind == .unavailable) {
                // Archived groups and unjoined channels refuse *.messages but not chat.syncMessages (rocket-chat-api.md §1.4).
            }
        }
        try await readRest(after: load.updated, without: &removals, nor: byAge)
    }

    /// The pages of a room by age; every page is a checkpoint.
    ///
    /// Rows that were removed meanwhile have moved those behind them to the left. So a load that is taken up begins some rows
    /// early, and further left until its first row is older than the youngest that was read. How many were removed would not
    /// tell: between that answer and the page there may be more.
    /// - Returns: what was met, and whether these were all messages of the room.
    private func readByAge(
        _ load: Load, without removals: Removals, _ hasBegun: inout Bool
    ) async throws(ReadError) -> OffsetPagination {
        var paging = OffsetPagination(isSorted: true, from: max(0, (load.paged?.rows ?? 0) - Self.seam))
        var retreat = OffsetPagination.count - 1
        var youngest = load.paged?.youngest
        let start = (context.configuration.startDate ?? 0) - 1
        while !paging.isDone {
            let offset = paging.offset
            let answer = try await ask(MessageRequests.page(room, offset: offset), format.pages)
            hasBegun = true
            let page = answer.page
            if paging.isAtStart, offset > 0, let youngest, !isOlder(page, than: youngest) {
                let end = min(offset, page.counter(format.total) ?? offset)
                paging = OffsetPagination(isSorted: true, from: max(0, end - retreat))
                retreat *= 2
                continue
            }
            let keys = (0..<page.count()).map { row in
                page.slice(format.id, at: row).map { page.keyHash($0) }
            }
            let due = Set(paging.accept(keys, rows: keys.count, total: page.counter(format.total)))
            try delivery.deliver(
                answer, delivery.messages(of: page).filter { $0.updatedAt > start && due.contains($0.index) },
                without: removals)
            // Rows have moved to the left: what lies before this page is read once more before anything is claimed.
            guard paging.offset > offset else { continue }
            let ages = (0..<page.count()).reversed().lazy.compactMap { page.milliseconds(format.sentAt, at: $0) }
            youngest = ages.first ?? youngest
            var watermark = Watermark(loading: start, deleted: load.begun, asked: context.horizon)
            watermark.paged = youngest.map { PagedLoad(rows: paging.offset, youngest: $0) }
            try advance(watermark)
        }
        return paging
    }

    /// Rows that a load which is taken up reads once more, so that few removals cost no request.
    private static let seam = 20

    /// Whether the page begins with a row that is older. One without a date stands before all that have one (MongoDB's order).
    private func isOlder(_ page: ScannedPage, than instant: Int64) -> Bool {
        page.count() > 0 && (page.milliseconds(format.sentAt, at: 0) ?? .min) < instant
    }
}
