package import AirbyteProtocol
import JSONBytes
package import RocketChatAPI

/// The connector: runs one verb and says how it went.
package struct Connector: Sendable {
    /// Standard output.
    package let writer: MessageWriter
    /// The only source of time.
    package let clock: any SyncClock
    /// Makes the way to the server.
    package let transport: @Sendable (CurlSettings) throws -> any HTTPTransport
    /// How much is asked for at once.
    package var sizes = RequestSizes()
    /// Seed of the random part of waits between tries, so that tests repeat; nil takes a random one.
    package var jitterSeed: UInt64?

    /// Standard error, for the one thing that standard output cannot tell: that it takes no more.
    let complain: @Sendable (String) -> Void

    /// A connector with its surroundings; tests put in their own.
    package init(
        writer: MessageWriter, clock: any SyncClock, complain: @escaping @Sendable (String) -> Void = { _ in },
        transport: @escaping @Sendable (CurlSettings) throws -> any HTTPTransport
    ) {
        self.writer = writer
        self.clock = clock
        self.complain = complain
        self.transport = transport
    }

    /// Runs one verb and returns the exit code.
    package func run(_ command: ConnectorCommand) async -> ExitCode {
        do {
            switch command {
            case .spec: try writer.spec(connectionSpecificationDocument: PackageResources.spec_json)
            case .check(let config): try await check(config: config)
            case .discover(let config): try await discover(config: config)
            case .read(let config, let catalog, let state):
                return try await read(config: config, catalog: catalog, state: state)
            case .help, .version: break
            }
            try writer.flush()
            return .ok
        } catch let error as OutputError {
            return giveUp(error)
        } catch {
            return fail(error)
        }
    }

    /// Ends a run whose output cannot be written: quietly when its reader has left, else with a sentence.
    private func giveUp(_ error: OutputError) -> ExitCode {
        if error == .closed { return .closedPipe }
        complain(error.description)
        return .failed
    }

    /// Tells why nothing can be run, and returns the exit code.
    package func refuse(_ reason: String) -> ExitCode { fail(InputError(reason)) }

    /// Tells of a failure of the whole run.
    func fail(_ error: any Error) -> ExitCode {
        let trace =
            switch error {
            case let error as TraceError: error
            case let error as InputError: TraceError(message: error.message, failureType: .config)
            case let error as ConfigurationError: TraceError(message: error.message, failureType: .config)
            case let error as APIError: TraceError(message: error.message, failureType: FailureType(for: error))
            default: TraceError(message: "The connector failed: \(error)", failureType: .system)
            }
        do {
            try writer.error(trace)
            try writer.flush()
        } catch {
            return giveUp(error)
        }
        return .failed
    }

    /// The configuration's JSON.
    func configurationDocument(_ path: String) throws(InputError) -> JSON {
        let bytes = try InputFile.read(path, role: "configuration")
        do { return try JSON(parsing: bytes) } catch {
            throw InputError("The configuration file '\(path)' \(Misfit(bytes)?.sentence ?? "is \(error)").")
        }
    }

    /// The configuration; settings and fields that mean nothing are named in a warning. From here on no text that leaves holds
    /// the token or the user id.
    /// - Throws: `ConfigurationError`; `OutputError`.
    func configuration(_ document: JSON) throws -> Configuration {
        writer.mask(Configuration.secrets(in: document))
        let configuration = try Configuration(document)
        for key in configuration.unknownKeys {
            try writer.log(
                .warn, "The configuration has a setting '\(key)' that this connector does not know; it has no effect.")
        }
        if let doubt = configuration.server.clearTextDoubt { try writer.log(.warn, doubt) }
        let omission = Omission(configuration.omitted)
        if let refusal = omission.refusal { throw ConfigurationError(refusal) }
        for doubt in omission.doubts { try writer.log(.warn, doubt) }
        return configuration
    }

    /// How patient a verb is.
    struct Patience {
        /// Tries of one request: few where somebody waits for the answer, many in a long sync.
        let attempts: Int
        /// Longest wait for a rate limit, in ms.
        let longestWait: Int64

        /// Somebody waits for the answer.
        static let short = Patience(attempts: 3, longestWait: 150_000)
        /// A sync may take its time.
        static let long = Patience(attempts: 7, longestWait: 3_600_000)
    }

    /// A client for the configured server.
    func client(
        for configuration: Configuration, patience: Patience, onWait: (@Sendable (RouteWait) -> Void)? = nil
    ) throws(APIError) -> RocketChatClient {
        var curl = CurlSettings()
        curl.userAgent = "source-rocket-chat/\(connectorVersion)"
        curl.maximumConnections = configuration.concurrency
        curl.stallTimeout = configuration.requestTimeout
        var settings = ClientSettings()
        settings.requestTimeout = configuration.requestTimeout
        settings.maximumConcurrency = configuration.concurrency
        settings.maximumAttempts = patience.attempts
        settings.longestWait = patience.longestWait
        let troubles = TroubleLines(writer: writer, clock: clock)
        settings.onWait = { wait in
            onWait?(wait)
            troubles.isWaiting(wait)
        }
        settings.onRetry = { troubles.isRetried($0) }
        // Asked here and not for each line: a line below the level would still empty the buffer of records.
        if writer.logLevel <= .debug {
            settings.onAttempt = { [writer] attempt in try? writer.log(.debug, "\(attempt)") }
        }
        settings.jitterSeed = jitterSeed
        let way: any HTTPTransport
        do {
            if let authority = configuration.caCertificate {
                try AuthorityFile.check(authority)
                try curl.trust(authority)
            }
            way = try transport(curl)
        } catch let error as APIError {
            throw error
        } catch {
            throw APIError(.configuration, "The connection cannot be set up: \(error)")
        }
        return RocketChatClient(
            server: configuration.server, credentials: configuration.credentials, transport: way, clock: clock,
            settings: settings)
    }
}
