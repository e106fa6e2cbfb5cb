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
    private let parts: Int
    private let writer: MessageWriter
    private let clock: any SyncClock
    private let course: Mutex<Course>

    /// Tells the forecast of `stream`, which has so many parts that are asked for at this pace.
    init(
        _ stream: String, parts: Int, forecast: Forecast, pace: Forecast.Pace?, writer: MessageWriter,
        clock: any SyncClock
    ) throws(ReadError) {
        self.stream = stream
        self.parts = parts
        self.writer = writer
        self.clock = clock
        let now = clock.now()
        course = Mutex(Course(started: now, told: now))
        do throws(OutputError) {
            try writer.log(.info, forecast.sentence(stream: stream, pace: pace))
            if let rows = forecast.rows { try writer.estimate(stream: stream, rows: rows, bytes: nil) }
        } catch { throw .output(error) }
    }

    /// Counts one part as done; says so when it is time for a line.
    func advance() throws(ReadError) {
        let now = clock.now()
        let line = course.withLock { course -> String? in
            course.done += 1
            guard now - course.told >= Self.pause, course.done < parts else { return nil }
            course.told = now
            let left = (now - course.started) / Int64(course.done) * Int64(parts - course.done)
            return "Stream '\(stream)': \(course.done) of \(parts) parts read, about \(Forecast.text(left)) to go."
        }
        guard let line else { return }
        do throws(OutputError) { try writer.log(.info, line) } catch { throw .output(error) }
    }
}
