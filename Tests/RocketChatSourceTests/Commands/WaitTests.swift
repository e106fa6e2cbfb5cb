import AirbyteProtocol
import RocketChatAPI
import TestSupport
import Testing

@testable import RocketChatSource

/// Waits and numbers that an answer commands, in `check` and in `read`.
@Suite struct WaitTests {
    private static let limited: [(String, String, String)] = [
        ("Retry-After", "9223372036854775807", "nonsense is no information"),
        ("Retry-After", "-1", "nonsense is no information"),
        ("X-RateLimit-Reset", "9223372036854775807", "nonsense is no information"),
        ("X-RateLimit-Reset", "-9223372036854775808", "nonsense is no information"),
        ("X-RateLimit-Reset", "1795161660", "epoch seconds"),
        ("X-RateLimit-Limit", "-9223372036854775808", "nonsense is no information"),
    ]

    private func transport(_ refusal: HTTPResponse, times: Int) -> ScriptedTransport {
        ScriptedTransport { request, number throws(TransportError) in
            if number < times { return refusal }
            switch Fixture.path(of: request) {
            case "info": return .json(#"{"version":"8.6","success":true}"#)
            case "v1/me": return .json(#"{"_id":"Us3rOfTheTest0001","roles":["user"],"success":true}"#)
            default: return .json(#"{"update":[{"_id":"view-c-room","roles":["user"]}],"remove":[],"success":true}"#)
            }
        }
    }

    private func refusal(_ headers: [(String, String)], wait: Int? = nil) -> HTTPResponse {
        let text = wait.map { "You must wait \($0) seconds before trying this endpoint again." } ?? "Too many requests."
        return .json(
            #"{"success":false,"error":"\#(text) [error-too-many-requests]"}"#, status: 429, headers: headers)
    }

    @Test(arguments: limited)
    func nonsenseIsNoInformation(header: String, value: String, why: String) async throws {
        let clock = VirtualClock()
        let headers = [("X-RateLimit-Limit", "10"), ("X-RateLimit-Remaining", "0"), (header, value)]
        let run = try await ConnectorRun.check(transport(refusal(headers), times: 1), clock: clock)
        #expect(run.status == "SUCCEEDED")
        // A minute, for want of anything better.
        #expect((59_000...70_000).contains(clock.now() - VirtualClock().now()))
    }

    @Test(arguments: [3000, 31_536_000])
    func checkFailsWithTheWaitInItsText(seconds: Int) async throws {
        let clock = VirtualClock()
        let run = try await ConnectorRun.check(transport(refusal([], wait: seconds), times: 1000), clock: clock)
        #expect(run.code == .ok && run.status == "FAILED")
        #expect(clock.now() - VirtualClock().now() <= 180_000)
        #expect(
            run.statusText.contains(" \(seconds)") || run.statusText.contains("\(seconds + 1)"), "\(run.statusText)")
    }

    @Test func checkWaitsForAWindowOfTheDefaultLimiter() async throws {
        let run = try await ConnectorRun.check(transport(refusal([], wait: 60), times: 1), clock: VirtualClock())
        #expect(run.status == "SUCCEEDED")
    }

    @Test func checkEndsWithinThreeMinutesWhateverTheServerDoes() async throws {
        let clock = VirtualClock()
        let run = try await ConnectorRun.check(transport(refusal([]), times: 1000), clock: clock)
        #expect(run.status == "FAILED")
        #expect(clock.now() - VirtualClock().now() <= 180_000)
        #expect(!run.logs(.warn).isEmpty, "the wait is said at once")
    }

    @Test func readGivesUpOnAWaitOfAYear() async throws {
        let clock = VirtualClock()
        let run = try await ConnectorRun.read(
            [rolesStream], transport(refusal([], wait: 31_536_000), times: 1000), clock: clock)
        #expect(run.code == .failed)
        #expect(clock.now() - VirtualClock().now() <= 3_600_000)
        #expect(run.errors().contains { $0.contains("31536") })
    }
}
