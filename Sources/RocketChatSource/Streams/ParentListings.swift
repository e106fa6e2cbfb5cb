extension Partition.Parents {
    /// What one parent is called.
    package var word: String {
        switch self {
        case .rooms: "room"
        case .teams: "team"
        case .roles: "role"
        case .reportedUsers: "user"
        case .departments: "department"
        }
    }

    /// The field of a listing's rows that has a parent's id.
    var idField: String { if case .reportedUsers = self { "userId" } else { "_id" } }

    /// The listings that the parents come from, besides those of rooms.
    var listing: Listing? {
        switch self {
        case .rooms: nil
        case .teams: Self.listing(of: teamsStream)
        case .roles: Self.roleListing
        case .reportedUsers: Self.reportListing
        case .departments: Self.listing(of: livechatDepartmentsStream)
        }
    }

    private static func listing(of stream: StreamDefinition) -> Listing? {
        if case .listing(let listing) = stream.reading { listing } else { nil }
    }

    private static let roleListing = Listing(ListEndpoint("v1/roles.list", rows: ["roles"], paging: .none))

    // Up to 7.x its total counts reports, not users: it cannot be paged by (server source).
    private static let reportListing = Listing(
        ListEndpoint("v1/moderation.reportsByUsers", rows: ["reports"], paging: .offset(sort: nil)))
}
