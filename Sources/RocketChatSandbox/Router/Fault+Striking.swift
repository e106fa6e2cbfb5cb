extension SandboxState {
    /// The first fault that strikes a request, used up by one.
    mutating func strike(route: String?, query: Substring, isAPI: Bool) -> Fault? {
        for index in faults.indices {
            let fault = faults[index]
            guard fault.route.map({ $0 == route }) ?? isAPI else { continue }
            if let text = fault.queryContains, !query.contains(text) { continue }
            if fault.skip > 0 {
                faults[index].skip -= 1
                continue
            }
            guard fault.probability >= 1 || chance.chance(fault.probability) else { continue }
            if let count = fault.count {
                faults[index].count = count - 1
                if count <= 1 { faults.remove(at: index) }
            }
            return fault
        }
        return nil
    }
}

extension Fault {
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
        case .slow, .truncated, .brokenJSON: return nil
        }
    }

    /// Spoils the true answer.
    func damage(_ response: inout SandboxResponse) {
        switch kind {
        case .slow(let milliseconds): response.delivery = .slow(milliseconds: milliseconds)
        case .truncated(let bytes): response.delivery = .truncated(after: bytes)
        case .brokenJSON: response.body.removeLast(min(response.body.count, max(1, response.body.count / 3)))
        default: break
        }
    }

    private static func response(_ refusal: Refusal) -> SandboxResponse {
        SandboxResponse(
            status: refusal.status, headers: [("Content-Type", refusal.contentType)] + refusal.headers,
            body: refusal.body)
    }
}
