import Foundation
import RocketChatSandbox

/// A sandbox on a port of its own, and a folder of its own for the files that a runner writes.
final class Stage: Sendable {
    let sandbox: Sandbox
    let server: SandboxServer
    let folder: String

    /// A small workspace without a limiter; `change` makes it another one.
    init(_ change: (inout SandboxOptions) -> Void = { _ in }) throws {
        var options = SandboxOptions()
        options.users = 12
        options.rooms = 5
        options.messages = 120
        options.limit = nil
        change(&options)
        sandbox = Sandbox(options)
        server = try SandboxServer(sandbox)
        folder = try Self.makeFolder()
    }

    deinit {
        server.stop()
        try? FileManager.default.removeItem(atPath: folder)
    }

    private static func makeFolder() throws -> String {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("end to end \(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url.path
    }

    /// Writes a file and returns its path.
    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        let path = "\(folder)/\(name)"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    /// Writes a configuration: the administrator's, unless said otherwise. `more` is JSON members that come last.
    func config(
        endpoint: String? = nil, token: String? = nil, user: String? = nil, more: String = #""concurrency":4"#
    ) throws -> String {
        let admin = sandbox.accounts.admin
        return try write(
            "config.json",
            #"{"endpoint":"\#(endpoint ?? server.baseURL)","token":"\#(token ?? admin.token)","#
                + #""user_id":"\#(user ?? admin.userID)",\#(more)}"#)
    }

    /// Writes a configured catalog of these streams.
    func catalog(_ streams: [String], mode: String = "incremental") throws -> String {
        let entries = streams.map {
            #"{"stream":{"name":"\#($0)","json_schema":{},"supported_sync_modes":["full_refresh"]},"#
                + #""sync_mode":"\#(mode)","destination_sync_mode":"append"}"#
        }
        return try catalog(text: #"{"streams":[\#(entries.joined(separator: ","))]}"#)
    }

    /// Writes a catalog file of any content.
    func catalog(text: String) throws -> String { try write("catalog.json", text) }

    /// Reads streams as the administrator; `state` is the content of the state file.
    func read(
        _ streams: [String], mode: String = "incremental", state: String? = nil, more: String = #""concurrency":4"#
    ) async throws -> Run {
        try await read(catalog: try catalog(streams, mode: mode), state: state, more: more)
    }

    /// Reads the streams of a catalog file.
    func read(catalog: String, state: String? = nil, more: String = #""concurrency":4"#) async throws -> Run {
        let words = ["read", "--config", try config(more: more), "--catalog", catalog]
        let states = try state.map { ["--state", try write("state.txt", $0)] } ?? []
        return try await Run.connector(words + states)
    }

    /// Answers of a route to the administrator, for what a test needs to know.
    func answer(_ target: String) throws -> JSON {
        let admin = sandbox.accounts.admin
        let request = SandboxRequest(
            target: target, headers: [("X-Auth-Token", admin.token), ("X-User-Id", admin.userID)])
        return try StrictJSON.parse(sandbox.handle(request).body)
    }
}
