/// Everything a server knows: the documents, the trash and the settings. A value; the sandbox guards the one in use.
struct Workspace: Sendable {
    /// Where a message is.
    struct Location: Sendable {
        /// Index of the room.
        let room: Int32
        /// Row in the room's store.
        let row: Int32
    }

    /// The trash forgets after 30 days (`TTL` index of the server's trash collection).
    static let trashLifetime: Int64 = 30 * 86_400_000

    /// The release that is played.
    var version: Version
    /// The id of the server's process (`X-Instance-ID`).
    var instance: String
    /// The settings in force.
    var settings: SandboxSettings
    /// Users and visitors; removed ones keep their place.
    var users = Table<User>()
    /// Places in `users` by `_id`, of removed ones too.
    private(set) var userIndex: [String: UserIndex] = [:]
    /// Signatures of messages.
    var authors: [Author] = []
    /// Rooms of all types; removed ones keep their place.
    var rooms = Table<Room>()
    /// Places in `rooms` by `_id`, of removed ones too.
    private(set) var roomIndex: [String: RoomIndex] = [:]
    /// Removed rooms.
    var roomTrash: [Trashed] = []
    /// Memberships; removed ones keep their place.
    var subscriptions: [Subscription] = []
    /// Indices of the subscriptions by user.
    var subscriptionsOf: [[Int]] = []
    /// Removed memberships.
    var subscriptionTrash: [Trashed] = []
    /// How message ids are made.
    var messageIDs: MessageIDs
    /// Where messages are, by serial; place 0 is unused.
    private(set) var locations = [Location(room: -1, row: -1)]
    /// Teams; removed ones keep their place.
    var teams: [Team] = []
    /// Roles.
    var roles = Catalogue()
    /// Permissions.
    var permissions = Catalogue()
    /// Role ids by permission.
    var grants: [String: Set<String>] = [:]
    /// Uploads.
    var files = Catalogue()
    /// The collections nothing else refers to.
    var collections = Collections()
    /// The randomness of the workspace's life.
    var random: SeededRandom
    private var subscriptionIDs: Set<String> = []
    /// Rooms that came into being because an `im.*` read named a user instead of a room.
    var accidentalRooms: [String] = []
    /// Messages in the trash that are yet to go from the collection.
    var sweeps: [Sweep] = []
    /// Grows whenever a room document changes; cached orders depend on it.
    var roomRevision = 0

    /// An empty workspace.
    init(version: Version, settings: SandboxSettings, seed: UInt64) {
        self.version = version
        self.settings = settings
        messageIDs = MessageIDs(seed: seed)
        var random = SeededRandom(seed ^ 0x1D)
        instance = random.identifier()
        self.random = SeededRandom(seed ^ 0x11FE)
    }

    /// Adds a user and returns its index.
    @discardableResult
    mutating func add(_ user: User) -> UserIndex {
        let index = users.append(user)
        users[index].author = Int32(authors.count)
        authors.append(Author(user, at: index))
        userIndex[user.id] = index
        subscriptionsOf.append([])
        return index
    }

    /// Adds a room and returns its index.
    @discardableResult
    mutating func add(_ room: Room) -> RoomIndex {
        let index = rooms.append(room)
        roomIndex[room.id] = index
        roomRevision += 1
        return index
    }

    /// Adds a membership and returns its index.
    mutating func add(_ subscription: Subscription) -> Int {
        subscriptions.append(subscription)
        subscriptionIDs.insert(subscription.id)
        return subscriptions.count - 1
    }

    /// A new id. The sequence of life overlaps that of the past for some seeds; the server's database refuses an `_id` that there is, so
    /// another one is drawn.
    mutating func newIdentifier(_ length: Int = 17) -> String {
        var id = random.identifier(length)
        while isTaken(id) { id = random.identifier(length) }
        return id
    }

    private func isTaken(_ id: String) -> Bool {
        userIndex[id] != nil || roomIndex[id] != nil || subscriptionIDs.contains(id)
            || teams.contains { $0.id == id } || roles.index(id) != nil || files.index(id) != nil
            || collections.hold(id)
    }

    /// The next serial, bound to the place the message is about to take.
    mutating func nextSerial(room: RoomIndex) -> UInt32 {
        nextSerial(room: room, row: rooms[room].messages.rows.count)
    }

    /// The next serial, bound to that row of a room.
    mutating func nextSerial(room: RoomIndex, row: Int) -> UInt32 {
        locations.append(Location(room: Int32(room.number), row: Int32(row)))
        return UInt32(locations.count - 1)
    }

    /// Makes room for messages.
    mutating func reserve(messages: Int) {
        locations.reserveCapacity(messages + 1)
    }

    /// Index of the user with that id who is not deleted.
    func user(_ id: String) -> UserIndex? {
        userIndex[id].flatMap { users[$0].isRemoved ? nil : $0 }
    }

    /// Index of the user with that username.
    func user(named username: String) -> UserIndex? {
        users.firstIndex { $0.username == username && !$0.isRemoved && $0.kind != .visitor }
    }

    /// Index of the room with that id that is not deleted.
    func room(_ id: String) -> RoomIndex? {
        roomIndex[id].flatMap { rooms[$0].isRemoved ? nil : $0 }
    }

    /// Index of the room with that name.
    func room(named name: String) -> RoomIndex? {
        rooms.firstIndex { !$0.isRemoved && $0.name == name }
    }

    /// Where the message with that id is, unless it was removed.
    func message(_ id: String) -> (room: RoomIndex, row: Int)? {
        guard let serial = messageIDs.serial(id), serial > 0, Int(serial) < locations.count else { return nil }
        return message(serial)
    }

    /// Where the message with that serial is, unless it was removed.
    func message(_ serial: UInt32) -> (room: RoomIndex, row: Int)? {
        let location = locations[Int(serial)]
        let (room, row) = (RoomIndex(Int(location.room)), Int(location.row))
        return rooms[room].messages.rows[row].flags.contains(.removed) ? nil : (room, row)
    }

    /// Index of the team with that id that is not deleted.
    func team(_ id: String) -> Int? {
        teams.firstIndex { $0.id == id && !$0.isRemoved }
    }

    /// The user's memberships that hold.
    func memberships(of user: UserIndex) -> [Subscription] {
        subscriptionsOf[user.number].compactMap { subscriptions[$0].isRemoved ? nil : subscriptions[$0] }
    }

    /// Whether a user is a member of a room.
    func isMember(_ user: UserIndex, of room: RoomIndex) -> Bool {
        rooms[room].members[user] != nil
    }
}

/// Collections that live on their own.
struct Collections: Sendable {
    /// Custom emojis.
    var emojis = Catalogue()
    /// Custom user statuses.
    var statuses = Catalogue()
    /// Webhooks.
    var integrations = Catalogue()
    /// Invite links.
    var invites = Catalogue()
    /// One statistics document a day.
    var statistics = Catalogue()
    /// Omnichannel departments.
    var departments = Catalogue()
    /// Agents of departments.
    var departmentAgents = Catalogue()
    /// Tags of live chats (Enterprise Edition).
    var tags = Catalogue()
    /// Omnichannel visitors.
    var visitors = Catalogue()
    /// Omnichannel contacts.
    var contacts = Catalogue()
    /// Moderation reports.
    var reports = Catalogue()
    /// Video conferences.
    var conferences = Catalogue()
    /// What the last turn-over took, by collection: the next one brings it back.
    var away: [String: JSONObject] = [:]

    /// Whether one of the documents has this id.
    func hold(_ id: String) -> Bool {
        [
            emojis, statuses, integrations, invites, statistics, departments, departmentAgents, tags, visitors,
            contacts, reports, conferences,
        ].contains { $0.index(id) != nil }
    }
}
