@testable import RocketChatSandbox

/// What the server's tests set up before they ask: rooms with known names and members, on a release of the stand-in.
struct Scene: Sendable {
    static let unpermitted = "User does not have the permissions required for this action [error-unauthorized]"
    static let allLivechatParameters = [
        ("agents[]", "teste"), ("departmentId", "123"), ("open", "true"),
        ("createdAt", #"{"start":"2018-01-26T00:11:22.345Z","end":"2018-01-26T00:11:22.345Z"}"#),
        ("closedAt", #"{"start":"2018-01-26T00:11:22.345Z","end":"2018-01-26T00:11:22.345Z"}"#), ("tags[]", "rocket"),
        ("customFields", #"{ "docId": "031041" }"#), ("count", "3"), ("offset", "1"), ("sort", #"{ "_updatedAt": 1 }"#),
        ("fields", #"{ "msgs": 0 }"#), ("roomName", "test"),
    ]

    let office: Office
    let version: String
    let channel: String
    let group: String
    let direct: String
    let publicTeam: (team: String, room: String)
    let privateTeam: (team: String, room: String)

    init(_ version: String) {
        office = Office(version) {
            $0.users = 12
            $0.rooms = 3
        }
        self.version = version
        let sandbox = office.sandbox
        let (admin, user, agent) = (office.admin.userID, office.user.userID, office.agent.userID)
        channel = sandbox.createRoom("the-channel", by: admin, members: [user])
        group = sandbox.createRoom("the-group", isPrivate: true, by: admin, members: [user])
        direct = sandbox.createDirect([admin, user])
        publicTeam = sandbox.createTeam("the-team", by: admin, members: [user, agent])
        privateTeam = sandbox.createTeam("the-private-team", isPrivate: true, by: admin, members: [user])
        for (name, team) in [("public", publicTeam), ("private", privateTeam)] {
            sandbox.createRoom("\(name)-team-channel", by: user, inTeam: team.team)
            sandbox.createRoom("\(name)-team-group", isPrivate: true, by: user, inTeam: team.team)
        }
        sandbox.advance(milliseconds: 1000)
    }

    /// The server's time as ISO text.
    var now: String { office.iso(office.sandbox.now) }
    /// Whether the routes are typed.
    var isTyped: Bool { version.hasPrefix("8") }
    /// Whether errors are worded as before 7.10.
    var isOld: Bool { !isTyped && version != "7.10.0" }

    func get(_ route: String, _ query: [(String, String)] = [], as account: Account? = nil) -> Office.Answer {
        office.get(route, query, as: account)
    }

    func post(_ route: String, _ body: JSON = [:], as account: Account? = nil) -> Office.Answer {
        office.post(route, body, as: account ?? office.admin)
    }

    /// `chat.syncMessages` of the channel.
    func sync(_ query: [(String, String)]) -> Office.Answer { office.sync(channel, query) }

    /// The same scene after a permission has been taken from everybody.
    func without(_ permission: String) -> Scene { with(permission, []) }

    /// The same scene after a permission has been given to these roles alone.
    func with(_ permission: String, _ roles: [String]) -> Scene {
        office.sandbox.grant(permission, to: roles)
        return self
    }

    /// The same scene with other settings.
    func set(_ change: (inout SandboxSettings) -> Void) -> Scene {
        office.sandbox.configure(change)
        return self
    }

    /// Posts a text after a while; returns the message's id.
    func post(_ text: String, in room: String, by user: Account) -> String {
        office.sandbox.advance(milliseconds: 10)
        return office.sandbox.post(in: room, by: user.userID, text: text)
    }

    func isSorted(_ stamps: [String]) -> Bool { !stamps.isEmpty && stamps == stamps.sorted(by: >) }
}

extension Office.Answer {
    var unauthorized: Bool { status == 401 && self["status"] == "error" && self["message"] != nil }
    var isRefused: Bool { status >= 400 && self["success"] == false }

    /// A success with these members, by dotted paths.
    func ok(_ members: String...) -> Bool {
        status == 200 && (self["success"] == true || self["emojis"] != nil) && members.allSatisfy { self[$0] != nil }
    }

    /// A refusal with this type and a text that includes this.
    func refused(_ status: Int, _ type: String?, _ text: String) -> Bool {
        isRefused && self.status == status && errorType == type && error?.contains(text) == true
    }

    /// A refusal, with this type where one is given.
    func refused(_ status: Int, _ type: String? = nil) -> Bool {
        isRefused && self.status == status && (type == nil || errorType == type)
    }

    /// A refusal in exactly these words, without a type.
    func refused(_ status: Int, text: String) -> Bool {
        isRefused && self.status == status && error == text && errorType == nil
    }

    /// Success with a list of so many elements, and a total.
    func has(_ list: String, _ count: Int? = nil, total: Int? = nil) -> Bool {
        guard status == 200, let elements = self[list]?.elements else { return false }
        return (count == nil || elements.count == count) && (total == nil || self["total"] == .int(Int64(total ?? 0)))
            && (count == nil || total == nil || self["count"] == nil || self["count"] == .int(Int64(count ?? 0)))
    }

    /// Success with lists that are empty.
    func isEmpty(_ lists: String...) -> Bool {
        status == 200 && lists.allSatisfy { self[$0]?.elements?.isEmpty == true }
    }

    /// Whether the first element of a list, or the one with an id, has these members.
    func first(_ list: String, where id: String? = nil, _ members: String...) -> Bool {
        guard status == 200 else { return false }
        let element = self.list(list).first { id == nil || $0["_id"]?.text == id }
        return element.map { found in members.allSatisfy { found.value(at: $0) != nil } } ?? false
    }

    /// Whether there are so many messages, none of them pinned or hidden.
    func isPlain(_ count: Int) -> Bool {
        has("messages", count)
            && list("messages").allSatisfy { $0["pinned"] != true && $0["_hidden"] == nil }
    }
}
