/// Which rooms a sync asks, and how each of them is read. Pure: decides from what is known, asks nothing.
package struct RoomPlan: Sendable, Equatable {
    /// How one room is read.
    package enum Mode: Sendable, Equatable {
        /// From the beginning (nil), or on from where an earlier load was interrupted.
        case load(from: Watermark?)
        /// What changed and what was removed since the watermark.
        case follow(since: Watermark)
        /// From the beginning once more: removals older than the server's trash cannot be asked for.
        case reload(last: Watermark)
    }

    /// One room to ask.
    package struct Step: Sendable, Equatable {
        /// The room to ask.
        package let room: Room
        /// How to read it.
        package let mode: Mode
    }

    /// Rooms to ask. Loads come last, so that what is cheap and fresh arrives first.
    package private(set) var steps: [Step] = []
    /// Whether every room was listed.
    package let isComplete: Bool
    /// Rooms whose watermark lies ahead of the server's clock, which are read from the beginning.
    package private(set) var ahead = 0
    /// Rooms read before that have changed, as far as listings show.
    package private(set) var changed = 0
    /// Rooms that are asked for no other reason than that they have waited longest.
    package private(set) var waited = 0
    /// Rooms that bear a newer stamp and show nothing else that is new, so many that they are asked in turn only.
    package private(set) var stamped = 0
    /// Rooms of the state that are in no listing any more; empty unless every room was listed.
    package let vanished: [String: Watermark]

    /// So many rooms whose stamp alone has moved are asked at once, whatever the share of the scan.
    private static let fewStamped = 20
    /// And so large a part of the share.
    private static let partStamped = 4

    /// Plans a sync up to `horizon` (Unix ms, server time) over `rooms`.
    ///
    /// - Parameters:
    ///   - isComplete: whether `rooms` are all rooms. Without `scan` all of them are asked, and otherwise those whose last change the
    ///     watermark covers are left alone.
    ///   - scan: of the rooms that have not changed, those of the state too that are not in `rooms`, this share is asked.
    ///   - barred: rooms of the state that are not asked unless they are in `rooms`.
    ///   - isAhead: whether a mark (Unix ms) lies ahead of the server's clock.
    package init(
        rooms: [Room], state: ParentWatermarks, horizon: Int64, isComplete: Bool, scan: ScanShare? = nil,
        barred: Set<String> = [], isAhead: (Int64) -> Bool = { _ in false }
    ) {
        self.isComplete = isComplete
        let present = Set(rooms.map(\.id))
        vanished = isComplete ? state.rooms.filter { !present.contains($0.key) } : [:]
        var known = rooms
        if scan != nil {
            // Which kind a room is that no listing has named this time only a load by pages wants to know.
            known += state.rooms.keys.filter { !present.contains($0) && !barred.contains($0) }.sorted().map {
                Room(id: $0, type: "c", isMember: false)
            }
        }
        var follows = Follows()
        var loads: [Step] = []
        for room in known {
            guard let watermark = state.rooms[room.id] else {
                loads.append(Step(room: room, mode: .load(from: nil)))
                continue
            }
            if isAhead(watermark.updated) || isAhead(watermark.deleted) {
                // What was removed since can be asked for as far back as the trash reaches.
                var safe = watermark
                safe.deleted = horizon - Trash.lifetime
                loads.append(Step(room: room, mode: .reload(last: safe)))
                ahead += 1
            } else if horizon - watermark.asked > Trash.lifetime {
                loads.append(Step(room: room, mode: .reload(last: watermark)))
            } else if !watermark.isLoaded {
                loads.append(Step(room: room, mode: .load(from: watermark)))
            } else {
                follows.sort(Step(room: room, mode: .follow(since: watermark)), watermark)
            }
        }
        changed = follows.changed.count
        if let scan {
            steps = share(follows, scan, horizon)
        } else {
            steps = follows.all.filter { isComplete || $0.room.updatedAt == nil || !follows.quiet.contains($0.room.id) }
        }
        steps += loads
    }

    /// Rooms that were read to their end before, by what their listing shows.
    private struct Follows {
        var all: [Step] = []
        var changed: [Step] = []
        var unclear: [Step] = []
        var stamped: [Step] = []
        var quiet: Set<String> = []

        mutating func sort(_ step: Step, _ watermark: Watermark) {
            all.append(step)
            switch step.room.news(since: watermark) {
            case .changed: changed.append(step)
            case .unclear: unclear.append(step)
            case .stamped: stamped.append(step)
            case .none: quiet.insert(step.room.id)
            }
        }
    }

    /// The rooms to follow in a sync that asks those that have changed and a share of the others.
    ///
    /// A new stamp alone means as much as a change, as long as few rooms have one. Many at once are a policy that stamps them
    /// all: what their listing does not show is found in their turn.
    private mutating func share(_ follows: Follows, _ scan: ScanShare, _ horizon: Int64) -> [Step] {
        var due = follows.changed
        var few = max(Self.fewStamped, scan.even(follows.all.count) / Self.partStamped)
        for steps in [follows.unclear, follows.stamped] {
            if steps.count <= few {
                due += steps
                few -= steps.count
            } else {
                stamped += steps.count
                few = 0
            }
        }
        changed = due.count
        let asked = Set(due.map(\.room.id))
        let others = follows.all.filter { !asked.contains($0.room.id) }.map { step in
            guard case .follow(let watermark) = step.mode else { preconditionFailure("only follows are here") }
            // A clock that was ahead then makes it no younger.
            return (step: step, asked: watermark.asked > horizon ? 0 : watermark.asked)
        }.sorted { ($0.asked, $0.step.room.id) < ($1.asked, $1.step.room.id) }
        waited = scan.count(others.map(\.asked), now: horizon, others: due.count)
        return due + others.prefix(waited).map(\.step)
    }

    /// What the plan will cost with pages of `pageSize` messages: rows of the rooms that are read from the beginning, by the
    /// server's counters, and one request at least for every room.
    package func forecast(pageSize: Int) -> Forecast {
        var rows = 0
        var requests = 0
        for step in steps {
            requests += 1
            if case .follow = step.mode { continue }
            let messages = max(0, step.room.messages ?? 0)
            rows += messages
            requests += max(0, messages - 1) / max(1, pageSize)
        }
        return Forecast(rows: rows, requests: requests)
    }
}
