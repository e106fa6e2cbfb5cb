import AirbyteProtocol
import RocketChatAPI
import Synchronization

/// The messages of every readable room, several rooms at a time.
final class MessagesStream: StreamReader {
    private let definition: StreamDefinition
    private let scope: MessageScope
    private let context: SyncContext
    private let output: StreamOutput
    private let watermarks: Mutex<MessagesState>

    /// A reader of `definition` in the rooms of `scope`, going on from `stored`.
    ///
    /// A state is gone on from in full refresh too: runners hand one over only to finish what was interrupted
    /// (airbyte-contract.md §2.10, resumable full refresh).
    /// - Throws: `ReadError.state` for a state that cannot be used.
    init(
        _ definition: StreamDefinition, _ scope: MessageScope, context: SyncContext, output: StreamOutput,
        stored: JSONValue?
    ) throws(ReadError) {
        self.definition = definition
        self.scope = scope
        self.context = context
        self.output = output
        var state: MessagesState
        do { state = try MessagesState(stored) } catch { throw .state(error) }
        state.begin(at: context.configuration.startDate)
        watermarks = Mutex(state)
    }

    /// How far each room has been delivered, and when all rooms were last looked at.
    var state: JSONValue { watermarks.withLock { $0.json } }

    /// Reads the rooms that are due, as many at once as the configuration allows.
    /// - Throws: `ReadError`; `.parts` when single rooms failed: all the others were read.
    func read() async throws(ReadError) {
        let plan = try await plan()
        for room in try await VanishedRooms(context: context, output: output).settle(plan.vanished) {
            watermarks.withLock { _ = $0.rooms.removeValue(forKey: room) }
        }
        do { try await context.waitForHorizon() } catch { throw .cancelled }
        let requests = MessageRequests(definition)
        let features = MessageFeatures(access: context.access, sizes: context.sizes)
        let progress = try Progress(
            definition.name, route: MessageRequests.syncRoute, parts: plan.steps.count,
            forecast: plan.forecast(pageSize: features.pageSize(expected: nil)), context: context)
        let announcements = LoadAnnouncements(plan.steps)
        var failures = RoomFailures()
        try await SideBySide.forEach(plan.steps, limit: context.configuration.concurrency) {
            [self] step throws(ReadError) in
            let room = step.room
            try announcements.prepare(step) { [self] rooms throws(ReadError) in try announce(rooms) }
            let reader = RoomReader(
                room: room, context: context, requests: requests, features: features,
                delivery: MessageDelivery(room: room, output: output, horizon: context.horizon),
                advance: { [self] watermark throws(ReadError) in try advance(room, to: watermark) })
            try await reader.read(step.reading)
        } ended: { step, error throws(ReadError) in
            try progress.advance()
            try failures.note(error, what: "room \(step.room.id)", stream: definition.name, report: context.report)
        }
        if let first = failures.first { throw .parts(failed: failures.count, of: plan.steps.count, first: first) }
        if plan.isComplete { watermarks.withLock { $0.fullScan = context.horizon } }
    }

    private func plan() async throws(ReadError) -> RoomPlan {
        let directory = scope.rooms(context, stream: definition.name)
        let state = watermarks.withLock { $0 }
        let isComplete = context.configuration.roomScan.isFull(last: state.fullScan, now: context.horizon)
        // A room that the last full scan could not read, because the user left it, does not hold the others back.
        let scanned = state.fullScan.map { $0 - context.configuration.overlap } ?? 0
        let oldest = max(scanned, state.rooms.values.lazy.filter(\.isLoaded).map(\.updated).min() ?? 0)
        let rooms = isComplete ? try await directory.rooms() : try await directory.rooms(changedSince: oldest)
        let plan = RoomPlan(rooms: rooms, state: state, horizon: context.horizon, isComplete: isComplete)
        let reloads = plan.steps.count { if case .reload = $0.reading { true } else { false } }
        if reloads > 0 {
            context.report.doubt(
                "Stream '\(definition.name)': \(reloads) rooms were last read more than 30 days ago and are read from the "
                    + "beginning. The server has forgotten which messages were removed before that: their rows stay at the "
                    + "destination until a full refresh (docs/limits.md).")
        }
        return plan
    }

    /// Writes a state that names these rooms as begun.
    private func announce(_ rooms: [String]) throws(ReadError) {
        let begun = Watermark(updated: (context.configuration.startDate ?? 0) - 1, deleted: context.checkpointLimit)
        watermarks.withLock { state in
            for room in rooms { state.rooms[room] = begun }
        }
        do { try output.commit { state } } catch { throw .output(error) }
    }

    private func advance(_ room: Room, to watermark: Watermark) throws(ReadError) {
        watermarks.withLock { $0.rooms[room.id] = watermark }
        do { try output.checkpoint { state } } catch { throw .output(error) }
    }
}
