import AirbyteProtocol

/// What a run knows of one stream.
struct StreamAccount {
    /// The stream.
    let key: StreamKey
    /// Records seen in this run.
    var records = 0
    /// Bytes of their lines.
    var bytes = 0
    /// STATE messages in this run.
    var states = 0
    /// Records since the stream's last STATE, to compare with what the source counted.
    var sinceState = 0
    /// The newest status the source gave; nil for sources that give none.
    var status: StreamStatus?
    /// Unix milliseconds; nil when the source is not waiting.
    private(set) var rateLimitedUntil: Int64?
    /// Monotonic milliseconds at which the source said so.
    private var limitedAt: Int64 = 0
    /// Why the stream is not fine; nil while it is.
    var failure: String?
    /// Rows written to the store; zero when there is none.
    var upserts = 0
    /// Rows removed, by tombstones or by a table's replacement.
    var deletions = 0
    /// Monotonic milliseconds of the first sign of life; nil before there is one.
    private(set) var firstSeen: Int64?
    /// Monotonic milliseconds of the last sign of life; 0 before there is one.
    private(set) var lastSeen: Int64 = 0

    /// Nothing seen yet.
    init(key: StreamKey) { self.key = key }

    /// Notes a sign of life.
    mutating func touch(_ now: Int64) {
        firstSeen = firstSeen ?? now
        lastSeen = now
    }

    /// Notes that the source waits, or does not.
    mutating func limit(until: Int64?, now: Int64) {
        rateLimitedUntil = until
        limitedAt = now
    }

    /// Notes that a record has come: the source does not wait any more. What comes at once was on its way before.
    mutating func endLimit(now: Int64) {
        if rateLimitedUntil != nil, now - limitedAt >= 1000 { rateLimitedUntil = nil }
    }

    /// Marks the stream as failed; the first reason stays, since it is the cause.
    mutating func fail(_ reason: String) { failure = failure ?? reason }

    /// Seconds from the first sign of life to the last.
    var seconds: Double { Double(lastSeen - (firstSeen ?? lastSeen)) / 1000 }
}
