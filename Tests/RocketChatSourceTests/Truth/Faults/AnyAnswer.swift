import RocketChatAPI
import Synchronization

@testable import RocketChatSandbox

/// A server that answers anything: each answer may be another one, spoiled, or none.
///
/// What it never gives is an answer that the true server might have given to the same request: nobody could tell it from one. So no list
/// loses rows with a count to match, no cursor jumps, no row is altered.
final class AnyAnswer: Sendable {
    private struct State {
        var number = 0
        var others: [HTTPResponse] = []
        var moves: [String] = []
    }

    private let seed: UInt64
    private let chance: Double
    private let last: Int
    private let spared: Set<Int>
    private let state = Mutex(State())

    /// Spoils answers by the chance that goes with the seed, but those of the requests in `spared`.
    init(seed: UInt64, spared: Set<Int> = []) {
        var random = SeededRandom(seed)
        self.seed = seed
        self.spared = spared
        chance = [0.03, 0.1, 0.3, 0.7, 1][random.below(5)]
        last = [10, 40, 150, Int.max][random.below(4)]
    }

    /// What was done, in order: `number route: what`.
    var moves: [String] { state.withLock { $0.moves } }

    /// Numbers of the requests so far.
    var requests: Int { state.withLock { $0.number } }

    /// The answer to a request.
    func answer(_ request: HTTPRequest, _ truth: HTTPResponse) -> Result<HTTPResponse, TransportError> {
        state.withLock { state in
            let number = state.number
            state.number += 1
            // Each request has a generator of its own, so that sparing one leaves the others as they are.
            var random = SeededRandom(seed &* 0x9E37_79B9 &+ UInt64(number))
            defer { if state.others.count < 200 { state.others.append(truth) } }
            guard number < last, !spared.contains(number), random.chance(chance) else { return .success(truth) }
            let (name, result) = spoiled(request, truth, state.others, &random)
            state.moves.append(
                "\(number) \(request.url.drop { $0 != "?" }.isEmpty ? request.url : String(request.url.prefix { $0 != "?" })): \(name)"
            )
            return result
        }
    }

    private func spoiled(
        _ request: HTTPRequest, _ truth: HTTPResponse, _ others: [HTTPResponse], _ random: inout SeededRandom
    ) -> (String, Result<HTTPResponse, TransportError>) {
        var answer = truth
        switch random.below(10) {
        case 0:
            let kind: TransportError.Kind = [.timeout, .truncated, .connect, .resolve, .other][random.below(5)]
            return ("\(kind)", .failure(TransportError(kind, "the way is out of order")))
        case 1:
            answer.status = Self.statuses[random.below(Self.statuses.count)]
            return ("status \(answer.status) with the true body", .success(answer))
        case 2:
            let body = Self.bodies[random.below(Self.bodies.count)]
            answer.status = random.chance(0.5) ? 200 : Self.statuses[random.below(Self.statuses.count)]
            answer.body = Array(body.utf8)
            answer.headers = HTTPHeaders([("Content-Type", random.chance(0.5) ? "application/json" : "text/html")])
            return ("\(answer.status) \(body)", .success(answer))
        case 3:
            answer.body = Array(truth.body.prefix(random.below(max(1, truth.body.count - 1))))
            return ("cut", .success(answer))
        case 4:
            answer.body.insert(0xFF, at: random.below(truth.body.count + 1))
            return ("a byte that is no UTF-8", .success(answer))
        case 5:
            answer.headers = headers(&random)
            return ("headers", .success(answer))
        case 6:
            // Rows of another room are noticed in messages alone; members bear no room.
            guard !request.url.contains("roomId="),
                let other = others.isEmpty ? nil : others[random.below(others.count)],
                names(other) != names(truth)
            else { return ("nothing", .success(truth)) }
            answer.body = other.body
            return ("the answer to another request", .success(answer))
        case 7, 8: return edited(truth, &random)
        default:
            answer.body += Array(truth.body)
            return ("twice", .success(answer))
        }
    }

    /// The members of an answer.
    private func names(_ answer: HTTPResponse) -> Set<String> {
        Set(JSONParser.parse(answer.body)?.object?.members.map(\.key) ?? [])
    }

    /// A member of the envelope is something else.
    private func edited(
        _ truth: HTTPResponse, _ random: inout SeededRandom
    ) -> (String, Result<HTTPResponse, TransportError>) {
        guard var body = JSONParser.parse(truth.body)?.object, !body.members.isEmpty else {
            return ("nothing", .success(truth))
        }
        var path = body.members[random.below(body.members.count)].key
        if let inner = body[path]?.object, path != "cursor", !inner.members.isEmpty, random.chance(0.6) {
            path += "." + inner.members[random.below(inner.members.count)].key
        }
        // A cursor that ends, or goes on elsewhere, is an answer like any other.
        guard !path.contains("cursor") else { return ("nothing", .success(truth)) }
        // So is an account with other roles or another id: `me` and the like are told apart by their status.
        guard body["success"] != nil, body["username"] == nil, body["version"] == nil else {
            return ("nothing", .success(truth))
        }
        let isCount = ["total", "count", "offset"].contains(path)
        // Where a list is counted, one row of it is none.
        if let elements = body.value(at: path)?.elements, body["total"] != nil, random.chance(0.4), !elements.isEmpty {
            var rows = elements
            rows[random.below(rows.count)] = Self.junk[random.below(Self.junk.count)]
            body.set(.array(rows), at: path)
            return done("a row of \(path) is none", body, truth)
        }
        if isCount {
            body.set(.int([-1, 0, 1, 7, 1_000_000, .max, .min][random.below(7)]), at: path)
            return done("\(path) is \(body.value(at: path).map { "\($0)" } ?? "")", body, truth)
        }
        switch random.below(3) {
        case 0: body.remove(at: path)
        case 1:
            let value = body.value(at: path) ?? .null
            body.remove(at: path)
            body.set(value, at: path + "X")
        default: body.set(Self.junk[random.below(Self.junk.count)], at: path)
        }
        return done("\(path) is \(body.value(at: path).map { "\($0)" } ?? "gone")", body, truth)
    }

    private func done(
        _ name: String, _ body: JSONObject, _ truth: HTTPResponse
    ) -> (String, Result<HTTPResponse, TransportError>) {
        var answer = truth
        answer.body = JSONBuffer.encode(.object(body))
        return (String(name.prefix(100)), .success(answer))
    }

    private func headers(_ random: inout SeededRandom) -> HTTPHeaders {
        let numbers = [
            "-1", "0", "1", "99", "9223372036854775807", "-9223372036854775808", "x", "1795161600", "1795161600000",
        ]
        var fields: [(String, String)] = []
        for name in [
            "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "Retry-After", "Content-Length", "Age",
        ] {
            if random.chance(0.5) { fields.append((name, numbers[random.below(numbers.count)])) }
        }
        let dates = [
            "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "Fri, 20 Nov 2026 08:00:00 GMT",
            "yesterday", "",
        ]
        fields.append(("Date", dates[random.below(dates.count)]))
        if random.chance(0.7) { fields.append(("Content-Type", "application/json")) }
        return HTTPHeaders(fields)
    }

    private static let statuses = [
        201, 202, 204, 206, 226, 300, 301, 302, 304, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412,
        413, 414, 415, 417, 418,
        420, 421, 422, 423, 425, 426, 428, 429, 431, 444, 451, 460, 499, 500, 501, 502, 503, 504, 505, 507, 508, 511,
        520, 525, 530, 599, 999,
    ]

    private static let bodies = [
        "", "null", "[]", "{}", "true", "7", "\"text\"", #"{"success":true}"#, #"{"success":"true"}"#,
        #"{"success":false}"#, #"{"success":null}"#,
        #"{"success":false,"error":"nobody knows"}"#,
        #"{"success":false,"error":"Internal server error [500]","errorType":500}"#,
        #"{"status":"error"}"#, #"{"message":"Forbidden"}"#, #"{"error":{"code":7}}"#,
        "<html><title>Welcome</title></html>", "404 page not found",
        #"{"success":true,"update":null}"#, #"{"success":true,"rooms":{}}"#, #"{"success":true,"result":{}}"#,
        #"{"success":true,"result":[]}"#,
    ]

    private static let junk: [JSON] = [
        .null, .int(7), .int(.min), .string(""), .string("x"), .bool(false), .number(1.5), .object(JSONObject()),
        .object(["_id": .int(1)]),
    ]
}
