import JSONBytes
import RocketChatAPI

/// Finds out what became of rooms that were read before and are in no listing any more.
///
/// A deleted room took its messages with it: they get tombstones, as long as the server's trash still knows them. A room that
/// the token's user left keeps its rows: they may still be true, but cannot be asked for.
struct VanishedRooms {
    /// Client, configuration, horizon and report of the sync.
    let context: SyncContext
    /// Where tombstones go.
    let output: StreamOutput
    /// Whether the listings named all rooms: one that they did not name is then out of the token's sight.
    let isWhole: Bool

    /// Handles the rooms; returns those whose watermark is of no more use.
    func settle(_ rooms: [String: Watermark]) async throws(ReadError) -> [String] {
        guard let oldest = rooms.values.map(\.deleted).min() else { return [] }
        let deleted = try await deletedRooms(since: oldest)
        var settled: [String] = []
        for (room, watermark) in rooms.sorted(by: { $0.key < $1.key }) {
            if let instant = deleted[room] {
                let isAll = try await deliverRemovals(of: room, since: watermark.deleted, removed: instant)
                // A room may be in the trash before its messages are: 6.14 removes both side by side when a user is deleted, every
                // version those of omnichannel. What follows comes with a later sync.
                if isAll, context.horizon - instant > Trash.bulkRemoval { settled.append(room) }
            } else if !isWhole {
                // It may be one that a listing failed to name.
                continue
            } else if context.horizon - watermark.asked > Trash.lifetime {
                // Should the user come back, the room is read from the beginning.
                context.report.skip(
                    "room \(room)", of: output.stream,
                    because: "\(obstacle), and it was last read more than 30 days ago: if it was deleted, nothing "
                        + "tells of it. Its rows stay at the destination until a full refresh (docs/limits.md)")
                settled.append(room)
            } else {
                context.report.skip(
                    "room \(room)", of: output.stream,
                    because: "\(obstacle); its rows at the destination stay as they were")
            }
        }
        return settled
    }

    private var obstacle: String {
        let selection = context.configuration.rooms
        let isNarrowed = selection != RoomSelection(types: Set(RoomSelection.knownTypes))
        return isNarrowed
            ? "left out by room_types or rooms, or no longer visible to the token's user"
            : "the token's user can no longer see it"
    }

    /// Rooms deleted in the whole workspace since `instant`, with the time of deletion (Unix ms).
    private func deletedRooms(since instant: Int64) async throws(ReadError) -> [String: Int64] {
        let removed = ListedRows(key: "_id", date: "_deletedAt")
        var format = PageFormat(list: ["remove"], of: removed.shape)
        format.scalar(at: ["success"])
        let page: ScannedPage
        do {
            page = try await context.client.page(
                APIRequest("v1/rooms.get", query: [("updatedSince", Timestamp.text(max(0, instant)))]),
                scanner: PageScanner(format)
            ).page
        } catch { throw .api(error) }
        var rooms: [String: Int64] = [:]
        for row in 0..<page.count() {
            guard let id = page.string(removed.key, at: row) else { continue }
            rooms[id] = removed.date(at: row, of: page) ?? context.horizon
        }
        return rooms
    }

    /// Delivers tombstones for the messages that went with a room; returns whether that was all that the trash knows of.
    private func deliverRemovals(
        of room: String, since instant: Int64, removed: Int64
    ) async throws(ReadError) -> Bool {
        let endpoint = ListEndpoint(
            "v1/chat.getDeletedMessages", rows: ["messages"], paging: .offset(sort: nil),
            query: [("roomId", room), ("since", Timestamp.text(max(0, instant)))])
        let messages = ListedRows(key: "_id")
        let listing = ListingReader(context, endpoint, rows: messages, stream: output.stream)
        do {
            let outcome = try await listing.read { page, rows throws(ReadError) in
                let tombstones = rows.compactMap { row in
                    page.slice(messages.key, at: row).map {
                        Tombstone.fields(id: $0, of: page, at: min(removed, context.horizon), room: room)
                    }
                }
                try output.deliverTombstones(tombstones)
            }
            context.report.doubt(outcome.shortage, of: output.stream)
            return outcome.isComplete
        } catch .api(let error) where error.kind == .refused || error.kind == .unavailable {
            context.report.doubt(
                "room \(room) was deleted, but the server does not tell which messages went "
                    + "with it; their rows stay, and the next sync asks again. \(error.message)",
                of: output.stream)
            return false
        }
    }
}
