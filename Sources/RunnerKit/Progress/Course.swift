import AirbyteProtocol
import JSONBytes

/// What a run has heard from its source about time and trouble, and when people are shown it.
struct Course {
    /// How people see it.
    enum Display { case none, lines, screen }

    private static let (frame, minute): (Int64, Int64) = (250, 60_000)

    /// How people see it.
    let display: Display
    /// What has been foretold.
    private(set) var forecasts = Forecasts()
    private var outage = Outage()
    private var speed = Speed()
    private var rows = 0
    private var lookedAt = Int64.min / 2
    private var shownAt: Int64?

    /// Nothing heard yet.
    init(_ display: Display) { self.display = display }

    /// Takes over a line of the log; false when it only repeats what has been said of an outage.
    mutating func hear(log text: String, _ level: LogLevel, now: Int64) -> Bool {
        switch level {
        case .info:
            if let forecast = StreamForecast(log: text) { forecasts.hear(forecast, now: now) }
            return true
        case .warn: return outage.isNews(text, now: now)
        default: return true
        }
    }

    /// Takes over a TRACE payload.
    mutating func hear(trace payload: JSON, now: Int64) {
        if let forecast = StreamForecast(trace: payload) { forecasts.hear(forecast, now: now) }
    }

    /// Whether it is time to look at all: often, but not for each line of a source.
    mutating func isLooking(now: Int64) -> Bool {
        guard now - lookedAt >= Self.frame else { return false }
        lookedAt = now
        return true
    }

    /// Notes how much has come so far.
    mutating func note(rows: Int, bytes: Int, now: Int64) {
        if rows > self.rows { outage.rowsCame(now: now) }
        self.rows = rows
        speed.note(bytes, now: now)
    }

    /// Whether it is time for a picture: at each look on a screen, once a minute in a log.
    mutating func isDue(now: Int64) -> Bool {
        // The first minute begins with the first look.
        let last = shownAt ?? (display == .screen ? now - Self.frame : now)
        shownAt = shownAt ?? last
        guard display != .none, now - last >= (display == .screen ? Self.frame : Self.minute) else { return false }
        shownAt = now
        return true
    }

    /// Completes `picture` with what only the course of things tells.
    func complete(_ picture: SyncPicture, now: Int64) -> SyncPicture {
        var picture = picture
        picture.bytesPerSecond = speed.perSecond(picture.bytes, now: now)
        picture.outage = outage.words(now: now)
        return picture
    }

    /// What is to be said now beside the picture.
    mutating func news(now: Int64, isOver: Bool = false) -> [String] {
        [forecasts.line(now: now, isOver: isOver), outage.closing(now: now)].compactMap(\.self)
    }
}
