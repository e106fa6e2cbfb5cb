import AirbyteProtocol
import JSONBytes
import RocketChatAPI

/// One sync: reads the configured streams side by side and ends each of them in the order that runners expect.
struct Sync: Sendable {
    /// What all streams share.
    let context: SyncContext
    /// Tells runners that streams are alive while they wait.
    let statuses: RunningStreams

    /// How often the heartbeat looks whether a stream has been silent for too long, in ms.
    private static let pulse: Int64 = 60_000

    /// Reads the streams of `catalog`; returns whether all of them were read to their end.
    func run(_ catalog: ConfiguredCatalog, states: [String: JSON]) async throws(OutputError) -> Bool {
        var failed = 0
        var tasks: [StreamTask] = []
        let omission = Omission(context.configuration.omitted)
        for configured in catalog.streams {
            guard let definition = Catalogue.stream(named: configured.name) else {
                try refuse(configured)
                failed += 1
                continue
            }
            let job = StreamJob(
                omission.apply(to: definition), context: context, incremental: configured.syncMode == .incremental,
                stored: states[configured.name])
            tasks.append(StreamTask(job, statuses: statuses))
        }
        failed += try await run(tasks)
        try ReportLines(report: context.report, statistics: context.client.statistics, writer: context.writer)
            .write(tasks.map { ($0.job.definition.name, $0.job.output.totals) })
        if failed > 0 {
            try context.writer.error(
                TraceError(
                    message: "\(failed) of \(catalog.streams.count) streams could not be read to their end; "
                        + "the error of each one is told above.",
                    failureType: .transient))
        }
        try context.writer.flush()
        return failed == 0
    }

    private func refuse(_ configured: ConfiguredStream) throws(OutputError) {
        try context.writer.status(.started, stream: configured.name)
        try context.writer.error(
            TraceError(
                message:
                    "There is no stream '\(configured.name)'. Refresh the source's schema and choose from its streams.",
                failureType: .config, stream: configured.name))
        try context.writer.status(.incomplete, stream: configured.name)
    }

    /// Runs the streams; returns how many failed.
    private func run(_ tasks: [StreamTask]) async throws(OutputError) -> Int {
        do {
            return try await withThrowingTaskGroup(of: Bool?.self) { group in
                for task in tasks {
                    group.addTask { try await task.run() }
                }
                group.addTask {
                    try await beat(tasks)
                    return nil
                }
                var failed = 0
                var open = tasks.count
                while open > 0, let isComplete = try await group.next() {
                    guard let isComplete else { continue }
                    open -= 1
                    if !isComplete { failed += 1 }
                }
                group.cancelAll()
                return failed
            }
        } catch let error as OutputError {
            throw error
        } catch ReadError.output(let error) {
            throw error
        } catch {
            return tasks.count
        }
    }

    /// Emits a STATE for a stream that has long been silent, so that runners do not take a long wait for a hang.
    private func beat(_ tasks: [StreamTask]) async throws(ReadError) {
        while true {
            do { try await context.clock.sleep(until: context.clock.now() + Self.pulse) } catch { return }
            for task in tasks { try task.beat() }
        }
    }
}
