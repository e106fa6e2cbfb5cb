import JSONBytes

/// Tells from status and body what an answer means. Pure; bodies of successes are checked later, when they are scanned.
///
/// Only Rocket.Chat's own word concludes anything: a refusal skips a room or a listing if ``KnownRefusals`` has it, and a route is
/// missing only where no version is known to go by. Everything else, whoever says it, is a failure of the way or of the moment.
struct ResponseClassifier: Sendable {
    /// What has been proven of the way to the server, so that one bad answer does not disprove it.
    struct Trust: Sendable, Equatable {
        /// An earlier answer, or a saved state, shows that the address is right.
        var isAddressProven = false
        /// The server took the token before in this run.
        var areCredentialsProven = false
        /// The server's version is known, so that no route is asked that it does not have.
        var areRoutesKnown = false
    }

    /// The request that was answered.
    let request: APIRequest
    /// The address of the workspace, for messages.
    let server: ServerAddress
    /// What has been proven before.
    let trust: Trust

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
        var failure = classified(error)
        failure.mayHaveReachedServer = ![.resolve, .connect, .tls].contains(error.kind)
        return failure
    }

    private func classified(_ error: TransportError) -> Failure {
        let tried = "\(subject) got no answer: \(error.message.excerpt())."
        switch error.kind {
        case .cancelled:
            return Failure(APIError(.cancelled, "\(subject) was cancelled."), .never)
        case .bodyTooLarge:
            return Failure(
                APIError(.tooLarge, "\(subject) was given up: the answer is larger than this request allows."), .never)
        case .tls:
            return aboutAddress(nil, nil, "\(tried) \((error.fault ?? .other).advice(server))", .never)
        case .tunnel(let status): return refusedTunnel(status, tried)
        case .resolve:
            // Once more for a name server that was busy; a name that does not exist will not exist the seventh time either.
            return aboutAddress(
                nil, nil, "\(tried) Check the host name in `endpoint`, and the proxy if there is one.", .once)
        case .connect:
            return transient(nil, nil, "\(tried) Check host and port in `endpoint`, and whether the server is up.")
        case .timeout where error.message.contains("SSL connection timeout"):
            // As a server of plain HTTP that waits for the rest of a request.
            return transient(nil, nil, "\(tried) \(TLSFault.plaintext.advice(server))")
        case .timeout:
            return transient(nil, nil, "\(tried) If the server is slow, raise `request_timeout_seconds`.")
        case .truncated where isRoot && server.scheme == "http" && !trust.isAddressProven:
            // A server that waits for a TLS greeting hangs up on anything else.
            return transient(nil, nil, "\(tried) \(TLSFault.encrypted.advice(server))")
        case .truncated, .other:
            return transient(nil, nil, tried)
        }
    }

    /// The failure of a connection that a proxy of the environment did not let through.
    private func refusedTunnel(_ status: Int, _ tried: String) -> Failure {
        switch status {
        case 407:
            aboutAddress(
                status, nil,
                "\(tried) It wants a login: put it into the variable that names it (HTTPS_PROXY=http://user:password@host:port).",
                .never)
        case 500...:
            transient(
                status, nil,
                "\(tried) It did not reach the server: check host and port in `endpoint`; hosts that need no proxy go into NO_PROXY."
            )
        default:
            aboutAddress(
                status, nil,
                "\(tried) Have this host allowed there, or put it into NO_PROXY if it can be reached without (the proxy is the one that "
                    + "HTTPS_PROXY or ALL_PROXY names).", .once)
        }
    }

    /// The failure of a 200 whose body cannot be used, for a `reason` such as "the body was not JSON".
    func unusable(_ reason: String) -> Failure {
        let text = "\(subject) was answered, but \(reason)."
        return isRoot
            ? aboutAddress(200, nil, "\(text) \(rootAdvice)", .once) : transient(200, nil, "\(text) \(laterAdvice)")
    }

    /// The failure of a redirect the credentials must not follow; `target` is scheme and host only.
    func redirected(to target: String, status: Int) -> Failure {
        aboutAddress(
            status, nil,
            "\(subject) is redirected to \(target.excerpt(100)), which is not the configured server, so the token "
                + "was not sent there. If that is the right address, set `endpoint` to it.", .never)
    }

    /// The failure of a chain of redirects that does not end.
    func redirectedInCircles(status: Int) -> Failure {
        aboutAddress(
            status, nil,
            "\(subject) is redirected again and again. Set `endpoint` to the address the browser shows.", .never)
    }

    private func failure(status: Int, body: ErrorBody) -> Failure {
        if status == 429 || (status == 400 && KnownRefusals.isRateLimit(body)) { return rateLimited(status, body) }
        if status == 401 { return unauthorized(status, body) }
        if KnownRefusals.isMissingRoute(status, body), !isRoot, !trust.areRoutesKnown { return missing(status, body) }
        if body.isOfServer, !isRoot, (400..<500).contains(status) { return saidByServer(status, body) }
        if status == 407 { return proxyLogin(status, body) }
        if isRoot, server.scheme == "http", status == 400, let text = body.text?.lowercased(),
            text.contains("https")
        {
            // As nginx ("sent to HTTPS port") and Go's servers ("to an HTTPS server") say it.
            return aboutAddress(
                status, body, "\(came(status, body)). \(TLSFault.encrypted.advice(server))", .never)
        }
        if isRoot, !(202...202).contains(status), status != 408, status != 425, status < 500 {
            return aboutAddress(status, body, "\(came(status, body)). \(rootAdvice)", .once)
        }
        return transient(status, body, "\(came(status, body)). \(laterAdvice)")
    }

    private var isRoot: Bool { request.route == "info" }
    private var subject: String { isRoot ? "GET \(server)/api/info" : "GET \(request.route)" }
    private var laterAdvice: String { "If it goes on, look at the server and at the proxies before it." }

    private var rootAdvice: String {
        if let workspace = server.withoutPage {
            return
                "The end of `endpoint` is a page of the browser, not the address of the workspace: is that \(workspace) ?"
        }
        return
            "This is not the root of a Rocket.Chat API. Check `endpoint`: is a sub-path missing, or does a proxy show its "
            + "own login page?"
    }

    private func came(_ status: Int, _ body: ErrorBody) -> String {
        "\(subject) was answered \(status)\(body.quotation)"
    }

    private func make(_ kind: APIError.Kind, _ status: Int?, _ body: ErrorBody?, _ message: String) -> APIError {
        APIError(
            kind, status: status, errorType: body?.code, isOfServer: body?.isOfServer ?? false,
            message)
    }

    private func transient(_ status: Int?, _ body: ErrorBody?, _ message: String) -> Failure {
        Failure(make(.transient, status, body, message), .scheduled)
    }

    /// A failure that shows a wrong address at first sight, and a passing trouble where the address is proven.
    private func aboutAddress(
        _ status: Int?, _ body: ErrorBody?, _ message: String, _ retry: Failure.Retry
    ) -> Failure {
        trust.isAddressProven
            ? transient(status, body, message) : Failure(make(.configuration, status, body, message), retry)
    }

    private func rateLimited(_ status: Int, _ body: ErrorBody) -> Failure {
        let advice = "Other clients behind the same address may be using up the limit of this route."
        return Failure(make(.transient, status, body, "\(came(status, body)). \(advice)"), .afterReset)
    }

    private func missing(_ status: Int, _ body: ErrorBody) -> Failure {
        let advice = "This server does not seem to have the route: it may be too old or too new, or lack a licence."
        return Failure(make(.unavailable, status, body, "\(came(status, body)). \(advice)"), .once)
    }

    private func unauthorized(_ status: Int, _ body: ErrorBody) -> Failure {
        if KnownRefusals.isRefusal(status, body, of: request.route) { return refused(status, body) }
        guard KnownRefusals.isAboutCredentials(body), request.authenticated else {
            return aboutAddress(
                status, body,
                "\(came(status, body)). This seems to come from a proxy before the server that wants a login of its own.",
                .never)
        }
        let advice =
            "Check `token` and `user_id`: both must come from the same account, and the token must not be revoked."
        var failure = Failure(make(.configuration, status, body, "\(came(status, body)). \(advice)"), .never)
        failure.isAboutCredentials = true
        return failure
    }

    /// What Rocket.Chat itself says with `success: false`: a refusal, a word about the form of the request, or a failure
    /// inside it. Exceptions of its handlers come as 400 too, with their own message and sometimes with a code.
    private func saidByServer(_ status: Int, _ body: ErrorBody) -> Failure {
        if KnownRefusals.isEmptyList(status, body, of: request.route) {
            return Failure(make(.noRows, status, body, "\(came(status, body))."), .never)
        }
        let isAboutForm = KnownRefusals.isInvalidRequest(status, body)
        if !isAboutForm, KnownRefusals.isRefusal(status, body, of: request.route) { return refused(status, body) }
        if isAboutForm {
            let text = "\(came(status, body)). This server version does not accept the parameters."
            return Failure(make(.invalidRequest, status, body, text), .never)
        }
        let advice = "The server failed over this request; its own log says why."
        return Failure(make(.transient, status, body, "\(came(status, body)). \(advice)"), .once)
    }

    private func refused(_ status: Int, _ body: ErrorBody) -> Failure {
        let advice =
            body.word == "error-room-archived"
            ? "The server does not tell this of archived rooms."
            : "The token's user may not read this, or it no longer exists."
        return Failure(make(.refused, status, body, "\(came(status, body)). \(advice)"), .never)
    }

    private func proxyLogin(_ status: Int, _ body: ErrorBody) -> Failure {
        aboutAddress(
            status, body,
            "\(came(status, body)). The proxy wants a login: put it into the proxy variable of the environment.", .never
        )
    }
}
