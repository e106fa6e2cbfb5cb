import AirbyteProtocol
import RocketChatAPI
import Synchronization

/// The streams being read, so that a wait imposed by the server can be told as the state of those it holds up.
final class RunningStreams: Sendable {
    /// Shortest wait worth a line, in ms.
    private static let shortest: Int64 = 1000

    private let writer: MessageWriter
    private let routes = Mutex<[String: Set<String>]>([:])

    init(writer: MessageWriter) { self.writer = writer }

    /// Says that `stream` is read now, by way of these routes.
    func begin(_ stream: StreamDefinition) {
        routes.withLock { $0[stream.name] = Set(stream.reading.traits.paths) }
    }

    /// Says that `stream` is at its end.
    func end(_ stream: String) {
        _ = routes.withLock { $0.removeValue(forKey: stream) }
    }

    /// Tells the runner which streams wait, and until when.
    func isLimited(_ wait: RouteWait) {
        guard wait.milliseconds >= Self.shortest else { return }
        let held = routes.withLock { $0.filter { $0.value.contains(wait.route) }.keys.sorted() }
        for stream in held {
            // A closed output shows at the next record.
            try? writer.status(.running, stream: stream, rateLimitedUntil: wait.until)
        }
    }
}
