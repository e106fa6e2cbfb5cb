/// Where a copy keeps a room.
package struct RoomHome: Sendable, Hashable {
    /// The room stream: `channels`, `groups`, `direct_messages` or `livechat_rooms`.
    package let stream: TruthStream
    /// The name, or the title of a live chat; direct messages have none.
    package let name: String?
    /// Whether the account may read the room's messages, so that `messages` or `livechat_messages` tells of the room.
    package let hasReadableMessages: Bool
}
