import RocketChatAPI
import Synchronization

/// What the server's message endpoints can do, learned while reading; shared by all rooms.
final class MessageFeatures: Sendable {
    private let cursor: Mutex<Bool>
    private let size: Mutex<PageSize>

    /// Starts from the server's version; an unknown one is asked.
    init(access: Access, sizes: RequestSizes) {
        cursor = Mutex(access.isServer(atLeast: ServerVersion(7, 1)))
        size = Mutex(PageSize(budget: sizes.page, smallest: sizes.smallestPage))
    }

    /// Whether `chat.syncMessages` takes a cursor (7.1 and later).
    var hasCursor: Bool { cursor.withLock { $0 } }

    /// Notes that the server knows no cursor.
    func lacksCursor() { cursor.withLock { $0 = false } }

    /// Whether a refusal means that the cursor parameters are unknown: up to 7.0 they are ignored, and the missing
    /// `lastUpdate` is complained about.
    static func showsNoCursor(_ error: APIError) -> Bool {
        error.errorType == "error-lastUpdate-param-not-provided"
    }

    /// Messages to ask for in a room of about `expected`.
    func pageSize(expected: Int?) -> Int { size.withLock { $0.count(expected: expected) } }

    /// Learns from a page.
    func learn(rows: Int, bytes: Int) { size.withLock { $0.learn(rows: rows, bytes: bytes) } }
}
