import JSONBytes
import RocketChatAPI

/// Finds the omnichannel conversations that the token may read.
struct LivechatDirectory: RoomSource {
    /// Client, configuration, horizon and report of the sync.
    let context: SyncContext
    /// The stream that rows without an id are reported for.
    let stream: String

    private static let format = RoomFormat()

    /// The listing: everybody's conversations with `view-livechat-rooms`, otherwise those that the token's user serves; by
    /// age, or by last change with the newest first.
    static func endpoint(for access: Access, newestFirst: Bool) -> ListEndpoint {
        let query =
            access.meets(.permission("view-livechat-rooms")) ? [] : [("agents[]", access.userID)]
        let order = newestFirst ? #"{"_updatedAt":-1,"_id":1}"# : #"{"ts":1,"_id":1}"#
        return ListEndpoint("v1/livechat/rooms", rows: ["rooms"], paging: .offset(sort: order), query: query).with {
            $0.isOwn = !query.isEmpty
        }
    }

    /// All of them, by age.
    func rooms() async throws(ReadError) -> RoomListing { try await list(since: nil) }

    /// Those changed after `instant` (Unix ms), newest first.
    func rooms(changedSince instant: Int64) async throws(ReadError) -> RoomListing { try await list(since: instant) }

    private func list(since instant: Int64?) async throws(ReadError) -> RoomListing {
        var rooms: [Room] = []
        let endpoint = Self.endpoint(for: context.access, newestFirst: instant != nil)
        var reader = ListingReader(context, endpoint, rows: Self.format.rows, stream: stream)
        reader.date = Self.format.rows.date
        let walk = CursorWalk(reader: reader, since: instant, endsAtKnown: true)
        let outcome = try await walk.read { page, found throws(ReadError) in
            rooms += found.compactMap { Self.room(page, $0) }
        }
        var listing = RoomListing(readable: rooms.sorted { $0.id < $1.id })
        if let sentence = outcome.shortage {
            listing.shortages.append(sentence)
            context.report.doubt(sentence, of: stream)
        }
        return listing
    }

    private static func room(_ page: ScannedPage, _ row: Int) -> Room? {
        page.string(format.rows.key, at: row).map { format.room($0, "l", page, row, isMember: true) }
    }
}
