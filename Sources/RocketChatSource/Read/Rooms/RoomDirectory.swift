import JSONBytes
import RocketChatAPI

/// Finds the rooms whose messages, members and files the token may read.
///
/// No single endpoint knows them all (rocket-chat-api.md §5.9): `rooms.get` has the user's own rooms of every kind, channels.list
/// the public ones except channels of foreign teams; an administrator's listing has everything, readable or not. When one of them
/// fails, the others still serve.
struct RoomDirectory: RoomSource {
    /// Client, configuration, horizon and report of the sync.
    let context: SyncContext
    /// The stream that rooms which cannot be read are reported for.
    let stream: String

    private static let format = RoomFormat()

    /// All rooms that the configuration selects and the token may read. The others are reported.
    /// - Throws: `ReadError`; failures of listings are part of the answer.
    func rooms() async throws(ReadError) -> RoomListing {
        // Several streams go room by room: the listings are read once for all of them.
        var listing = try await context.rooms.value { () async throws(ReadError) in try await listAll() }
        listing.readable = readable(listing.all)
        tell(listing)
        if listing.failures.isEmpty {
            for sentence in UnmatchedPatterns.sentences(context.configuration.rooms, among: listing.all.values) {
                context.report.doubt(sentence)
            }
        }
        return listing
    }

    private func listAll() async throws(ReadError) -> RoomListing {
        var listing = RoomListing()
        try await list(Self.own, into: &listing, isMember: true)
        let selection = context.configuration.rooms
        let sees = context.access.meets(channelsStream.needs)
        if context.access.administersRooms, !selection.types.isDisjoint(with: ["c", "p"]) {
            if try await list(RoomRoutes.everyRoom, into: &listing) { return listing }
        }
        if selection.types.contains("c") {
            if sees { try await listChannels(into: &listing) }
            try await listTeamRooms(into: &listing)
        }
        return listing
    }

    /// The user's own rooms and the public channels changed after `instant` (Unix ms): a handful of requests however many
    /// rooms there are. Channels of teams that the user is not in are not among them.
    func rooms(changedSince instant: Int64) async throws(ReadError) -> RoomListing {
        var listing = RoomListing()
        try await list(Self.own, into: &listing, isMember: true)
        let selection = context.configuration.rooms
        if selection.types.contains("c"), context.access.meets(channelsStream.needs) {
            let newestFirst = ListEndpoint(
                "v1/channels.list", rows: ["channels"], paging: .offset(sort: #"{"_updatedAt":-1}"#))
            try await list(newestFirst, into: &listing, while: { $0.updatedAt.map { $0 > instant } ?? true })
        }
        tell(listing)
        listing.readable = readable(listing.all)
        return listing
    }

    // The listings are read once for all streams, and each of them lacks what they lack.
    private func tell(_ listing: RoomListing) {
        for sentence in listing.shortages {
            context.report.doubt("Stream '\(stream)': of the rooms, \(sentence)")
        }
    }

    private static let own = ListEndpoint("v1/rooms.get", rows: ["update"], paging: .none)

    private func readable(_ rooms: [String: Room]) -> [Room] {
        rooms.keys.inOrder.compactMap { rooms[$0] }.filter { isReadable($0, among: rooms) }
    }

    private func isReadable(_ room: Room, among rooms: [String: Room]) -> Bool {
        guard context.configuration.rooms.admits(type: room.type, names: room.names + [room.id]) else { return false }
        if room.isMember || room.type == "c" { return true }
        if let parent = room.parent.flatMap({ rooms[$0] }), parent.isMember || parent.type == "c" { return true }
        context.report.skip(
            room.label, of: stream,
            because: "private, and the token's user is not a member: the server shows its content to members only")
        return false
    }

    private func listChannels(into listing: inout RoomListing) async throws(ReadError) {
        let isWhole = try await list(ListEndpoint("v1/channels.list", rows: ["channels"]), into: &listing)
        // 7.0.0 to 7.3.2 hand out the first fifty (#35187); the directory lists most of the others, with fewer fields.
        if !isWhole { try await list(RoomRoutes.directory, into: &listing, type: "c") }
    }

    private func listTeamRooms(into listing: inout RoomListing) async throws(ReadError) {
        let teams: (ids: [String], isWhole: Bool)
        do {
            teams = try await Self.ownTeams(context)
        } catch .api(let error) where error.kind != .cancelled && error.kind != .configuration {
            note(error, "the teams of the token's user", in: &listing)
            return
        }
        if !teams.isWhole { listing.shortages.append("some may be in teams that v1/teams.list did not name.") }
        for team in teams.ids {
            let endpoint = ListEndpoint(
                "v1/teams.listRooms", rows: ["rooms"], paging: .offset(sort: nil), query: [("teamId", team)])
            try await list(endpoint, into: &listing)
        }
    }

    /// Ids of the teams that the token's user is in, none on servers that have no teams; and whether these are all.
    static func ownTeams(_ context: SyncContext) async throws(ReadError) -> (ids: [String], isWhole: Bool) {
        let endpoint = ListEndpoint("v1/teams.list", rows: ["teams"], since: teamsStream.since)
        guard context.access.offers(endpoint) else { return ([], true) }
        let ids = ListedRows(key: "_id")
        var teams: [String] = []
        let reader = ListingReader(
            context, endpoint, rows: ids, stream: teamsStream.name)
        let outcome = try await reader.read { page, rows throws(ReadError) in
            teams += rows.compactMap { page.string(ids.key, at: $0) }
        }
        context.report.doubt(outcome.shortage, of: teamsStream.name)
        return (teams, outcome.isComplete)
    }

    /// Adds the rooms of a listing; returns whether it was read whole. A failure is noted and leaves the others to be read.
    @discardableResult
    private func list(
        _ endpoint: ListEndpoint, into listing: inout RoomListing, isMember: Bool = false, type: String? = nil,
        while goesOn: (Room) -> Bool = { _ in true }
    ) async throws(ReadError) -> Bool {
        var found: [Room] = []
        var reader = ListingReader(context, endpoint, rows: Self.format.rows, stream: stream)
        reader.date = Self.format.rows.date
        var isWhole = false
        do {
            let outcome = try await reader.read(while: { found.last.map(goesOn) ?? true }) {
                page, rows throws(ReadError) in
                found += rows.compactMap { Self.room(page, $0, isMember: isMember, type: type) }
            }
            isWhole = outcome.isComplete
            if outcome.rows == 0 { listing.hasEmptyListings = true }
            if let sentence = outcome.shortage { listing.shortages.append(sentence) }
        } catch .api(let error) where error.kind != .cancelled && error.kind != .configuration {
            note(error, endpoint.route, in: &listing)
        }
        for room in found where listing.all[room.id] == nil { listing.all[room.id] = room }
        return isWhole
    }

    private func note(_ error: APIError, _ what: String, in listing: inout RoomListing) {
        if error.concernsRequest {
            context.report.skip(what, of: stream, because: error.message)
            listing.hasRefusals = true
        } else {
            listing.failures.append(error)
        }
    }

    private static func room(_ page: ScannedPage, _ row: Int, isMember: Bool, type: String?) -> Room? {
        guard let id = page.string(format.rows.key, at: row), let type = page.string(format.type, at: row) ?? type
        else {
            return nil
        }
        return format.room(id, type, page, row, isMember: isMember)
    }
}
