import AirbyteProtocol
import JSONBytes
import RocketChatAPI
import Synchronization

/// Says in the log that requests are tried again or wait: a line when trouble begins, and then one in half a minute for all of them,
/// however many requests are held up.
final class TroubleLines: Sendable {
    /// Shortest wait for a rate limit that is worth a line, in ms: a window of the default limiter is a minute.
    private static let longWait: Int64 = 70_000
    /// Time between two lines about one trouble, in ms.
    private static let pause: Int64 = 30_000
    /// After so long (ms) without a failure a new one is a trouble of its own.
    private static let end: Int64 = 90_000

    private struct Trouble {
        var began: Int64
        var told: Int64
        var last: Int64
        var routes: [String: Int] = [:]
    }

    private let writer: MessageWriter
    private let clock: any SyncClock
    private let trouble = Mutex<Trouble?>(nil)

    init(writer: MessageWriter, clock: any SyncClock) {
        self.writer = writer
        self.clock = clock
    }

    /// A request failed and is tried again.
    func isRetried(_ notice: RetryNotice) {
        let next =
            notice.milliseconds.map { "Trying again in \($0) ms." } ?? "Waiting until the rate limit lets it pass."
        let now = clock.now()
        let line = trouble.withLock { trouble -> String? in
            guard var course = trouble, now - course.last < Self.end else {
                trouble = Trouble(began: now, told: now, last: now, routes: [notice.route: 1])
                return "\(notice.error.message) \(next)"
            }
            course.last = now
            course.routes[notice.route, default: 0] += 1
            defer { trouble = course }
            guard now - course.told >= Self.pause else { return nil }
            course.told = now
            let tries = course.routes.values.reduce(0, +)
            let routes = course.routes.keys.sorted().joined(separator: ", ")
            course.routes = [:]
            return "Failing since \(Timestamp.text(course.began)): \(tries) more tries on \(routes). The last one: "
                + "\(notice.error.message) \(next)"
        }
        guard let line else { return }
        // A closed output shows at the next record; a log line is not worth ending the sync for.
        try? writer.log(.warn, line)
    }

    /// A route has to be waited for. Waits of the ordinary pace are told as the state of the streams that they hold up.
    func isWaiting(_ wait: RouteWait) {
        guard wait.milliseconds >= Self.longWait else { return }
        try? writer.log(
            .warn,
            "The server lets calls of \(wait.route) pass again in \((wait.milliseconds + 999) / 1000) s; waiting for that."
        )
    }
}
