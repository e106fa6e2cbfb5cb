import JSONBytes
import RocketChatAPI

/// Delivers what one room's pages hold, up to the sync's frozen instant.
struct MessageDelivery: Sendable {
    /// The room that the pages are of.
    let room: Room
    /// By what names the pages are asked.
    let format: MessageFormat
    /// Where messages and tombstones go.
    let output: StreamOutput
    /// Horizon, stamps and report of the sync.
    let context: SyncContext

    /// One message of a page.
    struct Message {
        /// Its number in the page.
        let index: Int
        /// Its `_updatedAt` in Unix ms.
        let updatedAt: Int64
    }

    /// The messages of a page, in order. Those without an id or a last change cannot be followed; they are counted.
    func messages(of page: ScannedPage) -> [Message] {
        let count = page.count()
        var messages: [Message] = []
        messages.reserveCapacity(count)
        var newest = Int64.min
        let dates = page.milliseconds(format.updatedAt)
        let haveIDs = page.isEverywhere(format.id, .string)
        for index in 0..<count where haveIDs || page.kind(format.id, at: index) == .string {
            guard let date = dates[index] else { continue }
            newest = max(newest, date)
            messages.append(Message(index: index, updatedAt: date))
        }
        if newest > .min { context.noteStamp(newest) }
        if messages.count < count {
            context.report.unusable(count - messages.count, of: output.stream, in: room.label)
        }
        return messages
    }

    /// The fingerprint of a message's `_id`.
    func key(_ message: Message, of page: ScannedPage) -> KeyHash {
        guard let id = page.slice(format.id, at: message.index) else { preconditionFailure("no id") }
        return page.keyHash(id)
    }

    /// Delivers messages, except those that were removed, and those changed after S0: they wait for the next sync.
    ///
    /// A message stamped in the server's future (a skewed app server, an importer) would wait for ever, so it is delivered;
    /// the state does not follow it (rocket-chat-api.md §5.5, trap 5). But not from one page of several: an earlier one may
    /// have held it before it got that stamp. It then comes with the increment of the next sync.
    func deliver(
        _ answer: APIPage, _ messages: [Message], without removals: Removals, isWhole: Bool = true
    ) throws(ReadError) {
        let page = answer.page
        // One plain loop: a chain of lazy filters looked up its types anew for each page.
        var due: [Int] = []
        due.reserveCapacity(messages.count)
        let noneIsHidden = page.isEverywhere(format.hidden, .absent)
        let noneIsOfTheSystem = page.isEverywhere(format.kind, .absent)
        for message in messages
        where isDue(message.updatedAt, answer, isWhole: isWhole)
            && (noneIsHidden || !isHidden(page, message.index))
            && (removals.isEmpty || !removals.covers(key(message, of: page), updatedAt: message.updatedAt))
        {
            due.append(message.index)
        }
        try output.deliver(page, rows: due) { index in
            guard !noneIsOfTheSystem, page.string(format.kind, at: index) == "rm",
                let date = page.slice(format.updatedAt, at: index)
            else { return nil }
            // A placeholder left where a message was removed: the message itself is gone (rocket-chat-api.md §5.7).
            var fields = AddedFields()
            fields.add(StreamDefinition.deletionMark, slice: date, of: page)
            fields.add(StreamDefinition.syncInstant, slice: date, of: page)
            return fields
        }
    }

    /// Delivers tombstones for the removals in an answer, except those after S0, whose stamps can lie in the future too, and those of
    /// messages that the same answer shows to have been made anew.
    func deliverTombstones(_ answer: APIPage, of messages: [Message]) throws(ReadError) -> Removals {
        var removals = removals(in: answer, of: messages)
        try deliverTombstones(of: &removals)
        return removals
    }

    /// Delivers the tombstones that have waited.
    func deliverTombstones(of removals: inout Removals) throws(ReadError) {
        try output.deliverTombstones(removals.release())
    }

    /// The removals in an answer with tombstones for them, as far as `messages` does not show that they were made anew.
    func removals(in answer: APIPage, of messages: [Message] = []) -> Removals {
        let page = answer.page
        var removals = Removals()
        let count = page.count(format.removed)
        guard count > 0 else { return removals }
        let alive = Dictionary(
            messages.map { (self.key($0, of: page), $0.updatedAt) }, uniquingKeysWith: { first, _ in first })
        var newest = Int64.min
        for index in 0..<count {
            guard let id = page.slice(format.removedID, at: index, of: format.removed), id.kind == .string else {
                context.report.unusable(1, of: output.stream, in: "removals of room \(room.id)")
                continue
            }
            let told = page.milliseconds(format.removedAt, at: index, of: format.removed)
            newest = max(newest, told ?? .min)
            let instant = told ?? context.horizon
            let key = page.keyHash(id)
            if let updatedAt = alive[key], updatedAt > instant {
                removals.noteDoubt()
                continue
            }
            removals.insert(key, at: instant)
            guard isDue(instant, answer, isWhole: true) else { continue }
            removals.hold(Tombstone.fields(id: id, of: page, at: instant, room: room.id), of: key)
        }
        if newest > .min { context.noteStamp(newest) }
        return removals
    }

    private func isDue(_ instant: Int64, _ answer: APIPage, isWhole: Bool) -> Bool {
        instant <= context.horizon || (isWhole && instant > (answer.serverDate ?? context.horizon) + 999)
    }

    // Servers before 7.11 list copies of edited and removed messages among the messages (#36661).
    private func isHidden(_ page: ScannedPage, _ index: Int) -> Bool {
        page.boolean(format.hidden, at: index) ?? false
    }
}
