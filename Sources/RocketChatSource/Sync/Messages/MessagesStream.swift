import AirbyteProtocol
import RocketChatAPI
import Synchronization

/// The messages of every readable room, several rooms at a time.
final class MessagesStream: StreamReader {
    private let definition: StreamDefinition
    private let context: SyncContext
    private let output: StreamOutput
    private let watermarks: Mutex<MessagesState>

    /// A reader of `definition`, going on from `stored`.
    ///
    /// A state is gone on from in full refresh too: runners hand one over only to finish what was interrupted
    /// (airbyte-contract.md §2.10, resumable full refresh).
    /// - Throws: `ReadError.state` for a state that cannot be used.
    init(
        _ definition: StreamDefinition, context: SyncContext, output: StreamOutput, stored: JSONValue?
    ) throws(ReadError) {
        self.definition = definition
        self.context = context
        self.output = output
        do { watermarks = Mutex(try MessagesState(stored)) } catch { throw .state(error) }
    }

    var state: any Encodable & Sendable { watermarks.withLock { $0 } }

    func read() async throws(ReadError) {
        let rooms = try await RoomDirectory(context: context, stream: definition.name).rooms()
        do { try await context.waitForHorizon() } catch { throw .cancelled }
        let requests = MessageRequests(definition)
        let features = MessageFeatures(access: context.access)
        var failures = RoomFailures()
        try await forEachRoom(of: rooms) { [self] room throws(ReadError) in
            let reader = RoomReader(
                room: room, context: context, requests: requests, features: features,
                delivery: MessageDelivery(room: room, output: output, horizon: context.horizon),
                advance: { [self] watermark throws(ReadError) in try advance(room, to: watermark) })
            try await reader.read(from: watermarks.withLock { $0.rooms[room.id] })
        } failed: { room, error throws(ReadError) in
            try failures.note(error, room: room, stream: definition.name, report: context.report)
        }
        if let first = failures.first { throw .parts(failed: failures.count, of: rooms.count, first: first) }
    }

    private func advance(_ room: Room, to watermark: Watermark) throws(ReadError) {
        watermarks.withLock { $0.rooms[room.id] = watermark }
        do { try output.checkpoint { watermarks.withLock { $0 } } } catch { throw .output(error) }
    }

    /// Runs `body` for each room, as many at once as the configuration allows.
    private func forEachRoom(
        of rooms: [Room], _ body: @escaping @Sendable (Room) async throws(ReadError) -> Void,
        failed: (Room, ReadError) throws(ReadError) -> Void
    ) async throws(ReadError) {
        typealias Result = (room: Room, error: ReadError?)
        do {
            try await withThrowingTaskGroup(of: Result.self) { group in
                var waiting = rooms.makeIterator()
                for _ in 0..<context.configuration.concurrency {
                    guard let room = waiting.next() else { break }
                    group.addTask { await Self.attempt(room, body) }
                }
                while let result = try await group.next() {
                    if let error = result.error { try failed(result.room, error) }
                    if let room = waiting.next() { group.addTask { await Self.attempt(room, body) } }
                }
            }
        } catch let error as ReadError {
            throw error
        } catch {
            throw .cancelled
        }
    }

    private static func attempt(
        _ room: Room, _ body: @Sendable (Room) async throws(ReadError) -> Void
    ) async -> (room: Room, error: ReadError?) {
        do {
            try await body(room)
            return (room, nil)
        } catch {
            return (room, error)
        }
    }
}

/// Failures of single rooms: what is told, and when they are too many to go on.
struct RoomFailures {
    /// Failures in a row after which the server is taken to be down.
    private static let most = 5

    private(set) var count = 0
    private(set) var first: APIError?

    /// Notes a failure: refusals are skips, passing failures are counted.
    /// - Throws: the error itself if it ends the stream.
    mutating func note(
        _ error: ReadError, room: Room, stream: String, report: SyncReport
    ) throws(ReadError) {
        guard case .api(let cause) = error else { throw error }
        switch cause.kind {
        case .refused: report.skip("room \(room.id)", of: stream, because: cause.message)
        case .configuration, .cancelled: throw error
        case .transient, .tooLarge, .unavailable, .invalidRequest:
            count += 1
            first = first ?? cause
            if count >= Self.most { throw error }
        }
    }
}
