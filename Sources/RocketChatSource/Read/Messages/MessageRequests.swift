import JSONBytes
import RocketChatAPI

/// The requests for one room's messages.
enum MessageRequests {
    /// Changes after `cursor` (Unix ms, exclusive) in ascending order; 7.1 and later.
    static func updated(_ room: Room, after cursor: Int64, count: Int) -> APIRequest {
        APIRequest(
            MessageRoutes.sync,
            query: [("roomId", room.id), ("type", "UPDATED"), ("next", "\(cursor)"), ("count", "\(count)")])
    }

    /// Removals after `cursor` (Unix ms, exclusive); 7.1 and later.
    static func deleted(_ room: Room, after cursor: Int64, count: Int) -> APIRequest {
        APIRequest(
            MessageRoutes.sync,
            query: [("roomId", room.id), ("type", "DELETED"), ("next", "\(cursor)"), ("count", "\(count)")])
    }

    /// Changes and removals after `instant` (Unix ms, exclusive) in one unbounded answer; every version.
    static func everything(_ room: Room, since instant: Int64, maximumBytes: Int?) -> APIRequest {
        APIRequest(
            MessageRoutes.sync, query: [("roomId", room.id), ("lastUpdate", Timestamp.text(max(0, instant)))],
            maximumBodyBytes: maximumBytes)
    }

    /// A page of all messages by age, the oldest first, by offset; every version.
    ///
    /// By `ts`, because that order has an index, and because `im.messages` takes no other one (4.8 to 7.3).
    static func page(_ room: Room, offset: Int) -> APIRequest {
        let family = ["c": "channels", "p": "groups", "d": "im"][room.type] ?? "channels"
        return APIRequest(
            "v1/\(family).messages",
            query: [
                ("roomId", room.id), ("count", "\(OffsetPagination.count)"), ("offset", "\(offset)"),
                ("sort", #"{"ts":1}"#),
            ])
    }
}
