@testable import RocketChatSandbox
@testable import RocketChatSource

/// Holds that every message finds its room: its `rid` is in exactly one of the streams of rooms, the right one.
///
/// Exempt is what docs/limits.md names: rooms that the token's user cannot see any more, and on 7.0.0 to 7.3.2 those that no listing
/// of its tells.
struct RoomJoins {
    private let sandbox: Sandbox
    private let account: Account
    private let plan: RoundPlan

    /// For the copy of an account in a round.
    init(_ sandbox: Sandbox, _ account: Account, _ plan: RoundPlan) {
        self.sandbox = sandbox
        self.account = account
        self.plan = plan
    }

    private static let streams = ["channels", "groups", "direct_messages"]

    /// What is wrong, in sentences.
    func faults(_ copy: Copy) -> [String] {
        guard Set(plan.streams.map(\.name)).isSuperset(of: Self.streams) else { return [] }
        let homes = sandbox.roomHomes(for: account)
        let hidden = HiddenRooms(sandbox, account).ids
        var rooms: Set<String> = []
        for data in (copy.rows["messages"] ?? [:]).values {
            if let room = JSONParser.parse(data)?.object?["rid"]?.text { rooms.insert(room) }
        }
        return rooms.sorted().compactMap { room in
            guard let home = homes[room], home.hasReadableMessages, !hidden.contains(room) else { return nil }
            let found = Self.streams.filter { copy.rows[$0]?[room] != nil }
            guard found != [home.stream.rawValue] else { return nil }
            return "messages of room \(room) (\(home.stream.rawValue)) find it in \(found)"
        }
    }
}

/// Rooms that an account may read and that no listing tells it of: on 7.0.0 to 7.3.2 `channels.list` takes no pages (#35187), so that who is
/// no administrator learns of the first channels only, and the directory leaves out discussions and main rooms of teams.
struct HiddenRooms {
    /// Their ids.
    let ids: Set<String>
    /// Channels that the server's short list has; nil where lists have pages.
    let listed: Set<String>?

    /// Those of an account on the release played now.
    init(_ sandbox: Sandbox, _ account: Account) {
        guard sandbox.version.hasPrefix("7.0.") else {
            (ids, listed) = ([], nil)
            return
        }
        let answer = sandbox.handle(
            SandboxRequest(
                target: "/api/v1/channels.list",
                headers: [("X-Auth-Token", account.token), ("X-User-Id", account.userID)]))
        let rows = JSONParser.parse(answer.body)?.object?["channels"]?.elements ?? []
        let listed = Set(rows.compactMap { $0.object?["_id"]?.text })
        self.listed = listed
        ids = sandbox.change { workspace, _ in
            let user = workspace.existing(user: account.userID)
            guard !workspace.has("view-room-administration", user) else { return [] }
            return Set(
                workspace.rooms.indices.filter { index in
                    let room = workspace.rooms[index]
                    guard room.type == .channel, !workspace.isMember(user, of: index) else { return false }
                    let isLeftOut = room.parent != nil || room.fields["teamMain"] != nil
                    return (isLeftOut || !workspace.has("view-c-room", user)) && !listed.contains(room.id)
                }.map { workspace.rooms[$0].id })
        }
    }
}
