import AirbyteProtocol
import JSONBytes
import RocketChatAPI

extension Connector {
    /// Reads the configured streams; returns the exit code.
    /// - Throws: `InputError`, `ConfigurationError`, `APIError`, `OutputError`: the run could not begin.
    func read(config configPath: String, catalog catalogPath: String, state statePath: String?) async throws -> ExitCode
    {
        let configuration = try configuration(try configurationDocument(configPath))
        let catalog = try ConfiguredCatalog.parse(try InputFile.read(catalogPath, role: "catalog"))
        let states =
            try statePath.map { path throws(InputError) in
                try StateFile(parsing: try InputFile.read(path, role: "state")).byName
            } ?? [:]
        let origin = Origin(configuration)
        try origin.check(states)
        let statuses = RunningStreams(writer: writer)
        let client = try client(for: configuration, patience: .long) { statuses.isLimited($0) }
        if origin.isProven(by: states) { client.trustAddress() }
        return try await withTaskExecutorPreference(client.executor) {
            try await read(
                catalog, states: states, configuration: configuration, origin: origin, client: client,
                statuses: statuses)
        }
    }

    private func read(
        _ catalog: ConfiguredCatalog, states: [String: JSON], configuration: Configuration, origin: Origin,
        client: RocketChatClient, statuses: RunningStreams
    ) async throws -> ExitCode {
        let access = try await Access.load(with: client, userID: configuration.credentials.userID)
        client.bypassesRateLimit = access.bypassesRateLimit
        if access.version != nil { client.trustRoutes() }
        try writer.log(.info, AccessReport(access, client: client).plain)
        // Of streams that nobody has asked for nothing needs to be said here; `check` and `discover` do.
        for stream in catalog.streams.compactMap({ Catalogue.stream(named: $0.name) }) {
            guard let obstacle = Offer(access).obstacle(to: stream) else { continue }
            try writer.log(.warn, obstacle.sentence(for: stream))
        }
        try tellClock(client)
        if let doubt = configuration.startDateDoubt(now: client.serverNow.ceiling) { try writer.log(.warn, doubt) }
        let lookback = Lookback(server: client.serverNow, now: clock.now(), overlap: configuration.overlap)
        let context = SyncContext(
            client: client, writer: writer, clock: clock, configuration: configuration, origin: origin, access: access,
            report: SyncReport(), lookback: lookback, sizes: sizes)
        for state in states.values { context.noteStamp(Origin.newestStamp(of: state)) }
        let sync = Sync(context: context, statuses: statuses)
        return try await sync.run(catalog, states: states) ? .ok : .failed
    }
}
