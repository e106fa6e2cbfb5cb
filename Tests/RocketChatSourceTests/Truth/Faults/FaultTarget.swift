@testable import RocketChatSource

/// A stream and the requests that a fault strikes.
struct FaultTarget: Sendable {
    /// The stream; nil for what a run asks before any stream.
    let stream: StreamDefinition?
    /// What the struck requests are to it.
    let kind: StreamKind
    /// Routes, without `v1/`.
    let routes: [String]
    /// Text that their queries contain; nil for all.
    var query: String?
    /// Lists that their answers must have.
    let lists: [String]
    /// Whether their answers count the rows of the list.
    var hasTotal = true
    /// Codes by which the routes refuse, besides the 403 that all of them share.
    var refusal: String?

    /// The name for reports.
    var name: String { stream?.name ?? routes.joined(separator: " ") }

    /// Streams that are read together while each is struck at its own requests.
    static let groups: [[FaultTarget]] = [
        [
            FaultTarget(
                stream: messagesStream, kind: .messages, routes: ["chat.syncMessages"],
                lists: ["result.updated", "result.deleted"], hasTotal: false, refusal: "error-not-allowed"),
            FaultTarget(
                stream: livechatMessagesStream, kind: .messages, routes: [],
                lists: ["result.updated", "result.deleted"], hasTotal: false, refusal: "error-not-allowed"),
            FaultTarget(
                stream: roomMembersStream, kind: .parts,
                routes: ["rooms.membersOrderedByRole", "im.members"], lists: ["members"],
                refusal: "error-room-not-found"),
            FaultTarget(
                stream: filesStream, kind: .parts, routes: ["channels.files", "groups.files", "im.files"],
                lists: ["files"], refusal: "error-room-not-found"),
            FaultTarget(
                stream: videoConferencesStream, kind: .parts, routes: ["video-conference.list"], lists: ["data"],
                refusal: "invalid-params"),
            FaultTarget(stream: usersStream, kind: .fullListing, routes: ["users.list"], lists: ["users"]),
            FaultTarget(
                stream: rolesStream, kind: .feed, routes: ["roles.sync"], lists: ["roles.update", "roles.remove"],
                hasTotal: false),
            FaultTarget(
                stream: statisticsStream, kind: .newestFirst, routes: ["statistics.list"], lists: ["statistics"],
                refusal: "error-not-allowed"),
            FaultTarget(
                stream: livechatContactsStream, kind: .listing, routes: ["omnichannel/contacts.search"],
                lists: ["contacts"]),
        ],
        [
            FaultTarget(
                stream: roomsStream, kind: .listing, routes: ["rooms.get"], lists: ["update"], hasTotal: false),
            FaultTarget(stream: channelsStream, kind: .layered, routes: ["channels.list"], lists: ["channels"]),
            FaultTarget(stream: groupsStream, kind: .layered, routes: ["groups.listAll"], lists: ["groups"]),
            FaultTarget(stream: directMessagesStream, kind: .layered, routes: ["im.list.everyone"], lists: ["ims"]),
            FaultTarget(stream: teamsStream, kind: .layered, routes: ["teams.listAll"], lists: ["teams"]),
            FaultTarget(stream: livechatRoomsStream, kind: .newestFirst, routes: ["livechat/rooms"], lists: ["rooms"]),
        ],
        [
            FaultTarget(
                stream: messagesStream, kind: .further, routes: ["rooms.get"], lists: ["update"], hasTotal: false),
            FaultTarget(
                stream: livechatMessagesStream, kind: .listing, routes: ["livechat/rooms"], lists: ["rooms"]),
            FaultTarget(
                stream: livechatContactsStream, kind: .further, routes: ["omnichannel/contacts.search"],
                query: "unknown=true", lists: ["contacts"]),
        ],
        [
            FaultTarget(stream: channelsStream, kind: .further, routes: ["rooms.adminRooms"], lists: ["rooms"]),
            FaultTarget(stream: messagesStream, kind: .further, routes: [], lists: ["rooms"]),
            FaultTarget(stream: filesStream, kind: .further, routes: [], lists: ["rooms"]),
        ],
        [FaultTarget(stream: nil, kind: .root, routes: ["info"], lists: [], hasTotal: false)],
        [FaultTarget(stream: nil, kind: .account, routes: ["me"], lists: [], hasTotal: false)],
        [FaultTarget(stream: nil, kind: .account, routes: ["permissions.listAll"], lists: ["update"], hasTotal: false)],
    ]
}

extension FaultTarget {
    /// Every route that a fault of the randomized test may strike.
    static let routes: [FaultTarget] =
        groups.flatMap { $0 }.filter { !$0.routes.isEmpty } + [
            FaultTarget(stream: groupsStream, kind: .listing, routes: ["groups.list"], lists: ["groups"]),
            FaultTarget(stream: directMessagesStream, kind: .listing, routes: ["im.list"], lists: ["ims"]),
            FaultTarget(stream: teamsStream, kind: .listing, routes: ["teams.list"], lists: ["teams"]),
            FaultTarget(stream: channelsStream, kind: .further, routes: ["teams.listRooms"], lists: ["rooms"]),
            FaultTarget(stream: channelsStream, kind: .further, routes: ["directory"], lists: ["result"]),
            FaultTarget(
                stream: subscriptionsStream, kind: .listing, routes: ["subscriptions.get"], lists: ["update"],
                hasTotal: false),
        ]
}
