import JSONBytes
import RocketChatAPI
import Synchronization

/// The messages of every readable room, several rooms at a time.
final class MessagesStream: StreamReader {
    /// A room that was read to its end in this sync.
    private struct Finish {
        /// Up to where (Unix ms) it had been followed before.
        let previous: Int64
        /// The newest stamp (Unix ms) of the whole sync met before it was asked for.
        let basis: Int64?
        /// Whether it was loaded, or removals of it are in doubt.
        let isFresh: Bool
        /// The room as it was listed before it was asked.
        let room: Room
        /// What a listing had shown of it before.
        let trace: RoomTrace?
    }

    private struct Course {
        var state: ParentWatermarks
        var finished: [String: Finish] = [:]
    }

    /// The stream, and where it goes.
    let job: StreamJob
    private let scope: MessageScope
    private let course: Mutex<Course>

    /// A reader of the job's stream in the rooms of `scope`.
    ///
    /// A state is gone on from in full refresh too: runners hand one over only to finish what was interrupted
    /// (airbyte-contract.md §2.10, resumable full refresh).
    init(_ job: StreamJob, _ scope: MessageScope) throws(ReadError) {
        self.job = job
        self.scope = scope
        var state: ParentWatermarks
        do { state = try ParentWatermarks(job.stored) } catch { throw .state(error) }
        state.begin(at: job.context.configuration.startDate)
        let lookback = job.context.lookback
        if let scan = state.fullScan, lookback.isAhead(scan) { state.fullScan = nil }
        if let listed = state.scan?.listed, lookback.isAhead(listed) { state.scan = nil }
        course = Mutex(Course(state: state))
    }

    /// How far each room has been delivered, and when all rooms were last looked at.
    var state: JSON { course.withLock { current($0).json } }

    private func current(_ course: Course) -> ParentWatermarks {
        var state = course.state
        for (room, finish) in course.finished {
            let mark = context.mark(after: finish.previous, basis: finish.basis)
            var watermark = Watermark(at: mark, asked: context.horizon, isFresh: finish.isFresh)
            watermark.trace = finish.room.trace(after: finish.trace, readUpTo: mark)
            state.rooms[room] = watermark
        }
        return state
    }

    /// Reads the rooms that are due, as many at once as the configuration allows.
    /// - Throws: `ReadError`; `.parts` when single rooms failed: all the others were read.
    func read() async throws(ReadError) {
        let outlook = try await plan()
        let plan = outlook.plan
        let listing = outlook.listing
        var failures = PartFailures(stream: definition.name, of: plan.steps.count)
        for failure in listing.failures { failures.note(listing: failure) }
        let vanished = VanishedRooms(context: context, output: output, isWhole: listing.isWhole)
        do {
            for room in try await vanished.settle(plan.vanished) {
                course.withLock { _ = $0.state.rooms.removeValue(forKey: room) }
            }
        } catch .api(let error) where error.kind == .transient || error.kind == .tooLarge {
            // Nothing is concluded; the next sync asks again.
            failures.note(listing: error)
        } catch .api(let error) where error.concernsRequest {
            context.report.skip(
                "what became of rooms that are listed no more", of: definition.name, because: error.message)
        }
        try await context.waitForHorizon()
        let format = MessageFormat(definition)
        let features = MessageFeatures(access: context.access, sizes: context.sizes)
        let pageSize = features.pageSize(expected: nil)
        try outlook.tell(job, pageSize: pageSize)
        let progress = try job.progress(
            on: MessageRoutes.sync, parts: plan.steps.count, forecast: plan.forecast(pageSize: pageSize))
        let announcements = LoadAnnouncements(plan.steps)
        try await SideBySide.forEach(plan.steps, limit: context.configuration.concurrency) {
            [self] step throws(ReadError) in
            let room = step.room
            let basis = context.stamps.newest
            try announcements.prepare(step) { [self] rooms throws(ReadError) in try announce(rooms, basis) }
            let reader = RoomReader(
                room: room, context: context, features: features,
                beginning: context.lookback.beginningOfLoads(basis: basis),
                delivery: MessageDelivery(room: room, format: format, output: output, context: context),
                advance: { [self] watermark throws(ReadError) in try advance(room, to: watermark) })
            try finish(step, basis, isFresh: try await reader.read(step.mode))
        } ended: { step, error throws(ReadError) in
            try progress.advance()
            try failures.note(error, what: step.room.label, room: step.room.id, report: context.report)
        }
        // A sync that does not get everything has taken its time all the same.
        course.withLock { $0.state.scan?.ended = context.client.serverNow.ceiling }
        try failures.conclude()
        course.withLock { course in
            if outlook.listsAll { course.state.fullScan = context.horizon }
            course.state.scan = outlook.memory
            course.state.scan?.ended = context.client.serverNow.ceiling
        }
    }

    private func plan() async throws(ReadError) -> RoomOutlook {
        let outlook = try await RoomOutlook(
            of: scope.rooms(context, stream: definition.name), state: course.withLock { $0.state }, context)
        let plan = outlook.plan
        if plan.ahead > 0 { context.report.aheadOfClock(definition.name, rooms: plan.ahead) }
        let reloads = plan.steps.count { if case .reload = $0.mode { true } else { false } } - plan.ahead
        if reloads > 0 {
            context.report.doubt(
                "\(reloads) rooms were last read more than 30 days ago and are read from the "
                    + "beginning. The server has forgotten which messages were removed before that: their rows stay at the "
                    + "destination until a full refresh (docs/limits.md).",
                of: definition.name)
        }
        return outlook
    }

    /// Writes a state that names these rooms as begun.
    private func announce(_ rooms: [String], _ basis: Int64?) throws(ReadError) {
        let begun = Watermark(
            loading: (context.configuration.startDate ?? 0) - 1,
            deleted: context.lookback.beginningOfLoads(basis: basis),
            asked: context.horizon)
        course.withLock { course in
            for room in rooms { course.state.rooms[room] = begun }
        }
        try output.commit { state }
    }

    private func advance(_ room: Room, to watermark: Watermark) throws(ReadError) {
        course.withLock { $0.state.rooms[room.id] = watermark }
        try output.checkpoint { state }
    }

    // The newest stamp rises a few times only while rooms are read, so that the rooms of a sync share a few marks.
    private func finish(_ step: RoomPlan.Step, _ basis: Int64?, isFresh: Bool) throws(ReadError) {
        let before: Watermark? =
            switch step.mode {
            case .follow(let watermark): watermark
            case .load(let watermark): watermark
            case .reload: nil
            }
        let finish = Finish(
            previous: before?.updated ?? -1, basis: basis, isFresh: isFresh, room: step.room, trace: before?.trace)
        course.withLock { $0.finished[step.room.id] = finish }
        try output.checkpoint { state }
    }
}
