/// Where a copy keeps a room.
package struct RoomHome: Sendable, Hashable {
    /// The room stream: `channels`, `groups`, `direct_messages` or `livechat_rooms`.
    package let stream: TruthStream
    /// The name, or the title of a live chat; direct messages have none.
    package let name: String?
    /// Whether the account may read the room's messages, so that `messages` or `livechat_messages` tells of the room.
    package let hasReadableMessages: Bool
}

extension Sandbox {
    /// The room stream that holds each room, by the room's id: every room whose messages the account may read and every room
    /// that a room stream lists to it. The same on all releases; each message's `rid` is among them.
    package func roomHomes(for account: Account) -> [String: RoomHome] {
        change { workspace, _ in
            Truth(workspace: workspace, user: workspace.existing(user: account.userID)).homes
        }
    }
}
