import AirbyteProtocol
import RocketChatAPI
import Synchronization

/// Tells how far a stream of many parts (rooms, teams) has come: a forecast at the start, then a line a minute.
final class Progress: Sendable {
    /// Time between two progress lines, in ms.
    private static let pause: Int64 = 60_000

    private struct Course {
        var done = 0
        let started: Int64
        var told: Int64
    }

    private let stream: String
    private let route: String
    private let parts: Int
    private let forecast: Forecast
    private let context: SyncContext
    private let course: Mutex<Course>

    /// Tells the forecast of `stream`, whose `parts` are asked on `route`.
    /// - Throws: `ReadError.output`.
    init(_ stream: String, route: String, parts: Int, forecast: Forecast, context: SyncContext) throws(ReadError) {
        self.stream = stream
        self.route = route
        self.parts = parts
        self.forecast = forecast
        self.context = context
        let now = context.clock.now()
        course = Mutex(Course(started: now, told: now))
        do throws(OutputError) {
            try context.writer.log(.info, forecast.sentence(stream: stream, pace: context.pace(of: route)))
            if let rows = forecast.rows { try context.writer.estimate(stream: stream, rows: rows, bytes: nil) }
        } catch { throw .output(error) }
    }

    /// Counts one part as done; says so when it is time for a line.
    /// - Throws: `ReadError.output`.
    func advance() throws(ReadError) {
        let now = context.clock.now()
        let line = course.withLock { course -> String? in
            course.done += 1
            guard now - course.told >= Self.pause, course.done < parts else { return nil }
            course.told = now
            let left = (now - course.started) / Int64(course.done) * Int64(parts - course.done)
            return "Stream '\(stream)': \(course.done) of \(parts) parts read, about \(Forecast.text(left)) to go."
        }
        guard let line else { return }
        do throws(OutputError) { try context.writer.log(.info, line) } catch { throw .output(error) }
    }
}

extension SyncContext {
    /// The pace that the server allows on `route`: what it said there, or else on the routes asked so far, since all routes
    /// have one default limit (rocket-chat-api.md §2). Nil when nothing limits this token.
    func pace(of route: String) -> Forecast.Pace? {
        guard !client.bypassesRateLimit else { return nil }
        let routes = client.statistics.routes
        let told = [routes[route]].compactMap { $0 } + routes.values
        return told.lazy.compactMap { statistics in
            statistics.limit.map { Forecast.Pace(limit: $0, interval: statistics.interval ?? 60_000) }
        }.first
    }
}
