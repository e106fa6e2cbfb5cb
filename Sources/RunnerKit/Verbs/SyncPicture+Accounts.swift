import AirbyteProtocol

extension SyncPicture {
    /// What is seen of `accounts` at `now` (monotonic ms) and `wall` (Unix ms); names masked by `shown`.
    init(
        _ accounts: [StreamAccount], _ forecasts: Forecasts, started: Int64, now: Int64, wall: Int64,
        shown: (String) -> String
    ) {
        elapsed = now - started
        timeOfDay = Clock.timeOfDay(wall)
        streams = accounts.map { account in
            let forecast = forecasts.streams[account.key]
            var stream = Stream(name: shown(account.key.description))
            stream.phase = Self.phase(account)
            stream.rows = account.records
            stream.total = forecast?.rows
            stream.bytes = account.bytes
            guard stream.phase == .reading || stream.phase == .waiting else { return stream }
            stream.share = TimeLeft.share(rows: account.records, forecast)
            let began = account.firstSeen ?? now
            let measured = forecast?.rows == nil ? forecast?.parts?.at ?? now : now
            stream.left = TimeLeft.left(
                elapsed: now - began, share: stream.share, measured: measured - began, foretold: forecast?.duration)
            stream.limitedUntil = account.rateLimitedUntil.flatMap { $0 > wall ? Clock.timeOfDay($0) : nil }
            return stream
        }
    }

    private static func phase(_ account: StreamAccount) -> Phase {
        if account.failure != nil { return .failed }
        switch account.status {
        case .complete: return .complete
        case .incomplete: return .failed
        case .started, .running: return .reading
        case nil: return account.firstSeen == nil ? .waiting : .reading
        }
    }
}
