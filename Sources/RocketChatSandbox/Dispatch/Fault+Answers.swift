extension Fault {
    /// Whether the answer in place of the true one is the server's own and not one of the way to it.
    var isTheServers: Bool {
        switch kind {
        case .rateLimited, .internalError, .unauthorized, .refused, .forbidden: true
        case .answered(let reply): reply.isTheServers
        default: false
        }
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
