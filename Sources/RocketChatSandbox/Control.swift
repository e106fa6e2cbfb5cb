/// The sandbox's own routes under `/_sandbox/`, outside the server it plays: never limited, logged or struck by faults.
enum Control {
    /// The answer to a control request; nil for everything else.
    static func answer(_ request: SandboxRequest, by sandbox: Sandbox) -> SandboxResponse? {
        guard request.target.hasPrefix("/_sandbox/") else { return nil }
        let parts = request.target.dropFirst(10).split(separator: "?", maxSplits: 1)
        let query = QueryParameters(parts.count > 1 ? parts[1] : "")
        switch parts.first {
        case "accounts": return json(accounts(sandbox.accounts))
        case "live":
            sandbox.live(steps: query["steps"].flatMap { Int($0) } ?? 1)
            return json(["now": .int(sandbox.now)])
        case "advance":
            sandbox.advance(milliseconds: query["milliseconds"].flatMap { Int64($0) } ?? 0)
            return json(["now": .int(sandbox.now)])
        case "truth": return truth(query, sandbox)
        case "token": return token(query, sandbox)
        case "requests": return lines(sandbox.requestLog.map(entry))
        case "clear":
            sandbox.clearRequestLog()
            sandbox.clearFaults()
            return json([:])
        case "fault": return fault(query, sandbox)
        case "accidents": return json(["rooms": .strings(sandbox.accidentalRooms)])
        default:
            return error(
                "no such control route; there are accounts, live, advance, truth, token, requests, fault, clear")
        }
    }

    /// User id, token and roles per account.
    static func accounts(_ accounts: Accounts) -> JSONObject {
        var object = JSONObject()
        for name in ["admin", "user", "bot", "agent"] {
            guard let account = accounts[name] else { continue }
            object[name] = [
                "user_id": .string(account.userID), "token": .string(account.token),
                "username": .string(account.username), "roles": .strings(account.roles),
            ]
        }
        return object
    }

    private static func truth(_ query: QueryParameters, _ sandbox: Sandbox) -> SandboxResponse {
        guard let stream = query["stream"].flatMap({ TruthStream(rawValue: $0) }) else {
            return error("stream is one of \(TruthStream.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        guard let account = sandbox.accounts[query["account"] ?? "admin"] else {
            return error("account is one of admin, user, bot, agent")
        }
        let documents = sandbox.truth(stream, for: account).sorted { $0.key < $1.key }
        return lines(documents.map(\.value))
    }

    /// A user's token, made when it has none: with it a caller asks the server as anybody.
    private static func token(_ query: QueryParameters, _ sandbox: Sandbox) -> SandboxResponse {
        let token: String? = sandbox.change { workspace, now in
            guard let user = query["user"].flatMap({ workspace.user($0) }) else { return nil }
            let token = workspace.users[user].token ?? "token-of-\(workspace.users[user].id)"
            workspace.users[user].token = token
            return token
        }
        return token.map { json(["token": .string($0)]) } ?? error("user is the id of a user")
    }

    private static func entry(_ request: LoggedRequest) -> String {
        let object: JSON = [
            "method": .string(request.method), "path": .string(request.path),
            "route": request.route.map { .string($0) } ?? .null, "query": .string(request.query),
            "status": .int(Int64(request.status)), "at": .int(request.at), "bytes": .int(Int64(request.bytes)),
        ]
        return String(decoding: JSONBuffer.encode(object), as: UTF8.self)
    }

    private static func fault(_ query: QueryParameters, _ sandbox: Sandbox) -> SandboxResponse {
        let amount = query["milliseconds"].flatMap { Int64($0) } ?? 1000
        let bytes = query["bytes"].flatMap { Int($0) } ?? 100
        let kinds: [String: Fault.Kind] = [
            "429": .rateLimited(milliseconds: amount), "500": .internalError, "502": .badGateway, "503": .unavailable,
            "slow": .slow(milliseconds: Int(amount)), "truncated": .truncated(after: bytes), "empty": .empty,
            "unsuccessful": .unsuccessful, "broken": .brokenJSON, "html": .webPage,
            "redirect": .redirect(to: query["to"] ?? "https://other.example"), "dropped": .dropped,
            "restart": .restart(milliseconds: amount), "401": .unauthorized, "403": .forbidden,
            "refused": .refused(code: query["code"] ?? "error-not-allowed"),
        ]
        guard let kind = query["kind"].flatMap({ kinds[$0] }) else {
            return error("kind is one of \(kinds.keys.sorted().joined(separator: ", "))")
        }
        sandbox.inject(
            Fault(
                kind, route: query.filled("route"), queryContains: query.filled("query"),
                skip: query["skip"].flatMap { Int($0) } ?? 0,
                count: query["count"] == "always" ? nil : query["count"].flatMap { Int($0) } ?? 1,
                probability: query["probability"].flatMap { Double($0) } ?? 1))
        return json([:])
    }

    private static func json(_ object: JSONObject) -> SandboxResponse {
        SandboxResponse(
            status: 200, headers: [("Content-Type", "application/json")], body: JSONBuffer.encode(.object(object)))
    }

    private static func lines(_ lines: [String]) -> SandboxResponse {
        var body: [UInt8] = []
        for line in lines {
            body.append(contentsOf: line.utf8)
            body.append(UInt8(ascii: "\n"))
        }
        return SandboxResponse(status: 200, headers: [("Content-Type", "application/jsonl")], body: body)
    }

    private static func error(_ text: String) -> SandboxResponse {
        SandboxResponse(
            status: 400, headers: [("Content-Type", "application/json")],
            body: JSONBuffer.encode(["error": .string(text)]))
    }
}
