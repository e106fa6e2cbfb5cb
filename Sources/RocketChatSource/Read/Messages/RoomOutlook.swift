import AirbyteProtocol
import RocketChatAPI

/// What a sync of messages sets out to do: the rooms that it asks, the listings behind that, and what the next sync should know
/// of them.
struct RoomOutlook: Sendable {
    /// The rooms to ask.
    let plan: RoomPlan
    /// What was listed.
    let listing: RoomListing
    /// Whether all rooms were listed.
    let listsAll: Bool
    /// What `room_scan: changed` remembers once all of it has been read; nil without that setting.
    let memory: ScanMemory?

    /// Lists rooms as the configuration wants it and plans what to ask of them.
    init(of source: any RoomSource, state: ParentWatermarks, _ context: SyncContext) async throws(ReadError) {
        switch context.configuration.roomScan {
        case .all:
            listing = try await source.rooms()
            listsAll = listing.isWhole
            memory = nil
            plan = RoomPlan(
                rooms: listing.readable, state: state, horizon: context.horizon, isComplete: listing.failures.isEmpty,
                isAhead: context.lookback.isAhead)
        case .changed(let limit):
            let selection = context.configuration.rooms.signature
            let share = ScanShare(
                limit: limit, now: context.horizon, begun: state.lastAsked(until: context.horizon),
                ended: state.scan?.ended)
            let isDue =
                selection != state.scan?.selection
                || state.fullScan.map { share.isDue(last: $0, now: context.horizon) } ?? true
            let since = state.unlistedSince(context)
            var listing = isDue ? try await source.rooms() : try await source.rooms(changedSince: since)
            if isDue, listing.readable.contains(where: { $0.updatedAt == nil }) {
                // An administrator's listing of all rooms does not tell when they changed.
                let all = listing
                listing = try await source.rooms(changedSince: since)
                listing.add(all)
            }
            listsAll = isDue && listing.failures.isEmpty
            let present = Set(listing.readable.map(\.id))
            var memory = state.scan ?? ScanMemory()
            if listsAll {
                memory.unlisted = Set(state.rooms.keys).subtracting(present)
                memory.selection = selection
            }
            // Nobody can tell which rooms another selection admits before they are listed.
            let others = selection == memory.selection ? memory.unlisted : Set(state.rooms.keys)
            let barred = others.union(listing.all.keys).subtracting(present)
            memory.listed = context.horizon
            self.memory = memory
            self.listing = listing
            plan = RoomPlan(
                rooms: listing.readable, state: state, horizon: context.horizon, isComplete: listsAll, scan: share,
                barred: barred, isAhead: context.lookback.isAhead)
        }
    }

    /// Says what is asked and why, or what would cost less.
    func tell(_ job: StreamJob, pageSize: Int) throws(ReadError) {
        let sentence: String?
        if memory == nil {
            let pace = job.context.client.pace(of: MessageRoutes.sync)
            sentence = plan.advice(stream: job.definition.name, pace: pace, pageSize: pageSize)
        } else {
            sentence = plan.reasons(stream: job.definition.name)
        }
        guard let sentence else { return }
        do throws(OutputError) { try job.context.writer.log(.info, sentence) } catch { throw .output(error) }
    }
}

extension RoomListing {
    /// Adds the rooms of another listing that are not in this one, and what it lacks.
    fileprivate mutating func add(_ other: RoomListing) {
        let present = Set(readable.map(\.id))
        readable = (readable + other.readable.filter { !present.contains($0.id) }).sorted { $0.id < $1.id }
        all.merge(other.all) { mine, _ in mine }
        failures += other.failures
        shortages += other.shortages
        hasRefusals = hasRefusals || other.hasRefusals
    }
}

extension ParentWatermarks {
    /// When a room was last asked (Unix ms), which is when the last sync began; nil when none has been.
    fileprivate func lastAsked(until now: Int64) -> Int64? {
        (rooms.values.lazy.map(\.asked) + [scan?.listed, fullScan].compactMap(\.self)).filter { $0 <= now }.max()
    }

    /// What changed up to here (Unix ms) was listed before, and asked.
    fileprivate func unlistedSince(_ context: SyncContext) -> Int64 {
        let marks = rooms.values.lazy.filter(\.isLoaded).map(\.updated)
        if let listed = scan?.listed { return min(listed - context.configuration.overlap, marks.max() ?? 0) }
        // A room that the last full scan could not read, because the user left it, does not hold the others back.
        return max(fullScan.map { $0 - context.configuration.overlap } ?? 0, marks.min() ?? 0)
    }
}
