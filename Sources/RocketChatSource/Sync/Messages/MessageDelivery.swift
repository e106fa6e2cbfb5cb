import AirbyteProtocol
import RocketChatAPI

/// Delivers what one room's pages hold, up to the sync's frozen instant.
struct MessageDelivery: Sendable {
    /// The room that the pages are of.
    let room: Room
    /// Where messages and tombstones go.
    let output: StreamOutput
    /// S0 of the sync (Unix ms, server time): what is dated up to it is due.
    let horizon: Int64

    private typealias Probe = MessageRequests.Probe

    /// One message of a page.
    struct Message {
        /// Its number in the page.
        let index: Int
        /// Its `_updatedAt` in Unix ms.
        let updatedAt: Int64
    }

    /// The messages of a page, in order. One without an id or a last change cannot be followed; no server sends such.
    static func messages(of page: ScannedPage) -> [Message] {
        let count = page.count(list: 0)
        var messages: [Message] = []
        messages.reserveCapacity(count)
        for index in 0..<count where page.kind(Probe.id, record: index, list: 0) == .string {
            guard let date = page.milliseconds(Probe.updatedAt, record: index, list: 0) else { continue }
            messages.append(Message(index: index, updatedAt: date))
        }
        return messages
    }

    /// The fingerprint of a message's `_id`.
    static func key(_ message: Message, of page: ScannedPage) -> KeyHash {
        guard let id = page.probe(Probe.id, record: message.index, list: 0) else { preconditionFailure("no id") }
        return page.keyHash(id)
    }

    /// Delivers messages, except those changed after S0: they wait for the next sync.
    ///
    /// A message stamped in the server's future (a skewed app server, an importer) would wait for ever, so it is delivered;
    /// the state does not follow it (rocket-chat-api.md §5.5, trap 5). But not from one page of several: an earlier one may
    /// have held it before it got that stamp. It then comes with the increment of the next sync.
    func deliver(_ answer: APIPage, _ messages: [Message], isWhole: Bool = true) throws(ReadError) {
        let page = answer.page
        // One plain loop: a chain of lazy filters looked up its types anew for each page.
        var due: [Int] = []
        due.reserveCapacity(messages.count)
        for message in messages
        where isDue(message.updatedAt, answer, isWhole: isWhole) && !isHidden(page, message.index) {
            due.append(message.index)
        }
        do {
            try output.deliver(page, list: 0, rows: due) { index in
                guard page.string(Probe.kind, record: index, list: 0) == "rm",
                    let date = page.probe(Probe.updatedAt, record: index, list: 0)
                else { return nil }
                // A placeholder left where a message was removed: the message itself is gone (rocket-chat-api.md §5.7).
                var fields = AddedFields()
                fields.add("_ab_cdc_deleted_at", slice: date, of: page)
                fields.add("_ab_cdc_updated_at", slice: date, of: page)
                return fields
            }
        } catch { throw .output(error) }
    }

    /// Delivers tombstones for the removals in list 1, except those after S0. Their stamps can lie in the future too.
    func bury(_ answer: APIPage) throws(ReadError) {
        let page = answer.page
        let gone = (0..<page.count(list: 1)).compactMap { index -> AddedFields? in
            guard let id = page.probe(0, record: index, list: 1) else { return nil }
            let instant = page.milliseconds(1, record: index, list: 1) ?? horizon
            guard isDue(instant, answer, isWhole: true) else { return nil }
            return Tombstone.fields(id: id, of: page, at: instant, room: room.id)
        }
        do { try output.bury(gone) } catch { throw .output(error) }
    }

    private func isDue(_ instant: Int64, _ answer: APIPage, isWhole: Bool) -> Bool {
        instant <= horizon || (isWhole && instant > (answer.serverDate ?? horizon) + 999)
    }

    // Servers before 7.11 list copies of edited and removed messages among the messages (#36661).
    private func isHidden(_ page: ScannedPage, _ index: Int) -> Bool {
        page.boolean(Probe.hidden, record: index, list: 0) ?? false
    }
}
