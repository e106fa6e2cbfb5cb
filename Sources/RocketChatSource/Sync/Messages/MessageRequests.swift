import AirbyteProtocol
import RocketChatAPI

/// The requests for one room's messages, and where their answers keep what.
struct MessageRequests: Sendable {
    /// Probes of a message, in this order.
    enum Probe {
        /// `_id`.
        static let id = 0
        /// `_updatedAt`.
        static let updatedAt = 1
        /// `t`, which only system messages have.
        static let kind = 2
        /// `_hidden`, set on copies that the server keeps of edited messages.
        static let hidden = 3
        /// `rid`.
        static let room = 4
        /// The paths in the order of these numbers.
        static let paths: [FieldPath] = ["_id", "_updatedAt", "t", "_hidden", "rid"]
    }

    /// Paths of all these requests, and of the one for messages that went with a deleted room.
    static let paths: Set<String> = [
        "v1/chat.syncMessages", "v1/channels.messages", "v1/groups.messages", "v1/im.messages",
        "v1/chat.getDeletedMessages", "v1/rooms.get",
    ]

    /// The route that nearly all requests for messages go to.
    static let syncRoute = "v1/chat.syncMessages"

    /// Scans answers of `chat.syncMessages`: list 0 the updated, list 1 the deleted, scalar 1 the next cursor.
    let syncScanner: PageScanner
    /// Scans answers of `*.messages`: list 0 the messages, scalar 1 the total.
    let pageScanner: PageScanner

    /// Requests of a message stream.
    init(_ definition: StreamDefinition) {
        let shape = definition.shape(probing: Probe.paths)
        syncScanner = PageScanner(
            layout: PageLayout(
                lists: [["result", "updated"], ["result", "deleted"]],
                scalars: [["success"], ["result", "cursor", "next"]]),
            shapes: [shape, RecordShape(types: [:], probing: ["_id", "_deletedAt"])])
        pageScanner = PageScanner(
            layout: PageLayout(lists: [["messages"]], scalars: [["success"], ["total"]]), shapes: [shape])
    }

    /// Changes after `cursor` (Unix ms, exclusive) in ascending order; 7.1 and later.
    func updated(_ room: Room, after cursor: Int64, count: Int) -> APIRequest {
        APIRequest(
            Self.syncRoute,
            query: [("roomId", room.id), ("type", "UPDATED"), ("next", "\(cursor)"), ("count", "\(count)")])
    }

    /// Removals after `cursor` (Unix ms, exclusive); 7.1 and later.
    func deleted(_ room: Room, after cursor: Int64, count: Int) -> APIRequest {
        APIRequest(
            Self.syncRoute,
            query: [("roomId", room.id), ("type", "DELETED"), ("next", "\(cursor)"), ("count", "\(count)")])
    }

    /// Changes and removals after `instant` (Unix ms, exclusive) in one unbounded answer; every version.
    func everything(_ room: Room, since instant: Int64, maximumBytes: Int?) -> APIRequest {
        APIRequest(
            Self.syncRoute, query: [("roomId", room.id), ("lastUpdate", Timestamp.text(max(0, instant)))],
            maximumBodyBytes: maximumBytes)
    }

    /// A page of all messages by age, the oldest first, by offset; every version.
    ///
    /// By `ts`, because that order has an index, and because `im.messages` takes no other one (4.8 to 7.3).
    func page(_ room: Room, offset: Int) -> APIRequest {
        let family = ["c": "channels", "p": "groups", "d": "im"][room.type] ?? "channels"
        return APIRequest(
            "v1/\(family).messages",
            query: [
                ("roomId", room.id), ("count", "\(OffsetPaging.count)"), ("offset", "\(offset)"),
                ("sort", #"{"ts":1}"#),
            ])
    }
}

extension Room {
    /// Says what is wrong with a page that holds messages of another room; nil when it does not.
    func fault(in page: ScannedPage) -> String? {
        page.isTextEverywhere(MessageRequests.Probe.room, list: 0, quoted: quotedID)
            ? nil : "it holds messages of another room"
    }
}
