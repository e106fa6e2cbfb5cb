/// Tells from status and body what an answer means. Pure; bodies of successes are checked later, when they are scanned.
struct AnswerJudge: Sendable {
    /// The request that was answered.
    let request: APIRequest
    /// The address of the workspace, for messages.
    let server: ServerAddress
    /// Whether this route has succeeded before, and so surely exists.
    let isKnownRoute: Bool

    /// The failure an answer stands for; `nil` when it may be a success.
    func failure(_ response: HTTPResponse) -> Failure? {
        if response.status == 200, let first = response.body.first(where: { $0 > 0x20 }),
            first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        {
            return nil
        }
        return failure(status: response.status, body: ErrorBody(response))
    }

    /// The failure of a transfer that brought no complete answer.
    func failure(_ error: TransportError) -> Failure {
        var failure = judged(error)
        failure.mayHaveReachedServer = ![.resolve, .connect, .tls].contains(error.kind)
        return failure
    }

    private func judged(_ error: TransportError) -> Failure {
        let tried = "\(subject) got no answer: \(error.message.excerpt())."
        switch error.kind {
        case .cancelled:
            return Failure(APIError(.cancelled, "\(subject) was cancelled."), .never)
        case .bodyTooLarge:
            return Failure(
                APIError(.tooLarge, "\(subject) was given up: the answer is larger than this request allows."), .never)
        case .tls:
            let advice =
                "If the server's certificate comes from an authority of your own, `ca_certificate` must hold it."
            return Failure(APIError(.configuration, "\(tried) \(advice)"), .never)
        case .resolve:
            return transient(nil, nil, "\(tried) Check the host name in `endpoint`, and the proxy if there is one.")
        case .connect:
            return transient(nil, nil, "\(tried) Check host and port in `endpoint`, and whether the server is up.")
        case .timeout:
            return transient(nil, nil, "\(tried) If the server is slow, raise `request_timeout_seconds`.")
        case .truncated, .other:
            return transient(nil, nil, tried)
        }
    }

    /// The failure of a 200 whose body cannot be used, for a `reason` such as "the body was not JSON".
    func unusable(_ reason: String) -> Failure {
        if isRoot {
            return Failure(
                APIError(.configuration, status: 200, "\(subject) was answered, but \(reason). \(rootAdvice)"), .once)
        }
        return transient(200, nil, "\(subject) was answered, but \(reason). \(laterAdvice)")
    }

    /// The failure of a redirect the credentials must not follow; `target` is scheme and host only.
    func redirected(to target: String, status: Int) -> Failure {
        Failure(
            APIError(
                .configuration, status: status,
                "\(subject) is redirected to \(target.excerpt(100)), which is not the configured server, so the token "
                    + "was not sent there. If that is the right address, set `endpoint` to it."),
            .never)
    }

    /// The failure of a chain of redirects that does not end.
    func redirectedInCircles(status: Int) -> Failure {
        let text = "\(subject) is redirected again and again. Set `endpoint` to the address the browser shows."
        return Failure(APIError(.configuration, status: status, text), .never)
    }

    private func failure(status: Int, body: ErrorBody) -> Failure? {
        switch status {
        case 429: rateLimited(status, body)
        case 400 where KnownRefusals.isRateLimit(body): rateLimited(status, body)
        case 200 where body.form == .page: page(status, body)
        case 200 where body.form == .empty: unusable("the body was empty")
        case 200: unusable("the body was not JSON")
        case 202, 408, 425, 500...: transient(status, body, "\(came(status, body)). \(laterAdvice)")
        case 201..<300: unusable("with status \(status) instead of 200")
        case 401: unauthorized(status, body)
        case 403 where body.form == .object: refused(status, body)
        case 403: blocked(status, body)
        case 400: badRequest(status, body)
        case 404 where body.form == .object && body.text != Self.noSuchRoute:
            isRoot ? root(status, body) : refused(status, body)
        case 404, 405, 410, 501: missing(status, body)
        default: other(status, body)
        }
    }

    private static let noSuchRoute = "API endpoint does not exist"
    private var isRoot: Bool { request.route == "info" }
    private var subject: String { isRoot ? "GET \(server)/api/info" : "GET \(request.route)" }
    private var laterAdvice: String { "If it goes on, look at the server and at the proxies before it." }

    private var rootAdvice: String {
        "This is not the root of a Rocket.Chat API. Check `endpoint`: is a sub-path missing, or does a proxy show its "
            + "own login page?"
    }

    private func came(_ status: Int, _ body: ErrorBody) -> String {
        "\(subject) was answered \(status)\(body.quotation)"
    }

    private func make(_ kind: APIError.Kind, _ status: Int?, _ body: ErrorBody?, _ message: String) -> APIError {
        APIError(kind, status: status, errorType: body?.code, message)
    }

    private func transient(_ status: Int?, _ body: ErrorBody?, _ message: String) -> Failure {
        Failure(make(.transient, status, body, message), .scheduled)
    }

    private func refused(_ status: Int, _ body: ErrorBody) -> Failure {
        let advice = "The token's user may not read this, or it no longer exists."
        return Failure(make(.refused, status, body, "\(came(status, body)). \(advice)"), .never)
    }

    private func root(_ status: Int, _ body: ErrorBody) -> Failure {
        Failure(make(.configuration, status, body, "\(came(status, body)). \(rootAdvice)"), .once)
    }

    private func rateLimited(_ status: Int, _ body: ErrorBody) -> Failure {
        let advice = "Other clients behind the same address may be using up the limit of this route."
        return Failure(make(.transient, status, body, "\(came(status, body)). \(advice)"), .afterReset)
    }

    private func page(_ status: Int, _ body: ErrorBody) -> Failure {
        if isRoot { return root(status, body) }
        if isKnownRoute { return transient(status, body, "\(came(status, body)). \(laterAdvice)") }
        return missing(status, body)
    }

    private func missing(_ status: Int, _ body: ErrorBody) -> Failure {
        if isRoot { return root(status, body) }
        // A route that has worked before is not missing: a proxy answers for a server that restarts.
        if isKnownRoute { return transient(status, body, "\(came(status, body)). \(laterAdvice)") }
        // Servers 1.3 to 3.1 and later answer an empty 404 to every URL with "ufs" in it (issue #16174).
        if status == 404, body.form == .empty, containsUFS {
            let text = "\(came(status, body)). Old servers refuse every id or name with “ufs” in it (issue #16174)."
            return Failure(make(.refused, status, body, text), .never)
        }
        let advice = "This server does not seem to have the route: it may be too old or too new, or lack a licence."
        return Failure(
            make(.unavailable, status, body, "\(came(status, body)). \(advice)"), status == 405 ? .never : .once)
    }

    private var containsUFS: Bool {
        request.path.contains("ufs") || request.query.contains { $0.1.contains("ufs") }
    }

    private func unauthorized(_ status: Int, _ body: ErrorBody) -> Failure {
        if KnownRefusals.isRoomLevel401(request.route), body.text?.lowercased() == "unauthorized" {
            return refused(status, body)
        }
        let advice =
            body.form == .object && request.authenticated
            ? "Check `token` and `user_id`: both must come from the same account, and the token must not be revoked."
            : "This seems to come from a proxy before the server that wants a login of its own."
        return Failure(make(.configuration, status, body, "\(came(status, body)). \(advice)"), .never)
    }

    // Rocket.Chat refuses in JSON; anything else is a firewall or a bot check, which may pass.
    private func blocked(_ status: Int, _ body: ErrorBody) -> Failure {
        let advice = "This comes from a proxy or firewall before the server, not from Rocket.Chat. Let /api pass there."
        let kind: APIError.Kind = isRoot ? .configuration : .transient
        return Failure(make(kind, status, body, "\(came(status, body)). \(advice)"), isRoot ? .once : .scheduled)
    }

    private func badRequest(_ status: Int, _ body: ErrorBody) -> Failure {
        if isRoot { return root(status, body) }
        if KnownRefusals.isInvalidRequest(body), !KnownRefusals.usesInvalidParamsAsRefusal(request.route) {
            let text = "\(came(status, body)). This server version does not accept the parameters."
            return Failure(make(.invalidRequest, status, body, text), .never)
        }
        if body.form == .object, body.code != nil || KnownRefusals.isRefusal(body, of: request.route) {
            return refused(status, body)
        }
        // Unexpected exceptions inside a handler come back as 400 with their raw message.
        return Failure(make(.transient, status, body, "\(came(status, body)). \(laterAdvice)"), .once)
    }

    private func other(_ status: Int, _ body: ErrorBody) -> Failure {
        if status == 407 {
            let text =
                "\(came(status, body)). The proxy wants a login: put it into the proxy variable of the environment."
            return Failure(make(.configuration, status, body, text), .never)
        }
        if isRoot { return root(status, body) }
        return Failure(make(.invalidRequest, status, body, "\(came(status, body))."), .never)
    }
}
