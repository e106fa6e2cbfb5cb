import Synchronization

/// Sends one request and follows the redirects the credentials may follow.
final class RequestExchange: Sendable {
    private static let maximumRedirects = 5

    private let credentials: Credentials
    private let transport: any HTTPTransport
    private let settings: ClientSettings
    // The https twin of the configured address, once the server has sent us there.
    private let current: Mutex<ServerAddress>
    private let server: ServerAddress

    /// Exchanges with one server by one token.
    init(server: ServerAddress, credentials: Credentials, transport: any HTTPTransport, settings: ClientSettings) {
        self.server = server
        self.credentials = credentials
        self.transport = transport
        self.settings = settings
        current = Mutex(server)
    }

    /// Where tasks that send much had best run.
    var executor: (any TaskExecutor)? { transport.executor }

    /// Sends `request`; returns the first answer that is not a redirect. `beforeSend` is called before each hop.
    func send(
        _ request: APIRequest, _ classifier: ResponseClassifier, beforeSend: () -> Void
    ) async throws(Failure) -> HTTPResponse {
        let start = current.withLock { $0 }
        var url = start.url(path: request.path, query: request.query)
        var hops = 0
        while true {
            beforeSend()
            let response: HTTPResponse
            do {
                response = try await transport.send(
                    HTTPRequest(
                        url: url, headers: headers(request), timeout: settings.requestTimeout,
                        maximumBodyBytes: request.maximumBodyBytes ?? settings.maximumBodyBytes))
            } catch {
                throw classifier.failure(error)
            }
            guard RedirectTarget.isRedirect(response.status), let location = response.headers["Location"] else {
                return response
            }
            guard let target = RedirectTarget(location: location, at: url, server: server) else {
                throw classifier.redirected(to: "an unreadable address", status: response.status)
            }
            guard target.isTrusted else { throw classifier.redirected(to: target.origin, status: response.status) }
            hops += 1
            guard hops <= Self.maximumRedirects else { throw classifier.redirectedInCircles(status: response.status) }
            remember(target, from: start, request)
            url = target.url
        }
    }

    private func headers(_ request: APIRequest) -> [(String, String)] {
        let accept = ("Accept", "application/json")
        guard request.authenticated else { return [accept] + credentials.additional.fields }
        return [accept, ("X-Auth-Token", credentials.token), ("X-User-Id", credentials.userID)]
            + credentials.additional.fields
    }

    // A server that moves http to https does so for every request; starting there saves the detour, and the token goes
    // over the open line no more.
    private func remember(_ target: RedirectTarget, from start: ServerAddress, _ request: APIRequest) {
        guard start.scheme == "http", let origin = try? ServerAddress(target.origin), origin.scheme == "https" else {
            return
        }
        let twin = ServerAddress(scheme: "https", host: origin.host, port: origin.port, path: start.path)
        if twin.url(path: request.path, query: request.query) == target.url {
            current.withLock { $0 = twin }
        }
    }
}
