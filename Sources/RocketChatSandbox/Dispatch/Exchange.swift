/// One request on its way through the server: faults, routing, the checks in the release's order, the answer.
struct Exchange {
    private var request: SandboxRequest
    private let options: SandboxOptions
    private let path: Substring
    private var rawQuery: Substring
    private var limitHeaders: [(String, String)] = []

    /// A request to answer.
    init(request: SandboxRequest, options: SandboxOptions) {
        self.request = request
        self.options = options
        (path, rawQuery) = Self.parts(of: request.target)
    }

    private static func parts(of target: String) -> (path: Substring, query: Substring) {
        let mark = target.firstIndex(of: "?") ?? target.endIndex
        return (target[..<mark], mark == target.endIndex ? "" : target[target.index(after: mark)...])
    }

    /// The path below the mount point, or nil outside it.
    private var localPath: Substring? {
        guard !options.pathPrefix.isEmpty else { return path }
        guard path.hasPrefix(options.pathPrefix + "/") else { return nil }
        return path.dropFirst(options.pathPrefix.utf8.count)
    }

    /// The path below `/api/v1/`, or `info` for `/api/info`; nil for anything else.
    private var routePath: String? {
        guard let local = localPath else { return nil }
        if local.hasPrefix("/api/v1/") { return String(local.dropFirst(8)) }
        return local == "/api/info" ? "info" : nil
    }

    /// The answer.
    mutating func answer(_ state: inout SandboxState) -> SandboxResponse {
        let now = state.clock.now
        guard now >= state.downUntil else {
            return SandboxResponse(status: 0, headers: [], body: [], delivery: .refused)
        }
        let matched = routePath.flatMap { state.routes.match($0, Method(of: request)) }
        let route = matched?.0.path ?? (routePath == "info" ? "info" : nil)
        let asked = rawQuery
        let struck = state.faults.strike(route: route, query: asked, isAPI: routePath != nil)
        var response = answer(matched, struck.first { !$0.isOfTheClock }, &state, now)
        let date: Int64? = struck.reduce(now) { time, fault in fault.date(time) }
        if let date { response.headers.append(("Date", ServerTime.header(date))) }
        state.note(
            LoggedRequest(
                method: request.method, path: String(localPath ?? path), route: route, query: String(asked),
                status: response.status, at: now, bytes: response.body.count))
        return response
    }

    /// The true answer, or what a fault makes of it.
    private mutating func answer(
        _ matched: (Route, [String: String])?, _ fault: Fault?, _ state: inout SandboxState, _ now: Int64
    ) -> SandboxResponse {
        guard let fault else { return respond(matched, &state, now) }
        if var replaced = fault.replacement(now: now, target: request.target, &state) {
            if fault.isTheServers { replaced.headers += marks(state.workspace) }
            return replaced
        }
        let asked = rawQuery
        fault.alter(&request)
        rawQuery = Self.parts(of: request.target).query
        var response = respond(matched, &state, now)
        fault.damage(&response, query: asked)
        return response
    }

    private mutating func respond(
        _ matched: (Route, [String: String])?, _ state: inout SandboxState, _ now: Int64
    ) -> SandboxResponse {
        var response: SandboxResponse
        do throws(Refusal) {
            let body = try dispatch(matched, &state, now)
            response = SandboxResponse(
                status: 200, headers: [("Content-Type", "application/json")] + limitHeaders, body: body)
        } catch {
            response = SandboxResponse(
                status: error.status, headers: [("Content-Type", error.contentType)] + error.headers + limitHeaders,
                body: error.body)
        }
        response.headers += marks(state.workspace)
        return response
    }

    /// Headers that only the server itself sends: on everything its process answers, and on what its API answers. Outside
    /// the mount point answers a proxy.
    private func marks(_ workspace: Workspace) -> [(String, String)] {
        guard let local = localPath else { return [] }
        var headers = [
            ("X-Instance-ID", workspace.instance), ("X-XSS-Protection", "1"), ("X-Content-Type-Options", "nosniff"),
        ]
        guard local.hasPrefix("/api/") else { return headers }
        let allowed = "Origin, X-Requested-With, Content-Type, Accept, X-User-Id, X-Auth-Token"
        headers += [
            ("Cache-Control", "no-store"), ("Pragma", "no-cache"), ("Access-Control-Allow-Origin", "*"),
            (
                "Access-Control-Allow-Headers",
                workspace.version < Version(7, 4) ? allowed : allowed + ", x-visitor-token, Authorization"
            ),
        ]
        return headers
    }

    private mutating func dispatch(
        _ matched: (Route, [String: String])?, _ state: inout SandboxState, _ now: Int64
    ) throws(Refusal) -> [UInt8] {
        let version = state.workspace.version
        guard let local = localPath else {
            throw Refusal(404, text: WebPage.proxyError("404 Not Found"), contentType: "text/html")
        }
        if let body = try outside(local, state.workspace) { return body }
        // Any URL with "ufs" in it went to the file store (issue 16174 of the server).
        if (Version(1, 3)..<Version(3, 2)).contains(version), request.target.contains("ufs") {
            throw Refusal(404, text: "", contentType: "text/plain")
        }
        guard let (route, values) = matched else { throw .unknownRoute(version) }
        guard route.method == Method(of: request) else { throw .wrongMethod(version, allowed: route.method) }
        let user = caller(state.workspace)
        guard user != nil || !route.isAuthenticated else { throw .unauthorized(version) }
        var call = Call(query: QueryParameters(rawQuery), user: user ?? .nobody, now: now, version: version)
        call.path = values
        if route.method != .get { call.body = RequestBody(request) }
        call.token = request.header("X-Auth-Token")
        try check(route, call, &state)
        return try route.handler(&state.workspace, call)
    }

    /// What is answered outside `/api/v1`.
    private func outside(_ local: Substring, _ workspace: Workspace) throws(Refusal) -> [UInt8]? {
        let version = workspace.version
        switch local {
        case "/api/info": return AccountRoutes.info(workspace, user: caller(workspace))
        case "/api/v1/info" where version < Version(4, 0):
            return AccountRoutes.info(workspace, user: caller(workspace))
        case "/health": return Array(#"{"status":"ok"}"#.utf8)
        case "/livez" where version >= Version(8, 0), "/readyz" where version >= Version(8, 0):
            return Array(#"{"status":"ok","checks":{"memory":true,"eventLoop":true,"mongo":true}}"#.utf8)
        default:
            if local.hasPrefix("/api/") {
                guard local.hasPrefix("/api/v1/") else { throw .unknownRoute(version) }
                return nil
            }
            throw Refusal(200, text: WebPage.application, contentType: "text/html; charset=utf-8")
        }
    }

    /// Index of the user whose id and token were both sent and belong together.
    private func caller(_ workspace: Workspace) -> UserIndex? {
        guard let token = request.header("X-Auth-Token"), let id = request.header("X-User-Id"),
            let user = workspace.user(id), workspace.users[user].active
        else { return nil }
        let known = workspace.users[user]
        return known.token == token || known.loginTokens.contains(token) ? user : nil
    }

    /// The checks before a handler runs, in the release's order (rocket-chat-api.md §1.3): from 8.0 on a refused call does
    /// not count, before it does.
    private mutating func check(_ route: Route, _ call: Call, _ state: inout SandboxState) throws(Refusal) {
        let isTyped = route.body?.isTyped(call.version) ?? route.parameters?.isTyped(call.version) ?? false
        if call.version >= Version(8, 0) {
            try checkPermissions(route, call, state.workspace)
            if isTyped { try checkParameters(route, call) }
            try limit(route, call, &state)
            if !isTyped { try checkParameters(route, call) }
        } else {
            try limit(route, call, &state)
            try checkParameters(route, call)
            try checkPermissions(route, call, state.workspace)
        }
    }

    private func checkPermissions(_ route: Route, _ call: Call, _ workspace: Workspace) throws(Refusal) {
        guard !route.permissions.isEmpty else { return }
        guard route.permissions.contains(where: { workspace.has($0, call.user) }) else {
            throw route.refusal(call.version)
        }
    }

    private func checkParameters(_ route: Route, _ call: Call) throws(Refusal) {
        if let rules = route.body, let complaint = rules.complaint(about: call.body.members, call.version) {
            throw .parameters(complaint, isTyped: rules.isTyped(call.version))
        }
        guard let parameters = route.parameters else { return }
        if call.version >= Version(8, 0), call.query.pairs.count > 500 { throw .failure("Invalid query parameters") }
        if let complaint = parameters.complaint(about: call.query, call.version) {
            throw .parameters(complaint, isTyped: parameters.isTyped(call.version))
        }
    }

    private mutating func limit(_ route: Route, _ call: Call, _ state: inout SandboxState) throws(Refusal) {
        guard route.isLimited, let general = state.workspace.settings.limit else { return }
        let limit = route.limit ?? general
        let bypasses = call.user != .nobody && state.workspace.has("api-bypass-rate-limit", call.user)
        // The tree after 8.8 looks at the bypass only once the limit is exceeded; headers then appear for all.
        if bypasses, call.version < Version(8, 8) { return }
        let verdict = state.limiter.count(
            "\(route.method.rawValue) \(route.path)", address: address(state.workspace.settings), limit: limit,
            at: call.now)
        if !verdict.isAllowed, !bypasses {
            throw Limiter.refusal(timeToReset: verdict.timeToReset, headers: verdict.headers)
        }
        limitHeaders = verdict.headers
    }

    /// The address the limiter counts by (the server's `HTTP_FORWARDED_COUNT` logic).
    private func address(_ settings: SandboxSettings) -> String {
        if settings.forwardedCount > 0, let forwarded = request.header("X-Forwarded-For") {
            let hops = forwarded.split(separator: ",").map { $0.drop { $0 == " " } }
            if hops.count >= settings.forwardedCount { return String(hops[hops.count - settings.forwardedCount]) }
        }
        return request.header("X-Real-IP") ?? request.remoteAddress
    }
}
