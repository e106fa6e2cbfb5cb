import AirbyteProtocol
import RocketChatAPI

/// Finds the rooms whose messages, members and files the token may read.
///
/// No single endpoint knows them all (rocket-chat-api.md §5.9): `rooms.get` has the user's own rooms of every kind, channels.list
/// the public ones except channels of foreign teams; an administrator's listing has everything, readable or not.
struct RoomDirectory: RoomSource {
    /// Client, configuration, horizon and report of the sync.
    let context: SyncContext
    /// The stream that rooms which cannot be read are reported for.
    let stream: String

    /// Paths of the listings that rooms are found by.
    static let paths: Set<String> = [
        "v1/rooms.get", "v1/rooms.adminRooms", "v1/channels.list", "v1/directory", "v1/teams.list",
        "v1/teams.listRooms",
    ]

    private static let probes: [FieldPath] = ["_id", "t", "name", "fname", "_updatedAt", "msgs", "prid"]
    private static let shape = RecordShape(types: [:], probing: probes)

    /// All rooms that the configuration selects and the token may read, in order of id. The others are reported.
    /// - Throws: `ReadError`.
    func rooms() async throws(ReadError) -> [Room] {
        // Several streams go room by room: the listings are read once for all of them.
        readable(try await context.rooms.value { () async throws(ReadError) in try await listAll() })
    }

    private func listAll() async throws(ReadError) -> [String: Room] {
        var rooms: [String: Room] = [:]
        try await listOwn(into: &rooms)
        let selection = context.configuration.rooms
        if context.access.administersRooms, !selection.types.isDisjoint(with: ["c", "p"]) {
            // Discussions and team rooms are left out by the server unless they are asked for by name.
            let kinds = ["c", "p", "discussions", "teams"].map { ("types[]", $0) }
            try await list(ListEndpoint("v1/rooms.adminRooms", rows: ["rooms"], query: kinds), into: &rooms)
        } else if selection.types.contains("c"), context.access.meets(channelsStream.needs) {
            try await listChannels(into: &rooms)
        }
        return rooms
    }

    /// The user's own rooms and the public channels changed after `instant` (Unix ms): a handful of requests however many
    /// rooms there are. Channels of teams that the user is not in are not among them.
    /// - Throws: `ReadError`.
    func rooms(changedSince instant: Int64) async throws(ReadError) -> [Room] {
        var rooms: [String: Room] = [:]
        try await listOwn(into: &rooms)
        let selection = context.configuration.rooms
        if selection.types.contains("c"), context.access.meets(channelsStream.needs) {
            let newestFirst = ListEndpoint(
                "v1/channels.list", rows: ["channels"], paging: .offset(sort: #"{"_updatedAt":-1}"#))
            do {
                try await list(newestFirst, into: &rooms, while: { $0.updatedAt.map { $0 > instant } ?? true })
            } catch .api(let error) where error.kind == .invalidRequest {
                // 7.0.0 to 7.3.2 cannot sort them (#35187): every channel is looked at.
                try await listChannels(into: &rooms)
            }
        }
        return readable(rooms)
    }

    private func listOwn(into rooms: inout [String: Room]) async throws(ReadError) {
        try await list(ListEndpoint("v1/rooms.get", rows: ["update"], paging: .none), into: &rooms, isMember: true)
    }

    private func readable(_ rooms: [String: Room]) -> [Room] {
        rooms.values.filter { isReadable($0, among: rooms) }.sorted { $0.id < $1.id }
    }

    private func isReadable(_ room: Room, among rooms: [String: Room]) -> Bool {
        guard context.configuration.rooms.admits(type: room.type, names: room.names + [room.id]) else { return false }
        if room.isMember || room.type == "c" { return true }
        if let parent = room.parent.flatMap({ rooms[$0] }), parent.isMember || parent.type == "c" { return true }
        context.report.skip(
            "room \(room.id)", of: stream,
            because: "private, and the token's user is not a member: the server shows its content to members only")
        return false
    }

    private func listChannels(into rooms: inout [String: Room]) async throws(ReadError) {
        do {
            try await list(ListEndpoint("v1/channels.list", rows: ["channels"]), into: &rooms)
        } catch .api(let error) where error.kind == .invalidRequest {
            // 7.0.0 to 7.3.2 refuse to page channels.list (#35187); the directory lists the same channels with fewer fields.
            try await list(
                ListEndpoint("v1/directory", rows: ["result"], paging: directoryOrder, query: [("type", "channels")]),
                into: &rooms, type: "c")
        }
        var teams: [String] = []
        do {
            let listing = ListingReader(
                context.client, ListEndpoint("v1/teams.list", rows: ["teams"]),
                shape: RecordShape(types: [:], probing: ["_id"]))
            _ = try await listing.read { page, rows throws(ReadError) in
                teams += rows.compactMap { page.string(0, record: $0, list: 0) }
            }
        } catch .api(let error) where error.kind == .unavailable || error.kind == .refused {
            // Servers before 3.13 have no teams.
            return
        }
        for team in teams {
            do {
                try await list(
                    ListEndpoint(
                        "v1/teams.listRooms", rows: ["rooms"], paging: .offset(sort: nil), query: [("teamId", team)]),
                    into: &rooms)
            } catch .api(let error) where error.kind == .refused {
                context.report.skip("rooms of team \(team)", of: stream, because: error.message)
            }
        }
    }

    private func list(
        _ endpoint: ListEndpoint, into rooms: inout [String: Room], isMember: Bool = false, type: String? = nil,
        while goesOn: (Room) -> Bool = { _ in true }
    ) async throws(ReadError) {
        var found: [Room] = []
        let listing = ListingReader(context.client, endpoint, shape: Self.shape)
        _ = try await listing.read(while: { found.last.map(goesOn) ?? true }) { page, rows throws(ReadError) in
            found += rows.compactMap { Self.room(page, $0, isMember: isMember, type: type) }
        }
        for room in found where rooms[room.id] == nil { rooms[room.id] = room }
    }

    private static func room(_ page: ScannedPage, _ row: Int, isMember: Bool, type: String?) -> Room? {
        func text(_ probe: Int) -> String? { page.string(probe, record: row, list: 0) }
        guard let id = text(0), let type = text(1) ?? type else { return nil }
        return Room(
            id: id, type: type, names: [text(2), text(3)].compactMap { $0 },
            updatedAt: page.milliseconds(4, record: row, list: 0),
            messages: page.integer(5, record: row, list: 0).map(Int.init),
            parent: text(6), isMember: isMember)
    }
}
