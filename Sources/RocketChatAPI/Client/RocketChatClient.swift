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
    let gate: RequestGate
    private let exchange: RequestExchange
    private let jitter: Jitter
    private let knownRoutes = Mutex<Set<String>>([])

    /// Creates a client; nothing is sent yet.
    package init(
        server: ServerAddress, credentials: Credentials, transport: any HTTPTransport, clock: any SyncClock,
        settings: ClientSettings = ClientSettings()
    ) {
        self.server = server
        self.clock = clock
        self.settings = settings
        gate = RequestGate(
            clock: clock, maximumConcurrency: settings.maximumConcurrency, onWait: settings.onWait)
        exchange = RequestExchange(
            server: server, credentials: credentials, transport: transport, settings: settings)
        jitter = Jitter(seed: settings.jitterSeed)
    }

    /// Where tasks that read much had best run; `nil` when it makes no difference.
    package var executor: (any TaskExecutor)? { exchange.executor }

    /// What is known of the server's clock so far.
    package var serverClock: ServerClock { gate.serverClock }

    /// Bounds of the server's time now, in Unix ms.
    package var serverNow: ServerClock.Reading { gate.serverClock.reading(at: clock.now()) }

    /// Whether the user has `api-bypass-rate-limit`: budgets are then ignored, but a 429 is still obeyed.
    package var bypassesRateLimit: Bool {
        get { gate.bypasses }
        set { gate.bypasses = newValue }
    }

    /// What has been done so far, by route.
    package var statistics: ClientStatistics { gate.statistics }

    /// Sends `request` until `accept` takes an answer or no further try makes sense.
    ///
    /// `accept` makes the value out of a 200 with a JSON body; a ``Failure`` it throws is repeated like any other.
    func perform<Value: Sendable>(
        _ request: APIRequest, accept: (HTTPResponse, AnswerJudge) throws(Failure) -> Value
    ) async throws(APIError) -> Value {
        var pass: RequestGate.Pass?
        var failedTries = 0
        var refusals = 0
        while true {
            let judge = AnswerJudge(
                request: request, server: server,
                isKnownRoute: knownRoutes.withLock { $0.contains(request.route) })
            let failure: Failure
            do {
                pass = try await enter(request.route, again: pass)
            } catch {
                throw APIError(.cancelled, "GET \(request.route) was cancelled.")
            }
            do {
                let response = try await attempt(request, judge: judge, pass: pass)
                let value = try accept(response, judge)
                knownRoutes.withLock { _ = $0.insert(request.route) }
                return value
            } catch {
                failure = error
            }
            if failure.isRateLimit {
                refusals += 1
                if refusals >= settings.maximumRateLimitWaits { throw failure.error }
                continue
            }
            failedTries += 1
            let tries = failure.repetition == .never ? 1 : failure.repetition == .once ? 2 : settings.maximumAttempts
            guard failedTries < tries else { throw failure.error.adding(tries: failedTries) }
            try await pause(after: failedTries, request.route, failure.error)
        }
    }

    private func enter(_ route: String, again: RequestGate.Pass?) async throws(CancellationError) -> RequestGate.Pass {
        try await gate.enter(route, again: again)
    }

    // One try: send, follow trusted redirects, hand the pass back with what the answer told, judge.
    private func attempt(
        _ request: APIRequest, judge: AnswerJudge, pass: RequestGate.Pass?
    ) async throws(Failure) -> HTTPResponse {
        guard let pass else { preconditionFailure("a request is sent only with a pass") }
        var sent = clock.now()
        let response: HTTPResponse
        do {
            response = try await exchange.send(request, judge: judge) { sent = self.clock.now() }
        } catch {
            gate.leave(pass, .lost(mayHaveCounted: error.mayHaveReachedServer))
            throw error
        }
        let failure = judge.failure(response)
        let isRefusal = failure?.isRateLimit ?? false
        let text = isRefusal ? ErrorBody(response).text : nil
        gate.leave(
            pass,
            .answered(
                RateLimitSignal(response, isRefusal: isRefusal, errorText: text),
                date: response.headers["Date"].flatMap { HTTPDate.milliseconds($0) },
                sent: sent, received: clock.now(), bytes: response.body.count))
        if let failure { throw failure }
        return response
    }

    private func pause(after tries: Int, _ route: String, _ error: APIError) async throws(APIError) {
        let delay = RetrySchedule().delay(attempt: tries, random: jitter.next())
        gate.countRetry(route)
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
        return APIError(kind, status: status, errorType: errorType, "\(message) (\(tries) tries)")
    }
}
