import AirbyteProtocol

/// What the source has said beforehand, of all streams, and when people are told.
///
/// Streams are read side by side and their forecasts come one after the other within a second or two: they are gathered, so
/// that there is one line and not thirty.
struct Forecasts {
    /// Time without a new one after which they are told, in ms.
    private static let pause: Int64 = 1000
    /// Most streams named in the line.
    private static let mostNames = 8

    /// By stream, the newest of each figure.
    private(set) var streams: [StreamKey: StreamForecast] = [:]
    /// In the order in which they came.
    private var untold: [StreamKey] = []
    private var told: Set<StreamKey> = []
    private var lastAt: Int64 = 0

    /// Nothing heard yet.
    init() {}

    /// Takes over what is new in `forecast`.
    mutating func hear(_ forecast: StreamForecast, now: Int64) {
        var known = streams[forecast.stream] ?? StreamForecast(forecast.stream)
        known.rows = forecast.rows ?? known.rows
        known.bytes = forecast.bytes ?? known.bytes
        known.requests = forecast.requests ?? known.requests
        known.duration = forecast.duration ?? known.duration
        known.advice = forecast.advice ?? known.advice
        if let parts = forecast.parts { known.parts = .init(done: parts.done, all: parts.all, at: now) }
        streams[forecast.stream] = known
        guard forecast.rows != nil || forecast.bytes != nil || forecast.requests != nil,
            told.insert(forecast.stream).inserted
        else { return }
        untold.append(forecast.stream)
        lastAt = now
    }

    /// What is to be told now, in one line; nil while more may come, and when all has been told. At the end of a run,
    /// `isOver`, nothing more comes.
    mutating func line(now: Int64, isOver: Bool = false) -> String? {
        guard !untold.isEmpty, isOver || now - lastAt >= Self.pause else { return nil }
        let fresh = untold.compactMap { streams[$0] }
            .sorted {
                ($1.duration ?? 0, $1.rows ?? 0, $1.requests ?? 0) < ($0.duration ?? 0, $0.rows ?? 0, $0.requests ?? 0)
            }
        untold = []
        return Self.sentence(fresh)
    }

    /// The slowest first: `forecast: about 2 min: messages 1 307 rows in 24 requests, 2 min; files 24 requests, 2 min.`
    static func sentence(_ forecasts: [StreamForecast]) -> String {
        // Side by side, the slowest tells how long all of them take.
        let pace = forecasts.contains { $0.requests != nil } ? "no rate limit slows it down: " : ""
        let whole = forecasts.compactMap(\.duration).max().map { "about \(Amount.time($0)): " } ?? pace
        let names = forecasts.prefix(mostNames).map { "\($0.stream) \(amount($0))" }
        let more = forecasts.count - names.count
        let rest = more > 0 ? "; \(Amount.count(more, "more stream"))" : ""
        var advice: [String] = []
        for sentence in forecasts.compactMap(\.advice) where !advice.contains(sentence) { advice.append(sentence) }
        return (["forecast: \(whole)\(names.joined(separator: "; "))\(rest)."] + advice).joined(separator: " ")
    }

    private static func amount(_ forecast: StreamForecast) -> String {
        let rows = forecast.rows.map { Amount.count($0, "row") } ?? forecast.bytes.map(Amount.size)
        let requests = forecast.requests.map { Amount.count($0, "request") }
        let load = [rows, requests].compactMap(\.self).joined(separator: " in ")
        return [load, forecast.duration.map(Amount.time)].compactMap(\.self).joined(separator: ", ")
    }
}
