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
            answer: .json(#"{"success":false,"error":"You must be logged in to do this."}"#, status: 401),
            kind: .configuration, path: "v1/rooms.membersOrderedByRole"),
        // 403.
        Case(
            answer: .json(
                #"{"success":false,"error":"User does not have the permissions required for this action [error-unauthorized]"}"#,
                status: 403), kind: .refused, code: "error-unauthorized"),
        Case(answer: .json(#"{"success":false,"error":"unauthorized"}"#, status: 403), kind: .refused),
        // 400 with a code, or with a bare text, on the routes that refuse by it.
        Case(answer: refusal("error-room-not-found"), kind: .refused, code: "error-room-not-found"),
        Case(
            answer: refusal("error-room-archived"), kind: .refused, path: "v1/groups.members",
            code: "error-room-archived"),
        Case(
            answer: refusal("error-not-allowed"), kind: .refused, path: "v1/chat.syncMessages",
            code: "error-not-allowed"),
        Case(
            answer: refusal("error-invalid-user"), kind: .refused, path: "v1/channels.roles", code: "error-invalid-user"
        ),
        Case(
            answer: .json(#"{"success":false,"error":"[not_authorized]","errorType":"not_authorized"}"#, status: 400),
            kind: .refused, path: "v1/listInvites", code: "not_authorized"),
        Case(
            answer: .json(#"{"success":false,"error":"error-not-allowed"}"#, status: 400), kind: .refused,
            path: "v1/statistics.list"),
        Case(
            answer: .json(#"{"success":false,"error":"error-not-authorized"}"#, status: 400), kind: .refused,
            path: "v1/rooms.adminRooms"),
        Case(
            answer: .json(#"{"success":false,"error":"user-not-on-private-team"}"#, status: 400), kind: .refused,
            path: "v1/teams.listRooms"),
        Case(
            answer: .json(
                #"{"success":false,"error":"The required \"roomId\" or \"roomName\" param provided does not match any room"}"#,
                status: 404), kind: .refused, path: "v1/rooms.membersOrderedByRole"),
        // 5.0 to 6.1 say so of a user without private groups.
        Case(
            answer: .json(#"{"success":false,"error":"Resource not found"}"#, status: 404), kind: .noRows,
            path: "v1/groups.list"),
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
            answer: refusal("invalid-params"), kind: .invalidRequest, path: "v1/video-conference.list",
            code: "invalid-params"),
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
        // The server's own words for a route it lacks, while no version is known.
        Case(answer: .text("404 Not Found", status: 404), kind: .unavailable, tries: 2),
        Case(
            answer: .json(#"{"status":"error","message":"API endpoint does not exist"}"#, status: 405),
            kind: .unavailable, tries: 2),
        // The root of the API.
        Case(answer: .page(title: "Sign in"), kind: .configuration, path: "info", tries: 2),
        Case(answer: .text("404 Not Found", status: 404), kind: .configuration, path: "info", tries: 2),
        Case(answer: .json(#"{"hello":"world"}"#), kind: .configuration, path: "info", tries: 2),
        Case(answer: .json("[1]"), kind: .configuration, path: "info", tries: 2),
        Case(answer: .page(title: "Denied", status: 403), kind: .configuration, path: "info", tries: 2),
        Case(answer: .page(title: "Proxy login", status: 407), kind: .configuration),
    ]

    /// What the server says of failures inside it, mostly with 400: tried once more.
    private static let failing: [Case] =
        [
            #"{"success":false,"error":"PlanExecutor error during aggregation"}"#,
            #"{"success":false,"error":"Cannot convert undefined or null to object"}"#,
            #"{"success":false,"error":"Cannot read property 'username' of undefined"}"#,
            #"{"success":false,"error":"Internal server error [500]","errorType":500}"#,
            #"{"success":false,"error":"Internal server error [500]"}"#,
            #"{"success":false,"error":"x [MongoPoolClearedError]","errorType":"MongoPoolClearedError"}"#,
            #"{"success":false,"error":"x [50]"}"#,
            #"{"success":false,"error":"TOTP Required [totp-required]","errorType":"totp-required"}"#,
            #"{"success":false,"error":"Invalid user [error-invalid-user]","errorType":"error-invalid-user"}"#,
            #"{"success":false,"error":"x [apps-engine-unavailable]","errorType":"apps-engine-unavailable"}"#,
            #"{"success":false,"error":"Cursor not found [error-cursor-not-found]","errorType":"error-cursor-not-found"}"#,
            #"{"success":false,"error":"This endpoint is disabled [error-endpoint-disabled]"}"#,
            #"{"success":false,"error":"error-not-allowed"}"#, #"{"success":false}"#,
        ].map { Case(answer: .json($0, status: 400), kind: .transient, tries: 2) } + [
            Case(
                answer: .json(#"{"success":false,"error":"User not found"}"#, status: 404), kind: .transient, tries: 2),
            Case(
                answer: .json(#"{"success":false,"error":"Resource not found"}"#, status: 404), kind: .transient,
                tries: 2),
            Case(
                answer: .json(#"{"success":false,"error":"blocked by policy"}"#, status: 403), kind: .transient,
                tries: 2),
        ]

    private static let passing: [Case] = [
        // Words of gateways: Kong, Spring, Cloudflare, Traefik, nginx and the like.
        Case(answer: .json(#"{"message":"Forbidden"}"#, status: 403), kind: .transient, tries: 7),
        Case(
            answer: .json(#"{"message":"no Route matched with those values"}"#, status: 404), kind: .transient, tries: 7
        ),
        Case(
            answer: .json(#"{"timestamp":"x","status":404,"error":"Not Found","path":"/api"}"#, status: 404),
            kind: .transient, tries: 7),
        Case(answer: .json(#"{"error":"unauthorized"}"#, status: 403), kind: .transient, tries: 7),
        Case(answer: .json(#"{"message":"Bad Request"}"#, status: 400), kind: .transient, tries: 7),
        Case(answer: .text("404 page not found", status: 404), kind: .transient, tries: 7),
        Case(answer: .text("", status: 404), kind: .transient, path: "v1/groups.info.ufsroom", tries: 7),
        Case(answer: .text("", status: 400), kind: .transient, tries: 7),
        Case(answer: .text("", status: 410), kind: .transient, tries: 7),
        Case(answer: .text("I'm a teapot", status: 418), kind: .transient, tries: 7),
        Case(answer: .page(title: "404", status: 404), kind: .transient, tries: 7),
        Case(answer: .page(title: "Not allowed", status: 405), kind: .transient, tries: 7),
        Case(answer: .page(title: "Rocket.Chat"), kind: .transient, tries: 7),
        // A success without its list, or with something else in the place of it.
        Case(answer: .json(#"{"success":true}"#), kind: .transient, tries: 7),
        Case(answer: .json(#"{"success":true,"messages":null}"#), kind: .transient, tries: 7),
        Case(answer: .json(#"{"success":true,"messages":{"a":1}}"#), kind: .transient, tries: 7),
        Case(answer: .json(#"{"success":true,"messages":"none"}"#), kind: .transient, tries: 7),
        Case(answer: .json(#"{"success":true,"rows":[]}"#), kind: .transient, tries: 7),
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

    @Test("A failure has its meaning, and is repeated only where that helps", arguments: lasting + failing + passing)
    func classifies(example: Case) async throws {
        let scripted = try ScriptedClient([.success(example.answer)])
        let error = try #require(try await scripted.read(example.path).error)
        #expect(error.kind == example.kind, "\(error)")
        if example.kind != .transient { #expect(error.errorType == example.code) }
        #expect(scripted.transport.requests.count == example.tries)
        #expect(error.message.contains(example.path == "info" ? "/api/info" : example.path))
        #expect(!error.message.contains("<"))
    }

    @Test("A passing failure is survived", arguments: failing + passing)
    func survives(example: Case) async throws {
        let page = HTTPResponse.json(#"{"messages":[{"_id":"a"},{"_id":"b"}],"success":true}"#)
        let scripted = try ScriptedClient([.success(example.answer), .success(page)])
        #expect(try await scripted.read().get() == 2)
        #expect((500...1000).contains(scripted.elapsed))
        #expect(scripted.client.statistics.routes["v1/channels.messages"]?.retries == 1)
    }

    @Test(
        "Once the address is proven, nothing that comes makes it wrong",
        arguments: [
            HTTPResponse.page(title: "Maintenance"), .text("404 Not Found", status: 404), .text("", status: 200),
            .page(title: "Sign in", status: 401), .page(title: "Proxy login", status: 407),
            .json(#"{"success":false}"#), .page(title: "Denied", status: 403),
            HTTPResponse(status: 302, headers: HTTPHeaders([("Location", "https://maintenance.example")])),
        ], [true, false])
    func trustsTheAddress(answer: HTTPResponse, byState: Bool) async throws {
        let page = HTTPResponse.json(#"{"messages":[],"success":true}"#)
        let scripted = try ScriptedClient(byState ? [.success(answer)] : [.success(page), .success(answer)])
        if byState { scripted.client.trustAddress() } else { #expect(try await scripted.read().get() == 0) }
        scripted.client.trustRoutes()
        for path in ["info", "v1/me", "v1/channels.messages"] {
            #expect(try await scripted.read(path).error?.kind == .transient)
        }
    }

    @Test(
        "A 401 in mid-sync ends the run only if the server does not know the token any more", arguments: [true, false])
    func asksWhoTheTokenIs(isRevoked: Bool) async throws {
        let page = HTTPResponse.json(#"{"messages":[],"success":true}"#)
        let refusal = HTTPResponse.json(#"{"success":false,"error":"You must be logged in to do this."}"#, status: 401)
        let me = HTTPResponse.json(#"{"_id":"ali","roles":["user"],"success":true}"#)
        let scripted = try ScriptedClient { request, number throws(TransportError) in
            if request.url.contains("v1/me") { return isRevoked ? refusal : me }
            return number == 1 || isRevoked && number > 1 ? refusal : page
        }
        #expect(try await scripted.read().get() == 0)
        let second = try await scripted.read()
        #expect(second.error?.kind == (isRevoked ? .configuration : nil))
    }

    @Test("Where the version is known, a route is not missing whatever is said")
    func knowsItsRoutes() async throws {
        let scripted = try ScriptedClient([.success(.text("404 Not Found", status: 404))])
        scripted.client.trustRoutes()
        #expect(try await scripted.read().error?.kind == .transient)
    }

    @Test(
        "A transfer without an answer has its meaning",
        arguments: [
            (.resolve, .configuration, 2), (.connect, .transient, 7), (.timeout, .transient, 7),
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
