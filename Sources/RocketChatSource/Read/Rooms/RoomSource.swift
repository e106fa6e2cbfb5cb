/// Where a message stream has its rooms from.
protocol RoomSource: Sendable {
    /// All rooms to read.
    func rooms() async throws(ReadError) -> RoomListing

    /// At least the rooms changed after `instant` (Unix ms).
    func rooms(changedSince instant: Int64) async throws(ReadError) -> RoomListing
}

extension MessageScope {
    /// The source of the scope's rooms.
    func rooms(_ context: SyncContext, stream: String) -> any RoomSource {
        switch self {
        case .conversations: RoomDirectory(context: context, stream: stream)
        case .livechat: LivechatDirectory(context: context, stream: stream)
        }
    }
}
