import AirbyteProtocol
import JSONBytes
import RocketChatAPI

/// Whose data a state is about, written into every state that holds more than a marker, with the newest stamp that its sync had met by
/// then: `"origin":{"server":…,"user":…,"newest":…}`.
///
/// Going on from another workspace's state would miss rows and send tombstones for rows that are alive elsewhere. The address or the user
/// may change (a new host name, a new token's user); but ids of users are random, so when both have changed the state is refused.
struct Origin: Sendable, Equatable {
    /// Address of the workspace, without `/api`.
    let server: String
    /// Id of the token's user.
    let user: String

    init(_ configuration: Configuration) {
        server = configuration.server.description
        user = configuration.credentials.userID
    }

    /// The state with its origin and the newest stamp met (Unix ms); markers stay as they are.
    func stamp(_ state: JSON, newest: Int64? = nil) -> JSON {
        guard case .object(var members) = state, state["version"] != nil else { return state }
        var origin: [String: JSON] = ["server": .string(server), "user": .string(user)]
        origin["newest"] = newest.map { .integer($0) }
        members.removeAll { $0.name == "origin" }
        members.append(JSON.Member(name: "origin", value: .sortedObject(origin)))
        return .object(members)
    }

    /// The newest stamp (Unix ms) that the sync of a state had met.
    static func newestStamp(of state: JSON) -> Int64? {
        try? StoredState.instant(state["origin"]?["newest"])
    }

    /// Whether one of these states was made with this address: it has worked before.
    func isProven(by states: [String: JSON]) -> Bool {
        states.values.contains { $0["origin"]?["server"]?.string == server }
    }

    /// Refuses states of another workspace.
    /// - Throws: `InputError` that says what the states were made with and how to go on.
    func check(_ states: [String: JSON]) throws(InputError) {
        for (stream, state) in states.sorted(by: { $0.key < $1.key }) {
            guard let origin = state["origin"], let other = origin["server"]?.string,
                other != server, origin["user"]?.string != user
            else { continue }
            throw InputError(
                "The saved state of stream '\(stream)' was made with \(other) and another user, but the configuration names \(server). "
                    + "Going on from it would mix two workspaces. Start this workspace with an empty state and a destination of "
                    + "its own. If it is the same workspace under a new address, sync once with the former user_id first."
            )
        }
    }
}
