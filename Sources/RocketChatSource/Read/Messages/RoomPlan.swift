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
    package let steps: [Step]
    /// Whether every room was listed.
    package let isComplete: Bool
    /// Rooms whose watermark lies ahead of the server's clock, which are read from the beginning.
    package private(set) var ahead = 0
    /// Rooms of the state that are in no listing any more; empty unless every room was listed.
    package let vanished: [String: Watermark]

    /// Plans a sync up to `horizon` (Unix ms, server time) over `rooms`.
    ///
    /// - Parameters:
    ///   - isComplete: whether `rooms` are all rooms; otherwise they are those that the server reports as changed,
    ///     and rooms whose last change the watermark covers are left alone.
    ///   - isAhead: whether a mark (Unix ms) lies ahead of the server's clock.
    package init(
        rooms: [Room], state: ParentWatermarks, horizon: Int64, isComplete: Bool,
        isAhead: (Int64) -> Bool = { _ in false }
    ) {
        self.isComplete = isComplete
        var follows: [Step] = []
        var loads: [Step] = []
        for room in rooms {
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
            } else if !isComplete, let changed = room.updatedAt, changed <= watermark.updated {
                // The server reports no change of it: it is not asked this time.
                continue
            } else {
                follows.append(Step(room: room, mode: .follow(since: watermark)))
            }
        }
        steps = follows + loads
        let present = Set(rooms.map(\.id))
        vanished = isComplete ? state.rooms.filter { !present.contains($0.key) } : [:]
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
