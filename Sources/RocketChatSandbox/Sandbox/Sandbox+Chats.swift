// What a test lets happen in the omnichannel.
extension Sandbox {
    /// A new visitor opens a chat in the first department; returns the room's id.
    @discardableResult
    package func openChat(visitor name: String) -> String {
        change { workspace, now in workspace.rooms[workspace.openChat(name, department: 0, at: now)].id }
    }

    /// An agent takes a chat from the queue.
    package func take(chat room: String, by agent: String) {
        change { workspace, now in
            workspace.take(chat: workspace.existing(room: room), agent: workspace.existing(user: agent), at: now)
        }
    }

    /// The serving agent closes a chat.
    package func close(chat room: String, tags: [String] = []) {
        change { workspace, now in workspace.close(chat: workspace.existing(room: room), tags: tags, at: now) }
    }
}
