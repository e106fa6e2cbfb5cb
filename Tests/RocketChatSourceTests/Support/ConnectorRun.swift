import AirbyteProtocol
import RocketChatAPI
import TestSupport
import Testing

@testable import JSONBytes
@testable import RocketChatSource

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One run of the connector in this process, in virtual time, and everything it said.
struct ConnectorRun: Sendable {
    /// The exit code.
    let code: ExitCode
    /// Standard output as it was.
    let bytes: [UInt8]
    /// Every line.
    let messages: [JSON]

    /// Configuration with the three keys that every user types.
    static func configuration(token: String = "token-of-the-test", userID: String = "Us3rOfTheTest0001") -> String {
        #"{"endpoint":"https://chat.example.com","token":"\#(token)","user_id":"\#(userID)","concurrency":4}"#
    }

    static func discover(
        _ transport: any HTTPTransport, clock: VirtualClock, configuration: String = Self.configuration()
    ) async throws -> ConnectorRun {
        let folder = try ScratchFolder()
        let config = try folder.write("config.json", configuration)
        return try await run(.discover(config: config), transport, clock, folder)
    }

    static func check(
        _ transport: any HTTPTransport, clock: VirtualClock, configuration: String = Self.configuration()
    ) async throws -> ConnectorRun {
        let folder = try ScratchFolder()
        let config = try folder.write("config.json", configuration)
        return try await run(.check(config: config), transport, clock, folder)
    }

    /// Reads streams; `states` are STATE messages of earlier runs.
    static func read(
        _ streams: [StreamDefinition], _ transport: any HTTPTransport, clock: VirtualClock,
        mode: SyncMode = .incremental, states: [JSON] = [], configuration: String = Self.configuration()
    ) async throws -> ConnectorRun {
        let folder = try ScratchFolder()
        let config = try folder.write("config.json", configuration)
        let entries = streams.map {
            #"{"stream":{"name":"\#($0.name)","json_schema":{}},"sync_mode":"\#(mode.rawValue)","#
                + #""destination_sync_mode":"append"}"#
        }
        let catalog = try folder.write("catalog.json", #"{"streams":[\#(entries.joined(separator: ","))]}"#)
        let payloads = states.compactMap { $0["state"] }
        let state = try folder.write("state.json", "[\(payloads.map(\.text).joined(separator: ","))]")
        return try await run(.read(config: config, catalog: catalog, state: state), transport, clock, folder)
    }

    private static func run(
        _ command: ConnectorCommand, _ transport: any HTTPTransport, _ clock: VirtualClock, _ folder: ScratchFolder
    ) async throws -> ConnectorRun {
        let path = "\(folder.path)/output"
        let descriptor = open(path, O_CREAT | O_WRONLY, 0o600)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        let writer = MessageWriter(descriptor: descriptor, now: { clock.now() })
        let connector = Connector(writer: writer, clock: clock, transport: { _ in transport })
        let code = try await clock.run { await connector.run(command) }
        let bytes = try TextFile.read(path)
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        return ConnectorRun(code: code, bytes: bytes, messages: try lines.map { try JSON(parsing: Array($0)) })
    }
}

extension ConnectorRun {
    private func payloads(_ type: String, _ key: String) -> [JSON] {
        messages.filter { $0["type"]?.string == type }.compactMap { $0[key] }
    }

    /// Payloads of the RECORD messages of a stream.
    func records(of stream: StreamDefinition) -> [JSON] {
        payloads("RECORD", "record").filter { $0["stream"]?.string == stream.name }
    }

    /// Rows of a stream, tombstones included.
    func rows(of stream: StreamDefinition) -> [JSON] { records(of: stream).compactMap { $0["data"] } }

    /// The STATE messages of a stream, whole.
    func states(of stream: StreamDefinition) -> [JSON] {
        messages.filter { $0["state"]?["stream"]?["stream_descriptor"]?["name"]?.string == stream.name }
    }

    /// The last state of each stream.
    var lastStates: [JSON] {
        var last: [String: JSON] = [:]
        for message in messages where message["type"]?.string == "STATE" {
            if let name = message["state"]?["stream"]?["stream_descriptor"]?["name"]?.string {
                last[name] = message
            }
        }
        return Array(last.values)
    }

    /// Stream statuses in order.
    func statuses(of stream: StreamDefinition) -> [String] {
        payloads("TRACE", "trace").compactMap { $0["stream_status"] }
            .filter { $0["stream_descriptor"]?["name"]?.string == stream.name }
            .compactMap { $0["status"]?.string }
    }

    /// Messages of the errors, those of one stream if it is given.
    func errors(of stream: StreamDefinition? = nil) -> [String] {
        payloads("TRACE", "trace").compactMap { $0["error"] }
            .filter { error in
                guard let stream else { return true }
                return error["stream_descriptor"]?["name"]?.string == stream.name
            }
            .compactMap { $0["message"]?.string }
    }

    /// Log texts of a level.
    func logs(_ level: LogLevel) -> [String] {
        payloads("LOG", "log").filter { $0["level"]?.string == level.rawValue }
            .compactMap { $0["message"]?.string }
    }

    /// What `check` answered: SUCCEEDED or FAILED.
    var status: String? { payloads("CONNECTION_STATUS", "connectionStatus").first?["status"]?.string }

    /// Why a check failed.
    var statusText: String {
        payloads("CONNECTION_STATUS", "connectionStatus").first?["message"]?.string ?? ""
    }

    /// The streams of the catalog.
    var catalog: [JSON] { payloads("CATALOG", "catalog").first?["streams"]?.array ?? [] }
}
