import AirbyteProtocol
import RocketChatAPI
import TestSupport
import Testing

@testable import JSONBytes
@testable import RocketChatSource

/// What `check` and `discover` say of a token.
struct AccessReportTests {
    /// A server on which the token's roles hold `permissions`; every list is refused.
    private func server(_ permissions: [String], headers: [(String, String)] = []) -> ScriptedTransport {
        let granted = permissions.map { #"{"_id":"\#($0)","roles":["user"]}"# } + [#"{"_id":"x","roles":[]}"#]
        return ScriptedTransport { request, _ in
            let path = request.url.prefix { $0 != "?" }
            if path.hasSuffix("/api/info") { return .json(#"{"version":"7.1","success":true}"#) }
            if path.hasSuffix("/me") {
                let text = #"{"_id":"Us3rOfTheTest0001","username":"ines","roles":["user"],"success":true}"#
                return HTTPResponse(status: 200, headers: HTTPHeaders(headers), body: Array(text.utf8))
            }
            if path.hasSuffix("/permissions.listAll") {
                return .json(#"{"update":[\#(granted.joined(separator: ","))],"success":true}"#)
            }
            return .json(#"{"success":false,"error":"unauthorized"}"#, status: 403)
        }
    }

    @Test func aCheckSaysWhoWhichVersionWhatPaceAndHowManyStreams() async throws {
        let clock = VirtualClock()
        let limits = [
            ("X-RateLimit-Limit", "10"), ("X-RateLimit-Remaining", "9"),
            ("X-RateLimit-Reset", String(clock.now() + 60_000)),
        ]
        let run = try await ConnectorRun.check(server([], headers: limits), clock: clock)
        #expect(run.status == "SUCCEEDED")
        let readable = Catalogue.all.count { stream in
            stream.needs == .nothing && (stream.since ?? ServerVersion(0, 0)) <= ServerVersion(7, 1)
        }
        #expect(
            run.statusText
                == "Connected to Rocket.Chat 7.1 as ines (user): \(readable) of \(Catalogue.all.count) streams can be"
                + " read, and the server allows 10 requests per 60 s on each route (the permission api-bypass-rate-limit would"
                + " lift that).")
        let free = try await ConnectorRun.check(server(["api-bypass-rate-limit"]), clock: VirtualClock())
        #expect(free.statusText.hasSuffix("can be read, and the server does not limit the pace."))
    }

    @Test func whatCannotBeReadIsSaidWithWhatWouldAddIt() async throws {
        for run in [
            try await ConnectorRun.check(server([]), clock: VirtualClock()),
            try await ConnectorRun.discover(server([]), clock: VirtualClock()),
        ] {
            let said = run.logs(.warn)
            for stream in Catalogue.all where stream.needs != .nothing {
                let line = said.first { $0.hasSuffix("the permission \(stream.needs.text) would add that.") }
                #expect(line?.contains(stream.name) == true, "\(stream.name)")
            }
            let permissions = Set(Catalogue.all.map(\.needs)).subtracting([.nothing])
            #expect(said.count == permissions.count, "one line a permission")
            let texts: [String] = run.messages.compactMap { $0["log"]?["message"]?.string }
            #expect(!texts.contains { $0.contains("ines") }, "no names in logs")
        }
        let run = try await ConnectorRun.discover(server([]), clock: VirtualClock())
        let offered = Set(run.catalog.compactMap { $0["name"]?.string })
        for stream in Catalogue.all where stream.needs != .nothing && !Catalogue.official.contains(stream.name) {
            #expect(!offered.contains(stream.name))
        }
    }

    @Test func askingForSuchAStreamSaysSo() async throws {
        let stream = try #require(Catalogue.all.first { $0.needs != .nothing && !$0.isReadInParts })
        let run = try await ConnectorRun.read([stream], server([]), clock: VirtualClock())
        let words =
            "Stream '\(stream.name)' needs the permission \(stream.needs.text), which the token's roles do not hold."
        #expect(run.code == .failed && run.logs(.warn).contains(words))
        #expect(run.errors(of: stream).first?.hasSuffix(words) == true, "\(run.errors())")
        // Of others nothing is said.
        #expect(run.logs(.warn).count { $0.contains("needs the permission") } == 1)
    }
}
