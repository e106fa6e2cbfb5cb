import RocketChatAPI
import TestSupport
import Testing

/// What each failure of the server means, by status and body.
struct ClassificationTests {
    /// One answer and what is to come of it.
    struct Case: Sendable, CustomTestStringConvertible {
        var answer: HTTPResponse
        var kind: APIError.Kind
        var path = "v1/channels.messages"
        var code: String?
        var tries = 1

        var testDescription: String { "\(answer.status) \(String(decoding: answer.body.prefix(80), as: UTF8.self))" }
    }

    private static func refusal(_ code: String) -> HTTPResponse {
        .json(#"{"success":false,"error":"Some text [\#(code)]","errorType":"\#(code)","details":{}}"#, status: 400)
    }

    private static let lasting: [Case] = [
        // 401: the credentials, in all its shapes, except for two routes of 8.x.
        Case(
            answer: .json(#"{"status":"error","message":"You must be logged in to do this."}"#, status: 401),
            kind: .configuration),
        Case(
            answer: .json(
                #"{"success":false,"error":"You must be logged in to do this.","status":"error"}"#, status: 401),
            kind: .configuration),
        Case(
            answer: .json(#"{"success":false,"error":"unauthorized"}"#, status: 401), kind: .refused,
            path: "v1/rooms.membersOrderedByRole"),
        Case(
            answer: .json(#"{"success":false,"error":"unauthorized"}"#, status: 401), kind: .refused,
            path: "v1/rooms.bannedUsers"),
        Case(
            answer: .json(#"{"success":false,"error":"You must be logged in to do this."}"#, status: 401),
            kind: .configuration, path: "v1/rooms.bannedUsers"),
        // 403.
        Case(
            answer: .json(
                #"{"success":false,"error":"User does not have the permissions required for this action [error-unauthorized]"}"#,
                status: 403), kind: .refused, code: "error-unauthorized"),
        Case(answer: .json(#"{"success":false,"error":"unauthorized"}"#, status: 403), kind: .refused),
        // 400 with a code, with a bare text, with nothing.
        Case(answer: refusal("error-room-not-found"), kind: .refused, code: "error-room-not-found"),
        Case(answer: refusal("error-room-archived"), kind: .refused, code: "error-room-archived"),
        Case(answer: refusal("error-not-allowed"), kind: .refused, code: "error-not-allowed"),
        Case(answer: refusal("error-endpoint-disabled"), kind: .refused, code: "error-endpoint-disabled"),
        Case(
            answer: .json(#"{"success":false,"error":"[not_authorized]"}"#, status: 400), kind: .refused,
            code: "not_authorized"),
        Case(answer: .json(#"{"success":false,"error":"error-not-allowed"}"#, status: 400), kind: .refused),
        Case(answer: .json(#"{"success":false,"error":"error-not-authorized"}"#, status: 400), kind: .refused),
        Case(answer: .json(#"{"success":false,"error":"user-not-on-private-team"}"#, status: 400), kind: .refused),
        Case(
            answer: .json(#"{"success":false,"error":"not-allowed","errorType":"Not Allowed"}"#, status: 400),
            kind: .refused, code: "Not Allowed"),
        Case(answer: .json(#"{"success":false}"#, status: 400), kind: .refused),
        // 400 about the form of the request.
        Case(
            answer: .json(
                #"{"success":false,"errorType":"error-invalid-params","error":"must NOT have additional properties"}"#,
                status: 400), kind: .invalidRequest, code: "error-invalid-params"),
        Case(
            answer: .json(
                #"{"success":false,"error":"must NOT have additional properties [invalid-params]","errorType":"invalid-params"}"#,
                status: 400), kind: .invalidRequest, code: "invalid-params"),
        Case(
            answer: refusal("invalid-params"), kind: .refused, path: "v1/video-conference.list", code: "invalid-params"),
        Case(
            answer: .json(#"{"success":false,"error":"invalid-params"}"#, status: 400), kind: .refused,
            path: "v1/video-conference.list"),
        Case(
            answer: refusal("error-lastUpdate-param-not-provided"), kind: .invalidRequest,
            code: "error-lastUpdate-param-not-provided"),
        Case(answer: refusal("error-invalid-sort"), kind: .invalidRequest, code: "error-invalid-sort"),
        Case(
            answer: .json(#"{"success":false,"error":"Invalid query parameters"}"#, status: 400), kind: .invalidRequest),
        Case(answer: .json(#"{"success":false,"error":"Invalid Date"}"#, status: 400), kind: .invalidRequest),
        // 404 and 405.
        Case(answer: .json(#"{"success":false,"error":"Resource not found"}"#, status: 404), kind: .refused),
        Case(answer: .text("404 Not Found", status: 404), kind: .unavailable, tries: 2),
        Case(answer: .page(title: "404", status: 404), kind: .unavailable, tries: 2),
        Case(
            answer: .json(#"{"status":"error","message":"API endpoint does not exist"}"#, status: 405),
            kind: .unavailable),
        Case(answer: .page(title: "Rocket.Chat"), kind: .unavailable, tries: 2),
        Case(answer: .text("", status: 404), kind: .refused, path: "v1/groups.info.ufsroom"),
        // The root of the API.
        Case(answer: .page(title: "Sign in"), kind: .configuration, path: "info", tries: 2),
        Case(answer: .text("404 Not Found", status: 404), kind: .configuration, path: "info", tries: 2),
        Case(answer: .json(#"{"hello":"world"}"#), kind: .configuration, path: "info", tries: 2),
        Case(answer: .json("[1]"), kind: .configuration, path: "info", tries: 2),
        Case(answer: .page(title: "Denied", status: 403), kind: .configuration, path: "info", tries: 2),
        Case(answer: .page(title: "Proxy login", status: 407), kind: .configuration),
    ]

    private static let passing: [Case] = [
        Case(
            answer: .json(#"{"success":false,"error":"PlanExecutor error during aggregation"}"#, status: 400),
            kind: .transient, tries: 2),
        Case(answer: .text("Internal Server Error", status: 500), kind: .transient, tries: 7),
        Case(answer: .page(title: "502 Bad Gateway", status: 502), kind: .transient, tries: 7),
        Case(answer: .page(title: "Attention required", status: 403), kind: .transient, tries: 7),
        Case(answer: .text("", status: 503), kind: .transient, tries: 7),
        Case(answer: .text("", status: 408), kind: .transient, tries: 7),
        Case(
            answer: .json(#"{"success":false,"message":"Apps are loading"}"#, status: 202), kind: .transient, tries: 7),
        Case(answer: .text("", status: 200), kind: .transient, tries: 7),
        Case(answer: .text("OK", status: 200), kind: .transient, tries: 7),
        Case(answer: .json(#"{"messages":[{"_id":"a"}"#), kind: .transient, tries: 7),
        Case(answer: .json(#"{"messages":[{"_id":"a"}]}"#), kind: .transient, tries: 7),
        Case(answer: .json(#"{"messages":[],"success":"true"}"#), kind: .transient, tries: 7),
        Case(answer: .json(#"{"success":false,"error":"boom"}"#), kind: .transient, tries: 7),
        Case(answer: .json(#"{"success":true,"messages":[]}"#, status: 206), kind: .transient, tries: 7),
    ]

    @Test("A failure has its meaning, and is repeated only where that helps", arguments: lasting + passing)
    func classifies(example: Case) async throws {
        let scripted = try ScriptedClient([.success(example.answer)])
        let error = try #require(try await scripted.read(example.path).error)
        #expect(error.kind == example.kind, "\(error)")
        #expect(error.errorType == example.code)
        #expect(scripted.transport.requests.count == example.tries)
        #expect(error.message.contains(example.path == "info" ? "/api/info" : example.path))
        #expect(!error.message.contains("<"))
    }

    @Test("A passing failure is survived", arguments: passing)
    func survives(example: Case) async throws {
        let page = HTTPResponse.json(#"{"messages":[{"_id":"a"},{"_id":"b"}],"success":true}"#)
        let scripted = try ScriptedClient([.success(example.answer), .success(page)])
        #expect(try await scripted.read().get() == 2)
        #expect((500...1000).contains(scripted.elapsed))
        #expect(scripted.client.statistics.routes["v1/channels.messages"]?.retries == 1)
    }

    @Test(
        "A route that has worked before is not missing, whatever a proxy says meanwhile",
        arguments: [
            HTTPResponse.page(title: "Maintenance"), .text("404 Not Found", status: 404),
        ])
    func trustsKnownRoutes(answer: HTTPResponse) async throws {
        let page = HTTPResponse.json(#"{"messages":[],"success":true}"#)
        let scripted = try ScriptedClient([.success(page), .success(answer)])
        #expect(try await scripted.read().get() == 0)
        #expect(try await scripted.read().error?.kind == .transient)
        #expect(scripted.transport.requests.count == 8)
    }

    @Test(
        "A transfer without an answer has its meaning",
        arguments: [
            (.resolve, .transient, 7), (.connect, .transient, 7), (.timeout, .transient, 7),
            (.truncated, .transient, 7),
            (.other, .transient, 7), (.tls, .configuration, 1), (.bodyTooLarge, .tooLarge, 1),
            (.cancelled, .cancelled, 1),
        ] as [(TransportError.Kind, APIError.Kind, Int)])
    func classifiesTransportErrors(transport: TransportError.Kind, kind: APIError.Kind, tries: Int) async throws {
        let scripted = try ScriptedClient([.failure(TransportError(transport, "it went wrong"))])
        #expect(try await scripted.read().error?.kind == kind)
        #expect(scripted.transport.requests.count == tries)
    }

    @Test("Long error texts are cut and pages are quoted by their title")
    func quotesBriefly() async throws {
        let long = String(repeating: "very long ", count: 100)
        let first = try ScriptedClient([.success(.json(#"{"success":false,"error":"\#(long)"}"#, status: 403))])
        #expect(try await first.read().error?.message.count ?? 1000 < 400)
        let second = try ScriptedClient([.success(.page(title: "502 Bad Gateway", status: 502))])
        #expect(try await second.read().error?.message.contains("titled “502 Bad Gateway”") == true)
    }
}
