import RocketChatSandbox
import Testing

/// A server or a proxy that answers wrongly never makes a sync that misses rows and ends with 0 (rules 5 and 7).
@Suite(.timeLimit(.minutes(10))) struct FaultTests {
    /// Everything that passes: each strikes one request of the stream.
    @Test(
        arguments: [
            .empty, .unsuccessful, .brokenJSON, .truncated(after: 100), .dropped, .internalError, .badGateway,
            .unavailable,
            .webPage, .rateLimited(milliseconds: 300), .slow(milliseconds: 300), .restart(milliseconds: 300),
        ] as [Fault.Kind])
    func aFaultThatPassesCostsNoRow(kind: Fault.Kind) async throws {
        let stage = try Stage()
        let admin = stage.sandbox.accounts.admin
        stage.sandbox.inject(Fault(kind, route: "users.list"))
        stage.sandbox.inject(Fault(kind, route: "chat.syncMessages", skip: 2))
        let run = try await stage.read(["users", "messages"])
        #expect(run.code == 0, "\(run.errors())")
        #expect(Set(run.ids(of: "users")) == Set(stage.sandbox.truth(.users, for: admin).keys))
        #expect(Set(run.ids(of: "messages")) == Set(stage.sandbox.truth(.messages, for: admin).keys))
        for stream in ["users", "messages"] { #expect(run.story(of: stream).suffix(2) == ["COMPLETE", "STATE"]) }
    }

    /// Streams, the routes they are read by, and what these answer for ever.
    private static let permanent: [(stream: String, route: String, kind: Fault.Kind)] = [
        ("users", "users.list", .empty), ("teams", "teams.listAll", .unsuccessful),
        ("subscriptions", "subscriptions.get", .brokenJSON),
        ("permissions", "permissions.listAll", .truncated(after: 9)),
        ("custom_emojis", "emoji-custom.list", .dropped), ("integrations", "integrations.list", .badGateway),
        ("invites", "listInvites", .webPage),
    ]

    /// Seven tries of each request take 31 to 63 s, whatever their number; nothing but waiting goes on meanwhile.
    @Test func aFaultThatStaysIsAnIncompleteStreamAndTheOthersAreComplete() async throws {
        let stage = try Stage()
        let admin = stage.sandbox.accounts.admin
        for (_, route, kind) in Self.permanent {
            // The connector's first question about permissions is not the stream's.
            stage.sandbox.inject(Fault(kind, route: route, skip: route == "permissions.listAll" ? 1 : 0, count: nil))
        }
        let room = try #require(
            stage.sandbox.readableRooms(for: admin).first { !stage.sandbox.messages(in: $0).isEmpty })
        let lost = Set(stage.sandbox.messages(in: room))
        stage.sandbox.inject(Fault(.internalError, route: "chat.syncMessages", queryContains: room, count: nil))
        let broken = Self.permanent.map(\.stream) + ["messages"]
        let run = try await stage.read(broken + ["channels", "roles"])

        #expect(run.code == 1)
        for stream in broken {
            #expect(run.story(of: stream).suffix(2) == ["ERROR", "INCOMPLETE"], "\(stream)")
            if stream != "messages" { #expect(run.records(of: stream).isEmpty, "\(stream)") }
        }
        for stream in ["channels", "roles"] {
            #expect(run.story(of: stream).suffix(2) == ["COMPLETE", "STATE"], "\(stream)")
        }
        let truth = Set(stage.sandbox.truth(.messages, for: admin).keys)
        #expect(Set(run.ids(of: "messages")) == truth.subtracting(lost), "one room that fails costs no other one")

        // The next sync goes on from the last state and brings what is missing.
        stage.sandbox.clearFaults()
        let state = run.text.split(separator: "\n").last { $0.contains(#""name":"messages"},"stream_state""#) }
        let next = try await stage.read(["messages"], state: String(try #require(state)))
        #expect(next.code == 0)
        #expect(Set(next.ids(of: "messages")).isSuperset(of: lost.intersection(truth)))
    }

    @Test func aTokenThatIsRevokedInTheMiddleEndsTheRunAsConfigurationError() async throws {
        let stage = try Stage()
        // On every route: a 401 of one while the others take the token is a trouble that passes.
        stage.sandbox.inject(Fault(.unauthorized, skip: 12, count: nil))
        let run = try await stage.read(["messages", "channels"])
        #expect(run.code == 1)
        #expect(run.errors(of: "messages").first?["failure_type"]?.text == "config_error")
        #expect(run.statuses(of: "messages").last == "INCOMPLETE")
    }

    @Test(
        arguments: ["info", "me", "permissions.listAll"],
        [.empty, .unsuccessful, .brokenJSON, .webPage] as [Fault.Kind])
    func aFirstQuestionWithoutAnAnswerEndsDiscoverWithOneAndFailsTheCheck(route: String, kind: Fault.Kind) async throws
    {
        let stage = try Stage()
        stage.sandbox.inject(Fault(kind, route: route, count: nil))
        let config = try stage.config()
        let discover = try await Run.connector(["discover", "--config", config])
        #expect(discover.code == 1)
        #expect(discover.catalog.isEmpty && discover.errors().count == 1)
        let check = try await Run.connector(["check", "--config", config])
        #expect(check.code == 0)
        #expect(check.status?["status"]?.text == "FAILED")
    }

    @Test func aTokenThatTheServerSlowsDownGetsEverythingAllTheSame() async throws {
        let stage = try Stage { $0.limit = RateLimit(calls: 6, interval: 1000) }
        let user = stage.sandbox.accounts.user
        let config = try stage.config(token: user.token, user: user.userID)
        let words = ["read", "--config", config, "--catalog", try stage.catalog(["messages", "channels"])]
        let run = try await Run.connector(words)
        #expect(run.code == 0)
        #expect(Set(run.ids(of: "messages")) == Set(stage.sandbox.truth(.messages, for: user).keys))
        // The pace is learnt from the first answer, so refusals are the exception.
        #expect(stage.sandbox.requestLog.count { $0.status == 429 } <= 1)
    }

    @Test func oneRequestAtATimeIsEnoughForAllStreams() async throws {
        let stage = try Stage()
        let streams = try await WholeRead.shared.streams
        let run = try await stage.read(streams, more: #""concurrency":1"#)
        #expect(run.code == 0)
        for stream in streams { #expect(run.statuses(of: stream).last == "COMPLETE", "\(stream)") }
    }
}
