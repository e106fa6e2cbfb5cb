import JSONBytes
import RocketChatAPI

/// Reads one room from its watermark up to S0, by the cheapest way that the server offers (rocket-chat-api.md §5.9).
struct RoomReader: Sendable {
    /// The room that is read.
    let room: Room
    /// Client, configuration, horizon and report of the sync.
    let context: SyncContext
    /// What the server can do, and how large its messages are; shared by all rooms.
    let features: MessageFeatures
    /// From when on (Unix ms) removals count for a load that begins now.
    let beginning: Int64
    /// Where what is read goes.
    let delivery: MessageDelivery
    /// Told after each page of a load how far the room has been followed.
    let advance: @Sendable (Watermark) throws(ReadError) -> Void

    /// By what names the room's pages are asked.
    var format: MessageFormat { delivery.format }

    /// Where a load stands: what it goes on from, and what was removed meanwhile.
    struct Load {
        /// Changes up to here (Unix ms) were delivered.
        var updated: Int64
        /// How far its pages by age were read, where they come by offset.
        var paged: PagedLoad?
        /// Removals from here on (Unix ms) are to be asked for; nil where nothing of the room has left before.
        var removedSince: Int64?
        /// The mark of its removals while it is under way.
        let begun: Int64
    }

    /// Reads the room as planned; returns whether removals of a while before are to be asked for once more (`Watermark.isFresh`).
    /// - Throws: `ReadError`; `.api` with kind `.refused` when the server does not let this room be read.
    func read(_ mode: RoomPlan.Mode) async throws(ReadError) -> Bool {
        let start = (context.configuration.startDate ?? 0) - 1
        switch mode {
        case .follow(let watermark): return try await readChanges(since: watermark)
        case .load(nil): try await load(Load(updated: start, begun: beginning))
        case .load(let watermark?):
            try await load(
                Load(
                    updated: watermark.updated, paged: watermark.paged, removedSince: watermark.deleted,
                    begun: watermark.deleted))
        case .reload(let last):
            try await load(
                Load(updated: start, removedSince: last.deleted, begun: min(last.deleted, beginning)))
        }
        return true
    }

    private func load(_ load: Load) async throws(ReadError) {
        if features.hasCursor {
            _ = try await readByCursor(load)
        } else {
            try await readWithoutCursor(load)
        }
    }

    /// An ordinary increment: one request for changes and removals together, unless the gap is long or the answer too big.
    private func readChanges(since watermark: Watermark) async throws(ReadError) -> Bool {
        let isShort = context.horizon - watermark.asked <= context.sizes.longestIncrement
        if isShort || !features.hasCursor {
            do {
                let limit = features.hasCursor ? context.sizes.largestIncrement : nil
                return try await readEverything(
                    since: watermark.deleted, changedAfter: watermark.updated, maximumBytes: limit)
            } catch .api(let error) where error.kind == .tooLarge && features.hasCursor {
                // So much has changed that it is read in pages.
            }
        }
        return try await readByCursor(
            Load(updated: watermark.updated, removedSince: watermark.deleted, begun: watermark.deleted))
    }

    /// Changes and removals since `instant` in one answer; of the changes only those after `updated` are new.
    private func readEverything(
        since instant: Int64, changedAfter updated: Int64, maximumBytes: Int? = nil
    ) async throws(ReadError) -> Bool {
        let answer = try await ask(
            MessageRequests.everything(room, since: min(instant, updated), maximumBytes: maximumBytes), format.sync)
        let messages = delivery.messages(of: answer.page)
        let removals = try delivery.deliverTombstones(answer, of: messages)
        try delivery.deliver(answer, messages.filter { $0.updatedAt > updated }, without: removals)
        return removals.hasDoubts
    }

    /// Changes in ascending order, page by page; every page is a checkpoint.
    ///
    /// Removals are asked for first: what was removed before S0 is in no later page, so no key leaves twice in one run. Their
    /// tombstones wait for the pages, which show what was made anew.
    private func readByCursor(_ load: Load) async throws(ReadError) -> Bool {
        var removals = Removals()
        do {
            if let since = load.removedSince { removals = try await askRemovals(since: since) }
            try await readPages(load, without: &removals)
            try delivery.deliverTombstones(of: &removals)
        } catch .api(let error) where MessageFeatures.showsNoCursor(error) {
            features.lacksCursor()
            try await readWithoutCursor(load)
        }
        return removals.hasDoubts
    }

    private func readPages(_ load: Load, without removals: inout Removals) async throws(ReadError) {
        // What was made anew after a removal that is told now is among the changes since then.
        let start = removals.isEmpty ? load.updated : min(load.updated, load.removedSince ?? load.updated)
        var paging = MessagePagination(after: start, count: features.pageSize(expected: room.messages))
        var hasMore = true
        var isFirst = true
        while hasMore {
            let answer: APIPage
            do {
                answer = try await ask(
                    MessageRequests.updated(room, after: paging.cursor, count: paging.count), format.sync,
                    lacking: format.removed)
            } catch .api(let error) where error.errorType == "error-cursor-not-found" {
                // The server stumbles over a row without stamps; the other form of the request does not (7.1 and later).
                return try await readRest(after: paging.cursor, new: load.updated, without: &removals)
            }
            let page = answer.page
            let messages = delivery.messages(of: page)
            meet(messages, of: page, &removals)
            hasMore = page.slice(format.nextCursor).map { $0.kind != .null } ?? false
            // A row without a usable stamp can only be stepped over; if it stands last, the next page begins before it.
            let fresh = paging.accept(messages.map(\.updatedAt), hasMore: hasMore) {
                delivery.key(messages[$0], of: page)
            }
            var due: [MessageDelivery.Message] = []
            due.reserveCapacity(fresh.count)
            for row in fresh where messages[row].updatedAt > load.updated { due.append(messages[row]) }
            try delivery.deliver(answer, due, without: removals, isWhole: isFirst && !hasMore)
            isFirst = false
            features.learn(rows: messages.count, bytes: page.body.count)
            if paging.isStuck {
                // What this page had must not leave twice.
                for message in messages {
                    removals.insert(delivery.key(message, of: page), at: message.updatedAt)
                }
                return try await readRest(after: paging.cursor, new: load.updated, without: &removals)
            }
            if let last = messages.last?.updatedAt, last > context.horizon { hasMore = false }
            guard hasMore else { return }
            let updated = min(max(paging.cursor, load.updated), context.lookback.settled)
            try advance(Watermark(loading: updated, deleted: load.begun, asked: context.horizon))
            paging.resize(to: features.pageSize(expected: nil))
        }
    }

    private func meet(_ messages: [MessageDelivery.Message], of page: ScannedPage, _ removals: inout Removals) {
        guard !removals.isEmpty else { return }
        for message in messages { removals.meet(delivery.key(message, of: page), updatedAt: message.updatedAt) }
    }

    /// The changes after `instant` (Unix ms) in one answer, but for rows that `pages` had in this run; those after `new` are
    /// delivered. Its removals were told before, or are of rows that never left.
    func readRest(
        after instant: Int64, new: Int64 = .min, without removals: inout Removals, nor pages: OffsetPagination? = nil
    ) async throws(ReadError) {
        let answer = try await ask(
            MessageRequests.everything(room, since: instant, maximumBytes: nil), format.sync)
        let messages = delivery.messages(of: answer.page).filter { message in
            message.updatedAt > instant && !(pages?.hasMet(delivery.key(message, of: answer.page)) ?? false)
        }
        meet(messages, of: answer.page, &removals)
        try delivery.deliver(answer, messages.filter { $0.updatedAt > new }, without: removals)
    }

    private func askRemovals(since instant: Int64) async throws(ReadError) -> Removals {
        var count = context.sizes.removals
        while true {
            let answer = try await ask(
                MessageRequests.deleted(room, after: max(0, instant), count: count), format.sync, lacking: .first)
            guard let next = answer.page.slice(format.nextCursor), next.kind != .null else {
                return delivery.removals(in: answer)
            }
            // Not all of them came: the same question again, larger, for the order is no order to page by.
            guard answer.page.count(format.removed) >= count, count < 1 << 24 else { break }
            count *= 4
        }
        // The server hands out no more at once. The other form of the request tells all of them, with changes that are read anyway.
        let answer = try await ask(MessageRequests.everything(room, since: instant, maximumBytes: nil), format.sync)
        return delivery.removals(in: answer, of: delivery.messages(of: answer.page))
    }

    /// Asks; an answer without the list that is not asked for is fine (7.1 and 7.2 leave it out), one without a cursor is not.
    func ask(
        _ request: APIRequest, _ scanner: PageScanner, lacking list: PageFormat.List? = nil
    ) async throws(ReadError) -> APIPage {
        do {
            return try await context.client.page(request, scanner: scanner, mayLack: list.map { [$0] } ?? []) { page in
                if list != nil, page.slice(format.nextCursor) == nil { return "it has no `result.cursor.next`" }
                return room.fault(in: page, format)
            }
        } catch { throw .api(error) }
    }
}
