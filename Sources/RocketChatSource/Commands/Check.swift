import AirbyteProtocol
import JSONBytes
import RocketChatAPI
import Synchronization

extension Connector {
    /// Says whether the configuration works: address, then credentials, then permissions, in three requests.
    ///
    /// A check that fails says in one sentence what to fix and still counts as an answered question.
    /// - Throws: `InputError` when there is no configuration to check; `OutputError`.
    func check(config path: String) async throws {
        let document = try configurationDocument(path)
        let waits = Mutex<RouteWait?>(nil)
        let status: ConnectionStatus
        do {
            let configuration = try configuration(document)
            let client = try client(for: configuration, patience: .short) { wait in waits.withLock { $0 = wait } }
            let finding = try await within(Self.longestCheck, waits: waits) { () async throws(APIError) in
                let access = try await Access.load(with: client, userID: configuration.credentials.userID)
                let doubts = try await doubtsOf(configuration, client, access)
                return Finding(access: access, doubts: doubts)
            }
            let report = AccessReport(finding.access, client: client)
            try tell(report)
            try tellClock(client)
            for doubt in finding.doubts { try writer.log(.warn, doubt) }
            status = .succeeded(report.whole)
        } catch let error as ConfigurationError {
            status = .failed(error.message)
        } catch let error as APIError {
            status = .failed(error.message)
        }
        try writer.connectionStatus(status)
    }

    /// What a check found out.
    private struct Finding: Sendable {
        let access: Access
        let doubts: [String]
    }

    /// What of the configuration will not do what it seems to: a start date that is still to come, patterns that no room goes by.
    private func doubtsOf(
        _ configuration: Configuration, _ client: RocketChatClient, _ access: Access
    ) async throws(APIError) -> [String] {
        var doubts = configuration.startDateDoubt(now: client.serverNow.ceiling).map { [$0] } ?? []
        // Only then is it worth listing the rooms.
        guard !configuration.rooms.include.isEmpty else { return doubts }
        let context = SyncContext(
            client: client, writer: writer, clock: clock, configuration: configuration,
            origin: Origin(configuration), access: access, report: SyncReport(),
            lookback: Lookback(server: client.serverNow, now: clock.now(), overlap: configuration.overlap), sizes: sizes
        )
        do throws(ReadError) {
            _ = try await RoomDirectory(context: context, stream: messagesStream.name).rooms()
        } catch {
            if case .api(let error) = error, error.kind == .configuration { throw error }
            doubts.append("The rooms could not be listed, so that 'rooms.include' is not compared with them.")
        }
        return doubts + context.report.doubts.filter { $0.contains("rooms.include") }
    }

    /// Longest time that somebody waits for a check, in ms.
    private static let longestCheck: Int64 = 170_000

    /// Runs `body`, but no longer than `limit` ms.
    /// - Throws: `APIError`; a transient one that names the last wait when the time is over.
    private func within<Value: Sendable>(
        _ limit: Int64, waits: borrowing Mutex<RouteWait?>,
        _ body: @escaping @Sendable () async throws(APIError) -> Value
    ) async throws(APIError) -> Value {
        let clock = clock
        let result = await withTaskGroup(of: Result<Value, APIError>?.self) { group in
            group.addTask {
                do throws(APIError) { return .success(try await body()) } catch { return .failure(error) }
            }
            group.addTask {
                try? await clock.sleep(until: clock.now() + limit)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
        if let result { return try result.get() }
        let wait = waits.withLock { $0 }.map {
            " The server lets calls of \($0.route) pass only after \(($0.milliseconds + 999) / 1000) s (its rate limit)."
        }
        throw APIError(
            .transient, "The server did not answer the three questions of a check in \(limit / 1000) s.\(wait ?? "")")
    }

    /// Says when the server's clock is far from this machine's: one of them is wrong.
    func tellClock(_ client: RocketChatClient) throws(OutputError) {
        let server = client.serverNow
        let lead = (server.floor + server.ceiling) / 2 - clock.now()
        guard client.serverClock.isKnown, abs(lead) > Self.strangeLead else { return }
        try writer.log(
            .warn,
            "The server's clock, as its Date headers tell it, is \(Forecast.text(abs(lead))) \(lead > 0 ? "ahead of" : "behind") this "
                + "machine's. One of them is wrong, or a proxy writes the headers by a clock of its own. Nothing is lost by it: what is "
                + "read next time goes by the stamps of the rows.")
    }

    /// Difference of clocks (ms) that is worth a word.
    private static let strangeLead: Int64 = 300_000

    /// Tells what the token may do, without naming its user, and what would add the streams that it cannot read.
    func tell(_ report: AccessReport) throws(OutputError) {
        try writer.log(.info, report.plain)
        for lack in report.lacking { try writer.log(lack.isPermission ? .warn : .info, lack.sentence) }
    }
}
