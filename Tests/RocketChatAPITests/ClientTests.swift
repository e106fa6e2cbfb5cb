import JSONBytes
import RocketChatAPI
import Synchronization
import TestSupport
import Testing

struct ClientTests {
    private let page = HTTPResponse.json(
        #"{"messages":[{"_id":"a"}],"success":true}"#, headers: [("Date", "Fri, 20 Nov 2026 08:00:00 GMT")])

    @Test("Credentials, query and sub-path are sent as the server wants them")
    func sends() async throws {
        let scripted = try ScriptedClient([.success(page)])
        _ = try await scripted.read(query: [("roomId", "GENERAL"), ("count", "100")]).get()
        let request = try #require(scripted.transport.requests.first)
        #expect(request.url == "https://chat.example.org/team/api/v1/channels.messages?roomId=GENERAL&count=100")
        #expect(request.headers.contains { $0 == ("X-Auth-Token", "sesame") })
        #expect(request.headers.contains { $0 == ("X-User-Id", "ali") })
    }

    @Test("A request without authentication carries no credentials")
    func sendsAnonymously() async throws {
        let scripted = try ScriptedClient([.success(page)])
        _ = try await scripted.read("info", authenticated: false).get()
        #expect(scripted.transport.requests.first?.headers.map(\.0) == ["Accept"])
    }

    @Test("The server's clock is learned from answers")
    func learnsClock() async throws {
        let scripted = try ScriptedClient([.success(page)])
        #expect(!scripted.client.serverClock.isKnown)
        _ = try await scripted.read().get()
        #expect(scripted.client.serverClock.isKnown)
        #expect(scripted.client.serverNow.floor == HTTPDate.milliseconds("Fri, 20 Nov 2026 08:00:00 GMT"))
        #expect(scripted.client.serverNow.ceiling - scripted.client.serverNow.floor == 999)
    }

    @Test("Waits between tries follow the schedule and repeat from the seed")
    func backsOff() async throws {
        var waits: [[Int64]] = []
        for _ in 0..<2 {
            let recorder = Recorder<Int64>()
            var settings = ClientSettings()
            settings.jitterSeed = 7
            settings.onRetry = { recorder.add($0.milliseconds ?? 0) }
            let scripted = try ScriptedClient([.success(.text("", status: 503))], settings: settings)
            _ = try await scripted.read()
            waits.append(recorder.all)
        }
        #expect(waits[0] == waits[1])
        #expect(waits[0].count == 6)
        for (index, wait) in waits[0].enumerated() {
            #expect(((500 << index)...(1000 << index)).contains(Int(wait)))
        }
    }

    @Test("A refusal for the rate limit is waited out and does not count as a failure")
    func obeysRateLimit() async throws {
        let refusal = HTTPResponse.json(
            #"{"success":false,"error":"Error, too many requests. Please slow down. You must wait 42 seconds before trying this endpoint again. [error-too-many-requests]"}"#,
            status: 429)
        let waits = Recorder<RouteWait>()
        var settings = ClientSettings()
        settings.maximumAttempts = 1
        settings.onWait = { waits.add($0) }
        let scripted = try ScriptedClient([.success(refusal), .success(refusal), .success(page)], settings: settings)
        #expect(try await scripted.read().get() == 1)
        #expect((84_000...84_100).contains(scripted.elapsed))
        #expect(waits.all.count == 2)
        #expect(scripted.client.statistics.rateLimited == 2)
    }

    @Test("A route that refuses for ever is given up", arguments: [429, 400])
    func givesUp(status: Int) async throws {
        let body = #"{"success":false,"error":"Slow down [error-too-many-requests]"}"#
        let scripted = try ScriptedClient([.success(.json(body, status: status))])
        #expect(try await scripted.read().error?.kind == .transient)
        #expect(scripted.transport.requests.count == 10)
    }

    @Test("Small answers are decoded after the same checks")
    func decodes() async throws {
        let scripted = try ScriptedClient([
            .success(.json(#"{"success":false}"#)), .success(.json(#"{"version":"8.6.1""#)),
            .success(.json(#"{"version":7,"success":true}"#)), .success(.json(#"{"version":"8.6.1","success":true}"#)),
        ])
        let client = scripted.client
        let version = try await scripted.clock.run {
            try await client.json(APIRequest("v1/x"), read: { $0["version"]?.string })
        }
        #expect(version == "8.6.1")
        #expect(scripted.transport.requests.count == 4)
    }

    @Test("A bare array is accepted where the request says so")
    func acceptsBareArray() async throws {
        let scripted = try ScriptedClient([.success(.json(#"["a","b"]"#))])
        let client = scripted.client
        let request = APIRequest("v1/listInvites", requiresSuccess: false)
        let names = try await scripted.clock.run { try await client.json(request, read: \.array) }
        #expect(names == [.string("a"), .string("b")])
        let scanner = PageScanner(PageFormat(list: [], of: RecordShape()))
        let page = try await scripted.clock.run { try await client.page(request, scanner: scanner) }
        #expect(page.page.count() == 2)
    }

    @Test("A limit of the body is handed to the transport")
    func limitsBodies() async throws {
        let scripted = try ScriptedClient([.success(page)])
        let client = scripted.client
        let request = APIRequest("v1/x", maximumBodyBytes: 1000, requiresSuccess: false)
        _ = try await scripted.clock.run { try await client.json(request, read: \.self) }
        #expect(scripted.transport.requests.first?.maximumBodyBytes == 1000)
    }

    @Test("A cancelled wait ends at once and takes no slot with it", arguments: [0, 1])
    func cancelsWaits(which: Int) async throws {
        let exhausted = HTTPResponse.json(
            #"{"messages":[],"success":true}"#,
            headers: [
                ("X-RateLimit-Limit", "1"), ("X-RateLimit-Remaining", "0"),
                ("X-RateLimit-Reset", "\(VirtualClock().now() + 60_000)"),
            ])
        let answer = which == 0 ? exhausted : HTTPResponse.text("", status: 503)
        var settings = ClientSettings()
        settings.maximumConcurrency = 1
        let scripted = try ScriptedClient([.success(answer)], settings: settings)
        let client = scripted.client
        let clock = scripted.clock
        let error = try await clock.run {
            if which == 0 { _ = try await client.json(APIRequest("v1/x"), read: \.self) }
            let task = Task(executorPreference: clock.executor) { () -> APIError? in
                do throws(APIError) {
                    _ = try await client.json(APIRequest("v1/x"), read: \.self)
                    return nil
                } catch {
                    return error
                }
            }
            for _ in 0..<20 { await Task.yield() }
            task.cancel()
            return await task.value
        }
        #expect(error?.kind == .cancelled)
        #expect(scripted.elapsed == 0)
    }
}
