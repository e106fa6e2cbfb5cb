/// A sync at one moment, as far as people are shown it: what the screens are made from.
struct SyncPicture: Equatable {
    /// Where a stream stands.
    enum Phase { case waiting, reading, complete, failed }

    /// One stream.
    struct Stream: Equatable {
        /// As people read it.
        var name: String
        /// How far it is.
        var phase = Phase.reading
        /// Records that have come.
        var rows = 0
        /// Records that are expected; nil when nobody knows.
        var total: Int?
        /// The share that is done, from 0 to 1; nil when nobody knows.
        var share: Double?
        /// Bytes that have come.
        var bytes = 0
        /// The time of day up to which the server makes the source wait; nil when it does not.
        var limitedUntil: String?
        /// About how long still, in ms; nil when nobody knows.
        var left: Int64?
    }

    /// In the order in which they were asked for.
    var streams: [Stream] = []
    /// Since the sync began, in ms.
    var elapsed: Int64 = 0
    /// The time of day.
    var timeOfDay = ""
    /// Bytes that have come in a second, lately.
    var bytesPerSecond = 0.0
    /// What is to be said of a server that does not answer; nil while it does.
    var outage: String?

    /// Records of all streams.
    var rows: Int { streams.reduce(0) { $0 + $1.rows } }
    /// Bytes of all streams.
    var bytes: Int { streams.reduce(0) { $0 + $1.bytes } }
    /// Streams that are at their end and fine.
    var complete: Int { streams.count { $0.phase == .complete } }
    /// Streams that have failed.
    var failed: Int { streams.count { $0.phase == .failed } }
    /// About how long all of it takes still, in ms: streams are read side by side. Nil when nobody knows.
    var left: Int64? { unfinished.compactMap(\.left).max() }

    /// The streams that are still to be waited for, the slowest first.
    var unfinished: [Stream] {
        let open = streams.enumerated().filter { $0.element.phase == .reading || $0.element.phase == .waiting }
        return open.sorted { Self.rank($0) < Self.rank($1) }.map(\.element)
    }

    private static func rank(_ place: (offset: Int, element: Stream)) -> (Int64, Int, Int) {
        let stream = place.element
        let interest = stream.limitedUntil != nil ? 0 : stream.phase == .reading ? 1 : 2
        return (-(stream.left ?? 0), interest, place.offset)
    }
}
