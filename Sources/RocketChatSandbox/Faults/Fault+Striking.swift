extension SandboxState {
    /// The faults that strike a request, each used up by one: the first of all, and those of the clock next to it.
    mutating func strike(route: String?, query: Substring, isAPI: Bool) -> [Fault] {
        var struck: [Fault] = []
        var isTaken = false
        for index in injections.indices {
            let fault = injections[index].fault
            if isTaken, !fault.isOfTheClock { continue }
            guard fault.matches(route: route, query: query, isAPI: isAPI), strikes(index) else { continue }
            struck.append(fault)
            if !fault.isOfTheClock { isTaken = true }
        }
        injections.removeAll { $0.fault.count.map { $0 <= 0 } ?? false }
        return struck
    }

    /// Whether a fault strikes a request that it matches.
    private mutating func strikes(_ index: Int) -> Bool {
        let fault = injections[index].fault
        guard fault.count != 0 else { return false }
        if fault.skip > 0 {
            injections[index].fault.skip -= 1
            return false
        }
        injections[index].met += 1
        guard fault.every <= 1 || injections[index].met % fault.every == 0 else { return false }
        guard fault.probability >= 1 || chance.chance(fault.probability) else { return false }
        injections[index].fault.count = fault.count.map { $0 - 1 }
        return true
    }
}

/// A fault that waits for requests.
struct Injection: Sendable {
    /// The number that lifts it.
    let id: Int
    /// The fault, with what is left of its counts.
    var fault: Fault
    /// Matching requests met after those to let pass.
    var met = 0
}

extension Fault {
    /// Whether it strikes next to others.
    var isOfTheClock: Bool {
        if case .dated = kind { true } else { false }
    }

    /// Whether the answer in place of the true one is the server's own and not one of the way to it.
    var isTheServers: Bool {
        switch kind {
        case .rateLimited, .internalError, .unauthorized, .refused, .forbidden: true
        case .answered(let reply): reply.isTheServers
        default: false
        }
    }

    /// Whether it is aimed at a request.
    func matches(route: String?, query: Substring, isAPI: Bool) -> Bool {
        guard self.route.map({ $0 == route }) ?? isAPI else { return false }
        return queryContains.map { query.contains($0) } ?? true
    }

    /// The time a `Date` header tells in place of another; nil for no header.
    func date(_ time: Int64?) -> Int64? {
        guard case .dated(let offset) = kind else { return time }
        return offset.flatMap { offset in time.map { $0 + offset } }
    }

    /// The request as it reaches the server.
    func alter(_ request: inout SandboxRequest) {
        guard case .asked(let parameter, let value) = kind else { return }
        let parts = request.target.split(separator: "?", maxSplits: 1)
        var pairs = (parts.count > 1 ? parts[1] : "").split(separator: "&").filter {
            QueryParameters.decode($0.prefix { $0 != "=" }) != parameter
        }
        let addition = value.map { "\(QueryParameters.encode(parameter))=\(QueryParameters.encode($0))" }
        if let addition { pairs.append(addition[...]) }
        request.target = String(parts[0]) + (pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&"))
    }

    /// The answer in place of the true one; nil when the true one is only damaged.
    func replacement(now: Int64, target: String, _ state: inout SandboxState) -> SandboxResponse? {
        let version = state.workspace.version
        switch kind {
        case .rateLimited(let milliseconds):
            let limit = state.workspace.settings.limit?.calls ?? 10
            return Self.response(
                Limiter.refusal(
                    timeToReset: milliseconds,
                    headers: Limiter.headers(limit: limit, remaining: 0, reset: now + milliseconds)))
        case .internalError:
            return Self.response(Refusal(500, text: "Internal Server Error", contentType: "text/plain"))
        case .badGateway:
            return Self.response(
                Refusal(502, text: WebPage.proxyError("502 Bad Gateway"), contentType: "text/html"))
        case .unavailable:
            return Self.response(
                Refusal(503, text: WebPage.proxyError("503 Service Temporarily Unavailable"), contentType: "text/html"))
        case .empty: return Self.response(Refusal(200, text: "", contentType: "application/json"))
        case .unsuccessful: return Self.response(Refusal(200, ["success": false]))
        case .webPage:
            return Self.response(
                Refusal(200, text: WebPage.application, contentType: "text/html; charset=utf-8"))
        case .redirect(let base):
            var response = Self.response(Refusal(302, text: "", contentType: "text/html"))
            response.headers.append(("Location", base + target))
            return response
        case .dropped: return SandboxResponse(status: 0, headers: [], body: [], delivery: .dropped)
        case .restart(let milliseconds):
            state.downUntil = now + milliseconds
            return SandboxResponse(status: 0, headers: [], body: [], delivery: .dropped)
        case .unauthorized: return Self.response(.unauthorized(version))
        case .refused(let code): return Self.response(.thrown(code, "Refused"))
        case .forbidden: return Self.response(.forbidden)
        case .answered(let reply): return Self.response(reply)
        case .slow, .truncated, .brokenJSON, .edited, .asked, .dated: return nil
        }
    }

    /// Spoils the true answer to a query.
    func damage(_ response: inout SandboxResponse, query: Substring) {
        switch kind {
        case .slow(let milliseconds): response.delivery = .slow(milliseconds: milliseconds)
        case .truncated(let bytes): response.delivery = .truncated(after: bytes)
        case .brokenJSON: response.body.removeLast(min(response.body.count, max(1, response.body.count / 3)))
        case .edited(let edits):
            guard var body = JSONParser.parse(response.body)?.object else { return }
            let parameters = QueryParameters(query)
            for edit in edits { edit.apply(to: &body, parameters) }
            response.body = JSONBuffer.encode(.object(body))
        default: break
        }
    }

    private static func response(_ refusal: Refusal) -> SandboxResponse {
        SandboxResponse(
            status: refusal.status, headers: [("Content-Type", refusal.contentType)] + refusal.headers,
            body: refusal.body)
    }

    private static func response(_ reply: Reply) -> SandboxResponse {
        let type = reply.contentType.isEmpty ? [] : [("Content-Type", reply.contentType)]
        return SandboxResponse(
            status: reply.status, headers: type + reply.headers.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
            body: Array(reply.body.utf8))
    }
}

extension AnswerEdit {
    /// Changes a body.
    func apply(to body: inout JSONObject, _ query: QueryParameters) {
        switch self {
        case .set(let path, let json):
            guard let value = JSONParser.parse(Array(json.utf8)) else { preconditionFailure("\(json) is no JSON") }
            body.set(value, at: path)
        case .remove(let path): body.remove(at: path)
        case .rename(let path, let name):
            guard let value = body.value(at: path) else { return }
            body.remove(at: path)
            let parent = path.split(separator: ".").dropLast()
            body.set(value, at: (parent + [name[...]]).joined(separator: "."))
        case .shorten(let path, let count):
            guard let elements = body.value(at: path)?.elements else { return }
            body.set(.array(Array(elements.prefix(count))), at: path)
        case .drop(let path, let text):
            guard let elements = body.value(at: path)?.elements else { return }
            let kept = elements.filter { element in
                !String(decoding: JSONBuffer.encode(element), as: UTF8.self).contains(text)
            }
            body.set(.array(kept), at: path)
        case .echo(let path, let parameter):
            body.set(query[parameter].map { .string($0) } ?? .null, at: path)
        }
    }
}
