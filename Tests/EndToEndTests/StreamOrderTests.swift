import RocketChatSandbox
import Testing

/// Rules 5, 7 to 10 and 22, and §2.10 of the contract: statuses, states and errors of a stream, and their order.
@Suite(.timeLimit(.minutes(10))) struct StreamOrderTests {
    @Test func rule10EveryStreamIsStartedRunningAndComplete() async throws {
        let whole = try await WholeRead.shared
        for stream in whole.streams {
            let statuses = whole.read.statuses(of: stream)
            #expect(statuses.first == "STARTED" && statuses.last == "COMPLETE", "\(stream): \(statuses)")
            #expect(Set(statuses.dropFirst().dropLast()) == ["RUNNING"], "\(stream): \(statuses)")
        }
    }

    @Test func rule9CompleteComesBehindTheLastRecordAndTheLastStateBehindComplete() async throws {
        let whole = try await WholeRead.shared
        for stream in whole.streams {
            let story = whole.read.story(of: stream)
            #expect(story.prefix(2) == ["STARTED", "RUNNING"], "\(stream)")
            #expect(story.suffix(2) == ["COMPLETE", "STATE"], "\(stream)")
        }
    }

    @Test(arguments: ["incremental", "full_refresh"])
    func rules9And10HoldForEmptyStreams(mode: String) async throws {
        let stage = try Stage { $0.omnichannel = false }
        let empty = ["livechat_rooms", "livechat_messages", "livechat_visitors", "livechat_departments"]
        let run = try await stage.read(empty, mode: mode)
        #expect(run.code == 0)
        for stream in empty {
            #expect(run.story(of: stream) == ["STARTED", "RUNNING", "COMPLETE", "STATE"])
            #expect(run.states(of: stream).first?[["sourceStats", "recordCount"]] == .number("0.0"))
        }
    }

    @Test func rule8StatesAreOfTypeStreamAndCountTheRecordsBeforeThem() async throws {
        let whole = try await WholeRead.shared
        var sinceState: [String: Int] = [:]
        for message in whole.read.messages {
            if let stream = message[["record", "stream"]]?.text { sinceState[stream, default: 0] += 1 }
            guard let state = message["state"] else { continue }
            #expect(state.members?.map(\.name) == ["type", "stream", "sourceStats"], "no id, no data")
            #expect(state["type"]?.text == "STREAM")
            let stream = try #require(state[["stream", "stream_descriptor", "name"]]?.text)
            #expect(state[["stream", "stream_descriptor"]]?.members?.count == 1, "no namespace")
            #expect(state[["stream", "stream_state"]]?.members != nil, "\(stream)")
            #expect(state[["sourceStats", "recordCount"]] == .number("\(sinceState[stream] ?? 0).0"), "\(stream)")
            sinceState[stream] = 0
        }
        #expect(sinceState.values.allSatisfy { $0 == 0 })
    }

    @Test func rules5And7OneStreamThatFailsLeavesTheOthersComplete() async throws {
        let stage = try Stage()
        stage.sandbox.inject(Fault(.forbidden, route: "users.list", count: nil))
        let good = ["channels", "messages", "roles", "teams"]
        let run = try await stage.read(["users"] + good)
        #expect(run.code == 1)
        #expect(run.story(of: "users").suffix(2) == ["ERROR", "INCOMPLETE"])
        #expect(run.errors(of: "users").first?["failure_type"]?.text == "config_error")
        for stream in good { #expect(run.story(of: stream).suffix(2) == ["COMPLETE", "STATE"], "\(stream)") }
        let last = try #require(run.messages.last { $0["type"]?.text == "TRACE" })
        #expect(last[["trace", "error"]] != nil && last[["trace", "error", "stream_descriptor"]] == nil)
    }

    @Test func rule22AWaitForTheServerIsToldAsRateLimited() async throws {
        let stage = try Stage()
        stage.sandbox.inject(Fault(.rateLimited(milliseconds: 1500), route: "users.list"))
        let run = try await stage.read(["users"])
        #expect(run.code == 0)
        let reasons = run.payloads("TRACE", "trace").compactMap { $0["stream_status"] }
            .filter { $0["status"]?.text == "RUNNING" }.compactMap { $0["reasons"]?.elements?.first }
        #expect(reasons.first?["type"]?.text == "RATE_LIMITED")
        #expect(reasons.first?[["rate_limited", "quota_reset"]]?.isInteger == true)
    }
}
