import JSONBytes
import RocketChatAPI
import TestSupport
import Testing

/// What is told of each try, for `--debug`.
struct RequestAttemptTests {
    private func attempts(
        _ answers: [Result<HTTPResponse, TransportError>], query: [(String, String)] = []
    ) async throws -> [RequestAttempt] {
        let recorder = Recorder<RequestAttempt>()
        var settings = ClientSettings()
        settings.onAttempt = { recorder.add($0) }
        let scripted = try ScriptedClient(answers, settings: settings)
        _ = try await scripted.read(query: query).get()
        return recorder.all
    }

    private let page = HTTPResponse.json(#"{"messages":[],"success":true}"#)

    @Test("Each try is told with what came, failures and refusals of the rate limit too")
    func tellsEveryTry() async throws {
        let refusal = HTTPResponse.json(
            #"{"success":false,"error":"You must wait 42 seconds before trying this endpoint again. [error-too-many-requests]"}"#,
            status: 429)
        let told = try await attempts([
            .failure(TransportError(.truncated, "the connection ended")), .success(.text("bad gateway", status: 502)),
            .success(refusal), .success(page),
        ])
        #expect(told.map(\.status) == [nil, 502, 429, 200])
        #expect(told.map(\.number) == [1, 2, 3, 4])
        #expect(told.map(\.bytes) == [0, 11, refusal.body.count, page.body.count])
        #expect(told.map(\.route) == Array(repeating: "v1/channels.messages", count: 4))
        #expect(told[0].description == "GET v1/channels.messages: no answer, 0 ms, waited 0 ms, try 1")
    }

    @Test("The wait for the rate limit is told with the try that waited, and no pause between tries is")
    func tellsWaits() async throws {
        let refusal = HTTPResponse.json(
            #"{"success":false,"error":"You must wait 42 seconds before trying this endpoint again. [error-too-many-requests]"}"#,
            status: 429)
        let told = try await attempts([.success(.text("", status: 503)), .success(refusal), .success(page)])
        #expect(told.prefix(2).map(\.waitedMilliseconds) == [0, 0])
        #expect((42_000...43_100).contains(told[2].waitedMilliseconds))
    }

    @Test("How long an answer took is told")
    func tellsTime() async throws {
        let recorder = Recorder<RequestAttempt>()
        var settings = ClientSettings()
        settings.onAttempt = { recorder.add($0) }
        let clock = VirtualClock()
        let transport = ScriptedTransport { _, _ throws(TransportError) in
            do { try await clock.sleep(until: clock.now() + 345) } catch { throw TransportError(.cancelled, "") }
            return .json(#"{"success":true}"#)
        }
        let client = RocketChatClient(
            server: try ServerAddress("https://chat.example.org"),
            credentials: try Credentials(token: "t", userID: "u"), transport: transport, clock: clock,
            settings: settings)
        _ = try await clock.run { try await client.json(APIRequest("v1/x"), read: \.self) }
        #expect(recorder.all.map(\.milliseconds) == [345])
    }

    @Test("Of the parameters only numbers that page are told")
    func keepsParametersToItself() async throws {
        let query = [
            ("roomId", "GENERAL"), ("count", "100"), ("offset", "200"), ("next", "sesame"),
            ("previous", "1732100000000"),
            ("query", #"{"u":"ali"}"#),
        ]
        let told = try await attempts([.success(page)], query: query)
        #expect(
            told.map(\.description) == [
                "GET v1/channels.messages count=100 offset=200 previous=1732100000000: 200, \(page.body.count) bytes, 0 ms, "
                    + "waited 0 ms, try 1"
            ])
    }
}
