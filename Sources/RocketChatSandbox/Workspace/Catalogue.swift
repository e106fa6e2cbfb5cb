/// A small collection of documents with its trash.
struct Catalogue: Sendable {
    /// The documents; each has `_id`.
    var rows: [JSONObject] = []
    /// Removed documents.
    var trash: [Trashed] = []

    /// Index of the document with that id.
    func index(_ id: String) -> Int? {
        rows.firstIndex { $0["_id"]?.text == id }
    }

    /// Moves a document to the trash.
    mutating func remove(_ id: String, at now: Int64) {
        guard let index = index(id) else { return }
        trash.append(Trashed(id: id, document: rows.remove(at: index), deletedAt: now))
    }

    /// Changes a document and stamps it; false when there is none of that id.
    @discardableResult
    mutating func update(_ id: String, at now: Int64, _ change: (inout JSONObject) -> Void) -> Bool {
        guard let index = index(id) else { return false }
        change(&rows[index])
        rows[index]["_updatedAt"] = .date(now)
        return true
    }
}

/// A team.
struct Team: Sendable {
    /// One member.
    struct Member: Sendable {
        /// Index of the user.
        let user: UserIndex
        /// Roles in the team; nil is served as null.
        var roles: [String]?
        /// Index of the user who added it.
        let addedBy: UserIndex
        /// When it joined, Unix milliseconds.
        let createdAt: Int64
    }

    /// `_id`.
    let id: String
    /// `name`.
    var name: String
    /// `type` 1 instead of 0.
    var isPrivate: Bool
    /// Index of the main room.
    let room: RoomIndex
    /// Index of the user who made it.
    let createdBy: UserIndex
    /// `createdAt`, Unix milliseconds.
    let createdAt: Int64
    /// `_updatedAt`, Unix milliseconds.
    var updatedAt: Int64
    /// The members.
    var members: [Member] = []
    /// Deleted for good.
    var isRemoved = false

    /// Whether a user belongs to it.
    func has(_ user: UserIndex) -> Bool { members.contains { $0.user == user } }
}
