@testable import RocketChatSandbox

/// A fault by the name that people know it by.
struct NamedFault: Sendable, CustomStringConvertible {
    /// What comes.
    let name: String
    /// What it means.
    let kind: FaultClass
    /// What strikes the requests of a target; empty where it cannot be told from a true answer or does not exist there.
    let strikes: @Sendable (FaultTarget) -> [Fault.Kind]
    /// Text that struck queries contain, besides the target's own.
    var query: String?
    /// Which matching requests are struck: every n-th.
    var every = 1
    /// Whether every route is struck.
    var isEverywhere = false

    var description: String { name }

    /// A fault that is the same for every target.
    init(_ name: String, _ kind: FaultClass, _ strike: Fault.Kind, every: Int = 1, isEverywhere: Bool = false) {
        self.init(name, kind) { _ in [strike] }
        self.every = every
        self.isEverywhere = isEverywhere
    }

    /// A fault that each target meets in its own way.
    init(
        _ name: String, _ kind: FaultClass, query: String? = nil,
        _ strikes: @escaping @Sendable (FaultTarget) -> [Fault.Kind]
    ) {
        self.name = name
        self.kind = kind
        self.query = query
        self.strikes = strikes
    }

    /// The faults to inject for a target.
    func faults(_ target: FaultTarget) -> [Fault] {
        if isEverywhere { return strikes(target).map { Fault($0, count: nil, every: every) } }
        return target.routes.flatMap { route in
            strikes(target).map {
                Fault($0, route: route, queryContains: query ?? target.query, count: nil, every: every)
            }
        }
    }
}

extension NamedFault {
    /// All of them.
    static let all: [NamedFault] = way + damaged + failures + refusals + waits + lies + clocks

    private static func answered(
        _ name: String, _ status: Int, _ body: String, type: String = "application/json",
        headers: [String: String] = [:], kind: FaultClass = .otherAnswer, isTheServers: Bool = false
    ) -> NamedFault {
        NamedFault(
            name, kind,
            .answered(
                Reply(body, status: status, contentType: type, headers: headers, isTheServers: isTheServers)))
    }

    /// Words of the way to the server.
    private static let way: [NamedFault] = [
        NamedFault("200 with a web page", .otherAnswer, .webPage),
        answered("404 as text", 404, "404 page not found\n", type: "text/plain"),
        answered("404 of Kong", 404, #"{"message":"no Route matched with those values"}"#),
        answered("404 of Spring", 404, #"{"timestamp":"2026-11-20T08:00:00Z","status":404,"error":"Not Found"}"#),
        answered("403 of a gateway", 403, #"{"message":"Forbidden"}"#),
        answered("403 of Cloudflare", 403, "<!DOCTYPE html><title>Attention Required!</title>", type: "text/html"),
        answered("401 of a proxy", 401, "<html><title>401 Authorization Required</title></html>", type: "text/html"),
        answered("503 as JSON", 503, #"{"message":"name resolution failed"}"#, kind: .noAnswer),
        NamedFault("500", .noAnswer, .internalError),
        NamedFault("502", .noAnswer, .badGateway),
        NamedFault("503", .noAnswer, .unavailable),
        NamedFault("302 to a login page", .otherAnswer, .redirect(to: "https://login.example.com")),
        NamedFault("a dropped connection", .noAnswer, .dropped),
        NamedFault("a truncated answer", .noAnswer, .truncated(after: 40)),
        NamedFault("401 of a node that does not know the token", .noAnswer) {
            // Before the run has proven the token, it is the token's.
            $0.stream == nil ? [] : [.unauthorized]
        },
    ]

    /// Answers with 200 that are none.
    private static let damaged: [NamedFault] = [
        NamedFault("an empty body", .otherAnswer, .empty),
        NamedFault("broken JSON", .otherAnswer, .brokenJSON),
        NamedFault(#"200 with {"success":true} alone"#, .otherAnswer) {
            // `/api/info` may say no more.
            $0.kind == .root ? [] : [.answered(Reply(#"{"success":true}"#))]
        },
        NamedFault("200 with success:false", .otherAnswer, .unsuccessful),
        listless("the list is null") { .set($0, json: "null") },
        listless("the list is missing") { .remove($0) },
        listless("the list has another name") { .rename($0, to: "elsewhere") },
        listless("the list is an object") { .set($0, json: #"{"0":{"_id":"a"}}"#) },
        listless("the list is a text") { .set($0, json: #""[]""#) },
    ]

    private static func listless(_ name: String, _ edit: @escaping @Sendable (String) -> AnswerEdit) -> NamedFault {
        NamedFault(name, .otherAnswer) { target in target.lists.first.map { [.edited([edit($0)])] } ?? [] }
    }

    /// What the server says of failures inside it.
    private static let failures: [NamedFault] = [
        said("400, an exception of JavaScript", "Cannot read property 'username' of undefined"),
        said("400 [500]", "Internal server error [500]", "500"),
        said("400 [50]", "operation exceeded time limit [50]", "50"),
        said("400 MongoPoolClearedError", "Connection pool cleared [MongoPoolClearedError]", "MongoPoolClearedError"),
        said("400 [totp-required]", "TOTP Required [totp-required]", "totp-required"),
        said("400 [error-invalid-user]", "Invalid user [error-invalid-user]", "error-invalid-user"),
        said("400 [apps-engine-unavailable]", "Apps-Engine unavailable [apps-engine-unavailable]"),
        said("404 User not found", "User not found", status: 404),
    ]

    private static func said(_ name: String, _ error: String, _ code: String? = nil, status: Int = 400) -> NamedFault {
        let type = code.map { #","errorType":"\#($0)""# } ?? ""
        return answered(
            name, status, #"{"success":false,"error":"\#(error)"\#(type)}"#, kind: .serverFailure, isTheServers: true)
    }

    /// Refusals that are known.
    private static let refusals: [NamedFault] = [
        NamedFault("403, a permission is lost", .refusal, .forbidden),
        NamedFault("400 with the route's own code of refusal", .refusal) { target in
            guard let code = target.refusal else { return [] }
            let body = #"{"success":false,"error":"\#(code)"}"#
            return [.answered(Reply(body, status: 400, isTheServers: true))]
        },
    ]

    /// Waits that headers command.
    private static let waits: [NamedFault] = [
        NamedFault("429, five seconds", .rateLimit, .rateLimited(milliseconds: 5000)),
        NamedFault("429, a year", .absurdWait, .rateLimited(milliseconds: 365 * 86_400_000)),
        answered("429 without a word", 429, "", type: "", kind: .rateLimit),
        answered(
            "429, Retry-After at the end of Int64", 429, "", type: "",
            headers: ["Retry-After": "9223372036854775807"], kind: .rateLimit),
        answered(
            "429, X-RateLimit-Reset at the end of Int64", 429, "", type: "",
            headers: ["X-RateLimit-Reset": "9223372036854775807", "X-RateLimit-Limit": "-9223372036854775808"],
            kind: .rateLimit),
        answered(
            "429, X-RateLimit-Reset in seconds", 429, "", type: "",
            headers: ["X-RateLimit-Reset": "1795161600"], kind: .rateLimit),
    ]

    /// Answers that contradict themselves, each other or the question.
    private static let lies: [NamedFault] = [
        total("total is too low", "1"),
        total("total is too high", "100000"),
        total("total is nonsense", "-9223372036854775808"),
        NamedFault("the first page again and again", .contradiction) { target in
            target.hasTotal ? [.asked(parameter: "offset", value: "0")] : []
        },
        NamedFault("count is capped", .contradiction, query: "count=") { _ in [.asked(parameter: "count", value: "3")]
        },
        NamedFault("a cursor that stays", .contradiction, query: "next=") { target in
            target.kind == .messages ? [.edited([.echo("result.cursor.next", parameter: "next")])] : []
        },
        NamedFault("an empty page with a cursor", .contradiction, query: "type=UPDATED") { target in
            guard target.kind == .messages else { return [] }
            return [
                .edited([.set("result.updated", json: "[]"), .set("result.cursor.next", json: #""1700000000000""#)])
            ]
        },
        NamedFault("rows of another room", .foreignRows) { target in
            // Members bear no room.
            guard target.kind == .parts || target.kind == .messages, target.name != "room_members" else {
                return []
            }
            return [.asked(parameter: "roomId", value: "GENERAL")]
        },
        NamedFault("no rows, total 0", .emptied) { target in
            guard !target.lists.isEmpty else { return [] }
            let empty = target.lists.prefix(1).map { AnswerEdit.set($0, json: "[]") }
            return [.edited(empty + (target.hasTotal ? [.set("total", json: "0")] : []))]
        },
    ]

    private static func total(_ name: String, _ json: String) -> NamedFault {
        NamedFault(name, .contradiction) { $0.hasTotal ? [.edited([.set("total", json: json)])] : [] }
    }

    /// Clocks.
    private static let clocks: [NamedFault] = [
        NamedFault("Date ten minutes ahead", .wrongClock, .dated(by: 600_000), isEverywhere: true),
        NamedFault("Date ten minutes behind", .wrongClock, .dated(by: -600_000), isEverywhere: true),
        NamedFault("no Date", .wrongClock, .dated(by: nil), isEverywhere: true),
        NamedFault(
            "Date of every second answer a day ahead", .wrongClock, .dated(by: 86_400_000), every: 2, isEverywhere: true
        ),
        NamedFault(
            "Date of every third answer an hour behind", .wrongClock, .dated(by: -3_600_000), every: 3,
            isEverywhere: true),
    ]
}
