import Synchronization

/// Reads one Rocket.Chat server: paces by route, sends, classifies, validates and retries.
///
/// Waits and retries are invisible to the caller except as time and, through the settings' hooks, as notices.
package final class RocketChatClient: Sendable {
    /// The workspace.
    let server: ServerAddress
    /// The only source of time.
    let clock: any SyncClock
    /// How often and how long requests are tried, and who is told.
    let settings: ClientSettings
    /// Lets requests pass at the pace that the server allows.
    let limiter: RateLimiter
    private let exchange: RequestExchange
    private let jitter: Jitter
    private let trusted = Mutex(ResponseClassifier.Trust())

    /// Creates a client; nothing is sent yet.
    package init(
        server: ServerAddress, credentials: Credentials, transport: any HTTPTransport, clock: any SyncClock,
        settings: ClientSettings = ClientSettings()
    ) {
        self.server = server
        self.clock = clock
        self.settings = settings
        limiter = RateLimiter(
            clock: clock, maximumConcurrency: settings.maximumConcurrency, longestWait: settings.longestWait,
            onWait: settings.onWait)
        exchange = RequestExchange(
            server: server, credentials: credentials, transport: transport, settings: settings)
        jitter = Jitter(seed: settings.jitterSeed)
    }

    /// Where tasks that read much had best run; `nil` when it makes no difference.
    package var executor: (any TaskExecutor)? { exchange.executor }

    /// What is known of the server's clock so far.
    package var serverClock: ServerClock { limiter.serverClock }

    /// Bounds of the server's time now, in Unix ms.
    package var serverNow: ServerClock.Bounds { limiter.serverClock.bounds(at: clock.now()) }

    /// Says that a saved state proves the address: what a proxy answers from now on does not make it wrong.
    package func trustAddress() { trusted.withLock { $0.isAddressProven = true } }

    /// Says that the server's version is known, so that it has every route it is asked for.
    package func trustRoutes() { trusted.withLock { $0.areRoutesKnown = true } }

    /// Whether the user has `api-bypass-rate-limit`: budgets are then ignored, but a 429 is still obeyed.
    package var bypassesRateLimit: Bool {
        get { limiter.bypasses }
        set { limiter.bypasses = newValue }
    }

    /// What has been done so far, by route.
    package var statistics: ClientStatistics { limiter.statistics }

    /// Sends `request` until `accept` takes an answer or no further try makes sense.
    ///
    /// `accept` makes the value out of a 200 with a JSON body; a ``Failure`` it throws is repeated like any other.
    func perform<Value: Sendable>(
        _ request: APIRequest, accept: (HTTPResponse, ResponseClassifier) throws(Failure) -> Value
    ) async throws(APIError) -> Value {
        var earlier: RateLimiter.Permit?
        var failedTries = 0
        var refusals = 0
        while true {
            let trust = trusted.withLock { $0 }
            let classifier = ResponseClassifier(request: request, server: server, trust: trust)
            var failure: Failure
            let permit = try await permit(for: request.route, again: earlier)
            earlier = permit
            do {
                let response = try await attempt(
                    request, classifier, permit: permit, number: failedTries + refusals + 1)
                let value = try accept(response, classifier)
                noteSuccess(of: request)
                return value
            } catch {
                failure = error
            }
            if failure.isRateLimit {
                refusals += 1
                if refusals >= settings.maximumRateLimitWaits { throw failure.error }
                settings.onRetry?(RetryNotice(route: request.route, milliseconds: nil, error: failure.error))
                continue
            }
            if failure.isAboutCredentials, trust.areCredentialsProven, await areCredentialsGood() {
                // One node that restarts said so, or a proxy; elsewhere the server takes the token all the same.
                failure.error = failure.error.becoming(.transient)
                failure.retry = .scheduled
            }
            failedTries += 1
            guard failedTries < failure.retry.tries(most: settings.maximumAttempts) else {
                throw failure.error.adding(tries: failedTries)
            }
            try await pause(after: failedTries, request.route, failure.error)
        }
    }

    private func noteSuccess(of request: APIRequest) {
        trusted.withLock { trust in
            trust.isAddressProven = true
            if request.authenticated { trust.areCredentialsProven = true }
        }
    }

    /// Asks once who the token is, to tell a revoked one from a 401 that passes.
    private func areCredentialsGood() async -> Bool {
        let request = APIRequest("v1/me")
        let classifier = ResponseClassifier(request: request, server: server, trust: trusted.withLock { $0 })
        do {
            let permit = try await permit(for: request.route, again: nil)
            _ = try await attempt(request, classifier, permit: permit, number: 1)
            return true
        } catch let error as Failure {
            return !error.isAboutCredentials
        } catch {
            return false
        }
    }

    private func permit(for route: String, again: RateLimiter.Permit?) async throws(APIError) -> RateLimiter.Permit {
        do { return try await limiter.acquire(route, again: again) } catch {
            switch error {
            case .cancelled: throw APIError(.cancelled, "GET \(route) was cancelled.")
            case .tooLong(let milliseconds):
                throw APIError(
                    .transient, status: 429,
                    "The server lets nobody call \(route) for another \(milliseconds / 1000) s, which is longer than this "
                        + "waits (\(settings.longestWait / 1000) s). Run it again later, or look at the server's rate limiter."
                )
            }
        }
    }

    // One try: send, follow trusted redirects, hand the permit back with what the answer told, classify.
    private func attempt(
        _ request: APIRequest, _ classifier: ResponseClassifier, permit: RateLimiter.Permit, number: Int
    ) async throws(Failure) -> HTTPResponse {
        let began = clock.now()
        var sent = began
        var answer: HTTPResponse?
        defer {
            settings.onAttempt?(
                RequestAttempt(
                    request, number: number, waited: permit.waited, took: clock.now() - began, response: answer))
        }
        let response: HTTPResponse
        do {
            response = try await exchange.send(request, classifier) { sent = self.clock.now() }
            answer = response
        } catch {
            limiter.release(permit, .lost(mayHaveCounted: error.mayHaveReachedServer))
            throw error
        }
        let failure = classifier.failure(response)
        let isRefusal = failure?.isRateLimit ?? false
        let text = isRefusal ? ErrorBody(response).text : nil
        limiter.release(
            permit,
            .answered(
                RateLimitSignal(response, isRefusal: isRefusal, errorText: text),
                date: response.headers["Date"].flatMap { HTTPDate.milliseconds($0) },
                sent: sent, received: clock.now(), bytes: response.body.count))
        if let failure { throw failure }
        return response
    }

    private func pause(after tries: Int, _ route: String, _ error: APIError) async throws(APIError) {
        let delay = RetryBackoff().delay(attempt: tries, random: jitter.next())
        limiter.countRetry(route)
        settings.onRetry?(RetryNotice(route: route, milliseconds: delay, error: error))
        do {
            try await clock.sleep(until: clock.now() + delay)
        } catch {
            throw APIError(.cancelled, "GET \(route) was cancelled.")
        }
    }
}

extension APIError {
    // Says how often it was tried, where that was more than once.
    fileprivate func adding(tries: Int) -> APIError {
        guard tries > 1 else { return self }
        return APIError(
            kind, status: status, errorType: errorType, isOfServer: isOfServer, "\(message) (\(tries) tries)")
    }

    // The same failure with another meaning.
    fileprivate func becoming(_ kind: Kind) -> APIError {
        APIError(kind, status: status, errorType: errorType, isOfServer: isOfServer, message)
    }
}
