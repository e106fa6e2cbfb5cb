/// Routes by which the messages of a room are read.
enum MessageRoutes {
    /// The one that nearly all requests for messages go to.
    static let sync = "v1/chat.syncMessages"

    /// All of them: `sync`, what stands in for it on old servers, and the two that tell what became of a room that is listed no more.
    static let all: Set<String> = [
        sync, "v1/channels.messages", "v1/groups.messages", "v1/im.messages", "v1/chat.getDeletedMessages",
        "v1/rooms.get",
    ]
}
