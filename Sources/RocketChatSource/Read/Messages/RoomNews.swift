/// What the listing of a room that was read before shows of its messages.
enum RoomNews {
    /// Some were written, changed or removed.
    case changed
    /// The room's stamp has moved, and nothing tells whether anything else has.
    case unclear
    /// The room's stamp has moved, and nothing else that a listing shows.
    case stamped
    /// Nothing has moved.
    case none
}

extension Room {
    /// What the listing shows since the room was read up to `watermark`.
    func news(since watermark: Watermark) -> RoomNews {
        guard let updatedAt, updatedAt > watermark.updated else { return .none }
        if let newestMessage, newestMessage > watermark.updated { return .changed }
        guard let trace = watermark.trace, let fingerprint else { return .unclear }
        if !trace.isSame(fingerprint) { return .changed }
        return trace.isSettled ? .stamped : .unclear
    }

    /// What is remembered of the room when it has been read up to `mark` (Unix ms) and a listing had shown `earlier` of it when
    /// it was read before.
    func trace(after earlier: RoomTrace?, readUpTo mark: Int64) -> RoomTrace? {
        guard let fingerprint, let updatedAt else {
            // It was asked in its turn; nothing of it has moved since it was listed.
            return earlier.map { RoomTrace($0.fingerprint, isSettled: true) }
        }
        return RoomTrace(fingerprint, isSettled: updatedAt <= mark || earlier?.isSame(fingerprint) ?? false)
    }
}

extension RoomPlan {
    /// What an hourly sync with `room_scan: changed` would cost by this plan's listing; nil when it would ask no fewer rooms.
    package func forecastOfChanged(pageSize: Int) -> Forecast? {
        let follows = steps.count { if case .follow = $0.mode { true } else { false } }
        let share = ScanShare(limit: 24 * 3_600_000, interval: 3_600_000).even(follows) + changed
        let all = forecast(pageSize: pageSize)
        return share < follows ? Forecast(rows: all.rows, requests: all.requests - follows + share) : nil
    }

    /// A gain that is worth a word, in ms.
    private static let worth: Int64 = 600_000

    /// What `room_scan: changed` would save and what it would miss; nil when it would save little.
    package func advice(stream: String, pace: Forecast.Pace?, pageSize: Int) -> String? {
        guard let other = forecastOfChanged(pageSize: pageSize) else { return nil }
        let saved = forecast(pageSize: pageSize).duration(at: pace) - other.duration(at: pace)
        guard saved >= Self.worth else { return nil }
        let minutes = max(1, (other.duration(at: pace) + 59_999) / 60_000)
        return "Stream '\(stream)': with 'room_scan' at 'changed' an hourly sync would make about \(other.requests) of "
            + "these requests and take about \(minutes) min, \(Forecast.text(saved)) less. It would have new messages and removals as "
            + "soon as now, but edits, reactions, pins and the like of older messages in rooms where nothing else happens, and "
            + "deleted rooms, up to 'full_scan_hours' (24) later (docs/limits.md)."
    }

    /// Which rooms are asked, and why.
    package func reasons(stream: String) -> String {
        let policy =
            stamped == 0
            ? ""
            : " \(stamped) bear a new stamp and show nothing else that is new, as a retention policy leaves them; they wait for "
                + "their turn."
        return
            "Stream '\(stream)': \(changed) rooms have changed, and \(waited) are asked because they have waited longest "
            + "('full_scan_hours').\(policy)"
    }
}
