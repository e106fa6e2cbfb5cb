/// A set of documents whose exact content can be asked for, named like the stream that copies it.
package enum TruthStream: String, Sendable, CaseIterable {
    /// `users.list`.
    case users
    /// `rooms.get`: rooms the account is subscribed to.
    case rooms
    /// `channels.list`.
    case channels
    /// `groups.listAll` for an administrator, else `groups.list`.
    case groups
    /// `im.list.everyone` for an administrator, else `im.list`.
    case directMessages = "direct_messages"
    /// `subscriptions.get`.
    case subscriptions
    /// `roles.sync`: with `_updatedAt`, which `roles.list` leaves out.
    case roles
    /// `permissions.listAll`.
    case permissions
    /// `teams.listAll` for who may, else `teams.list`.
    case teams
    /// Messages of every readable and listed room but live chats.
    case messages
    /// Messages of live chats.
    case livechatMessages = "livechat_messages"
    /// `livechat/rooms`.
    case livechatRooms = "livechat_rooms"
    /// Uploads of the rooms whose messages count.
    case files
    /// `emoji-custom.list`.
    case customEmojis = "custom_emojis"
    /// Active members of the rooms whose members may be read, by `room_id/_id`; only the two ids.
    case roomMembers = "room_members"
}
