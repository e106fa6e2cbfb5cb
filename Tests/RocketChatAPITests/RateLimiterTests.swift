import RocketChatAPI
import Synchronization
import TestSupport
import Testing

/// The client against a model of the server's limiter, in virtual time.
struct RateLimiterTests {
    /// What one run of many calls came to.
    private struct Run {
        var order: [Int] = []
        var milliseconds: Int64 = 0
        var refusals = 0
        var waits: [RouteWait] = []
        var statistics = ClientStatistics()
    }

    private struct Setting: Sendable {
        var calls = 55
        var limit = 10
        var interval: Int64 = 60_000
        var skew: Int64 = 0
        var phase: Int64 = 0
        var roundTrip: Int64 = 40
        var routes = 1
        var bypasses = false
        var writesDate = true
        var dateSkew: Int64 = 0
        var foreignCalls = 0
    }

    private func pace(_ setting: Setting) async throws -> Run {
        let clock = VirtualClock(now: 1_795_161_600_000 + setting.phase)
        let limiter = LimiterModel(limit: setting.limit, interval: setting.interval)
        let transport = ScriptedTransport { request, number throws(TransportError) in
            // Requests take their time on the way there and back, each a little different.
            let half = setting.roundTrip / 2 + Int64(number * 7 % 11)
            do { try await clock.sleep(until: clock.now() + half) } catch { throw TransportError(.cancelled, "") }
            let route = String(request.url.split(separator: "/").last ?? "")
            var answer = limiter.answer(route, at: clock.now() + setting.skew)
            if number < setting.foreignCalls { _ = limiter.answer(route, at: clock.now() + setting.skew) }
            if !setting.writesDate || setting.dateSkew != 0 {
                let names = ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"]
                var fields = names.map { ($0, answer.headers[$0] ?? "") }
                if setting.writesDate {
                    fields.append(("Date", HTTPDate.text(clock.now() + setting.skew + setting.dateSkew)))
                }
                answer.headers = HTTPHeaders(fields)
            }
            do { try await clock.sleep(until: clock.now() + half) } catch { throw TransportError(.cancelled, "") }
            return answer
        }
        let waits = Mutex<[RouteWait]>([])
        var settings = ClientSettings()
        settings.onWait = { wait in waits.withLock { $0.append(wait) } }
        let client = RocketChatClient(
            server: try ServerAddress("https://chat.example.org"),
            credentials: try Credentials(token: "t", userID: "u"), transport: transport, clock: clock,
            settings: settings)
        client.bypassesRateLimit = setting.bypasses
        let start = clock.now()
        let order = try await clock.run {
            try await withThrowingTaskGroup(of: Int.self) { group in
                for call in 0..<setting.calls {
                    group.addTask {
                        _ = try await client.json(APIRequest("v1/route\(call % setting.routes)"), read: \.self)
                        return call
                    }
                }
                var order: [Int] = []
                for try await call in group { order.append(call) }
                return order
            }
        }
        return Run(
            order: order, milliseconds: clock.now() - start, refusals: limiter.refusals,
            waits: waits.withLock { $0 }, statistics: client.statistics)
    }

    @Test(
        "No 429 is provoked and hardly any time is lost, however the clocks differ",
        arguments: [0, 1, 423, -999, 86_400_500, -3_600_123] as [Int64], [0, 250, 777] as [Int64])
    func paces(skew: Int64, phase: Int64) async throws {
        let run = try await pace(Setting(skew: skew, phase: phase))
        #expect(run.refusals == 0)
        // 55 calls at 10 per window: the sixth window opens five intervals after the first.
        #expect(run.milliseconds >= 5 * 60_000)
        #expect(Double(run.milliseconds) <= 5 * 60_000 * 1.03)
        #expect(run.statistics.requests == 55)
    }

    @Test("The limits of other routes and lengths are learned", arguments: [(3, 1000), (20, 10_000), (100, 100_000)])
    func learnsLimits(limit: Int, interval: Int64) async throws {
        let run = try await pace(Setting(calls: limit * 4, limit: limit, interval: interval, skew: 400))
        #expect(run.refusals == 0)
        #expect(run.milliseconds < 3 * interval + 3000)
    }

    @Test("Routes do not wait for one another")
    func interleavesRoutes() async throws {
        let run = try await pace(Setting(calls: 100, routes: 10))
        #expect(run.refusals == 0)
        #expect(run.milliseconds < 3000)
        #expect(run.waits.isEmpty)
    }

    @Test("Calls of one route go in the order in which they were asked for")
    func isFair() async throws {
        let run = try await pace(Setting(calls: 40, roundTrip: 0))
        for (position, call) in run.order.enumerated() { #expect(abs(position - call) <= 10) }
    }

    @Test("Each wait is told once")
    func tellsWaits() async throws {
        let run = try await pace(Setting(calls: 35))
        #expect(run.waits.count == 3)
        #expect(run.waits.allSatisfy { $0.route == "v1/route0" && (50_000...61_100).contains($0.milliseconds) })
        #expect(Set(run.waits.map(\.until)).count == 3)
        let waited = try #require(run.statistics.routes["v1/route0"]).waitedMilliseconds
        #expect((170_000...183_000).contains(waited))
    }

    @Test("Another client behind the same address costs time but no storm of refusals")
    func sharesAddress() async throws {
        let run = try await pace(Setting(calls: 40, foreignCalls: 1000))
        #expect(run.statistics.rateLimited <= 12)
        #expect(run.order.count == 40)
        #expect(run.milliseconds < 9 * 61_000)
    }

    @Test(
        "A proxy that writes Date by a clock of its own is seen through after the first refusal",
        arguments: [
            5000, -5000, 1500,
        ] as [Int64])
    func distrustsForeignDates(dateSkew: Int64) async throws {
        let run = try await pace(Setting(calls: 55, dateSkew: dateSkew))
        #expect(run.refusals <= 10)
        #expect(run.milliseconds < 5 * 66_500)
    }

    @Test("Without Date headers the limiter's own reset is enough")
    func worksWithoutDates() async throws {
        let run = try await pace(Setting(calls: 35, writesDate: false))
        #expect(run.refusals == 0)
        #expect(run.milliseconds < 3 * 61_000)
    }

    @Test("With the bypass permission only concurrency bounds the calls")
    func runsFree() async throws {
        let run = try await pace(Setting(calls: 100, limit: 1000, bypasses: true))
        #expect(run.milliseconds < 100 / 8 * 80)
    }
}
