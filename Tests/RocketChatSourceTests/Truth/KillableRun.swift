import AirbyteProtocol
import RocketChatAPI
import Synchronization
import TestSupport
import Testing

@testable import RocketChatSource

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Runs `read` of the real connector in virtual time; it can be killed at a request, as SIGKILL does it: what was written
/// by then stands, everything else is lost.
struct KillableRun {
    let clock: VirtualClock
    let transport: LivingTransport
    let configuration: String
    let catalog: String
    let sizes: RequestSizes
    let seed: UInt64

    /// How a run ended.
    struct Result: Sendable {
        /// The exit code; meaningless after a kill.
        let code: ExitCode
        /// Standard output.
        let bytes: [UInt8]
        /// Bytes that had been written when it was killed; nil when it was not.
        let killedAt: Int?
    }

    /// Runs with the given state file; `killAt` is the number of a request.
    func read(
        state: String, lifeChance: Double = 0, steps: Int = 0, killAt: Int? = nil, events: [TimedEvent] = []
    ) async throws -> Result {
        let folder = try ScratchFolder()
        let command = ConnectorCommand.read(
            config: try folder.write("config.json", configuration), catalog: try folder.write("catalog.json", catalog),
            state: try folder.write("state.json", state))
        let path = "\(folder.path)/output"
        let descriptor = open(path, O_CREAT | O_WRONLY, 0o600)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        let clock = clock
        let writer = MessageWriter(descriptor: descriptor, now: { clock.now() })
        let transport = transport
        var made = Connector(writer: writer, clock: clock, transport: { _ in transport })
        made.sizes = sizes
        made.jitterSeed = seed
        let connector = made
        let killed = Mutex<Int?>(nil)
        let running = Mutex<Task<ExitCode, Never>?>(nil)
        transport.begin(lifeChance: lifeChance, steps: steps, killAt: killAt, events: events) {
            killed.withLock { $0 = Int(lseek(descriptor, 0, SEEK_CUR)) }
            running.withLock { $0?.cancel() }
        }
        let code = try await clock.run {
            let task = Task(executorPreference: clock.executor) { await connector.run(command) }
            running.withLock { $0 = task }
            return await task.value
        }
        return Result(code: code, bytes: try TextFile.read(path), killedAt: killed.withLock { $0 })
    }
}
