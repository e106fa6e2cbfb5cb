import AirbyteProtocol
import RocketChatAPI

/// Reads one room from its watermark up to S0, by the cheapest way that the server offers (rocket-chat-api.md §5.9).
struct RoomReader: Sendable {
    /// The room that is read.
    let room: Room
    /// Client, configuration, horizon and report of the sync.
    let context: SyncContext
    /// The requests for messages and removals.
    let requests: MessageRequests
    /// What the server can do, and how large its messages are; shared by all rooms.
    let features: MessageFeatures
    /// Where what is read goes.
    let delivery: MessageDelivery
    /// Told after each page how far the room has been followed.
    let advance: @Sendable (Watermark) throws(ReadError) -> Void

    /// Reads the room as planned.
    /// - Throws: `ReadError`; `.api` with kind `.refused` when the server does not let this room be read.
    func read(_ reading: RoomPlan.Reading) async throws(ReadError) {
        let start = (context.configuration.startDate ?? 0) - 1
        switch reading {
        case .follow(let watermark): try await readChanges(since: watermark)
        case .load(let watermark): try await load(from: watermark, start: start)
        case .reload(let last): try await load(from: Watermark(updated: start, deleted: last.deleted), start: start)
        }
        try advance(Watermark(at: context.checkpointLimit))
    }

    private func load(from watermark: Watermark?, start: Int64) async throws(ReadError) {
        if features.hasCursor {
            try await readByCursor(after: watermark?.updated ?? start, removedSince: watermark?.deleted)
        } else {
            try await readWithoutCursor(after: watermark?.updated ?? start, removedSince: watermark?.deleted)
        }
    }

    /// An ordinary increment: one request for changes and removals together, unless the gap is long or the answer too big.
    private func readChanges(since watermark: Watermark) async throws(ReadError) {
        let isShort = context.horizon - watermark.updated <= context.sizes.longestIncrement
        if isShort || !features.hasCursor {
            do {
                let limit = features.hasCursor ? context.sizes.largestIncrement : nil
                let answer = try await ask(
                    requests.everything(room, since: watermark.updated, maximumBytes: limit), requests.syncScanner)
                try delivery.bury(answer)
                return try delivery.deliver(answer, MessageDelivery.messages(of: answer.page))
            } catch .api(let error) where error.kind == .tooLarge && features.hasCursor {
                // So much has changed that it is read in pages.
            }
        }
        try await readByCursor(after: watermark.updated, removedSince: watermark.deleted)
    }

    /// Changes in ascending order, page by page; every page is a checkpoint.
    ///
    /// Removals come first: what was removed before S0 is in no later page, so no key leaves twice in one run.
    private func readByCursor(after updated: Int64, removedSince deleted: Int64?) async throws(ReadError) {
        do {
            if let deleted { try await buryRemovals(since: deleted) }
            try await readPages(after: updated)
        } catch .api(let error) where MessageFeatures.showsNoCursor(error) {
            features.lacksCursor()
            try await readWithoutCursor(after: updated, removedSince: deleted)
        }
    }

    private func readPages(after updated: Int64) async throws(ReadError) {
        var paging = MessagePaging(after: updated, count: features.pageSize(expected: room.messages))
        var hasMore = true
        var isFirst = true
        while hasMore {
            let answer = try await ask(
                requests.updated(room, after: paging.cursor, count: paging.count), requests.syncScanner)
            let page = answer.page
            let messages = MessageDelivery.messages(of: page)
            hasMore = page.scalar(1).map { $0.kind != .null } ?? false
            let fresh = paging.accept(messages.map(\.updatedAt), hasMore: hasMore) {
                MessageDelivery.key(messages[$0], of: page)
            }
            try delivery.deliver(answer, fresh.map { messages[$0] }, isWhole: isFirst && !hasMore)
            isFirst = false
            features.learn(rows: messages.count, bytes: answer.bytes)
            if let last = messages.last?.updatedAt, last > context.horizon { hasMore = false }
            guard hasMore else { return }
            try advance(partial(paging.cursor))
            paging.resize(to: features.pageSize(expected: nil))
        }
    }

    /// Followed up to `cursor`, with the removals up to this sync delivered before.
    private func partial(_ cursor: Int64) -> Watermark {
        Watermark(updated: min(cursor, context.checkpointLimit), deleted: context.checkpointLimit)
    }

    private func buryRemovals(since instant: Int64) async throws(ReadError) {
        var count = context.sizes.removals
        while true {
            let answer = try await ask(requests.deleted(room, after: instant, count: count), requests.syncScanner)
            guard let next = answer.page.scalar(1), next.kind != .null else { return try delivery.bury(answer) }
            // Not all of them came: the same question again, larger, for the order is no order to page by.
            count *= 4
        }
    }

    private func ask(_ request: APIRequest, _ scanner: PageScanner) async throws(ReadError) -> APIPage {
        do { return try await context.client.page(request, scanner: scanner) } catch { throw .api(error) }
    }
}

extension RoomReader {
    /// A whole room on servers before 7.1: in one answer when it is small, else page by page in ascending order of change.
    private func readWithoutCursor(after updated: Int64, removedSince deleted: Int64?) async throws(ReadError) {
        if let deleted {
            // The changes in the same answer are read by the load itself.
            let answer = try await ask(
                requests.everything(room, since: deleted, maximumBytes: nil), requests.syncScanner)
            try delivery.bury(answer)
        }
        if let count = room.messages, count > context.sizes.smallRoom {
            var hasBegun = false
            do {
                return try await readByOffset(after: updated, &hasBegun)
            } catch .api(let error) where !hasBegun && (error.kind == .refused || error.kind == .unavailable) {
                // Archived groups and unjoined channels refuse *.messages but not chat.syncMessages (rocket-chat-api.md §1.4).
            }
        }
        let answer = try await ask(
            requests.everything(room, since: max(0, updated), maximumBytes: nil), requests.syncScanner)
        try delivery.deliver(answer, MessageDelivery.messages(of: answer.page))
    }

    private func readByOffset(after updated: Int64, _ hasBegun: inout Bool) async throws(ReadError) {
        var paging = OffsetPaging(isSorted: true)
        while !paging.isDone {
            let offset = paging.offset
            let answer = try await ask(requests.page(room, offset: offset), requests.pageScanner)
            hasBegun = true
            let page = answer.page
            let messages = MessageDelivery.messages(of: page)
            let total = page.scalar(1).flatMap { page.integer($0) }.map(Int.init)
            let fresh = paging.accept(
                messages.map { MessageDelivery.key($0, of: page) }, rows: page.count(list: 0), total: total)
            try delivery.deliver(answer, fresh.map { messages[$0] }.filter { $0.updatedAt > updated })
            // Rows have moved to the left: what lies before this page is read once more before anything is claimed.
            guard paging.offset > offset else { continue }
            if let last = messages.last?.updatedAt { try advance(partial(max(updated, last - 1))) }
        }
    }
}
