import AirbyteProtocol
import CSystem

@testable import RunnerKit

/// A source made of a shell script in a folder of its own, saying what a test tells it to.
final class FakeSource {
    let folder: String
    /// The folder holds spaces, so that every test also tests quoting.
    ///
    /// Run by `sh`, not as a program: a file that was just written cannot be executed while a process that another
    /// test is about to start still holds it open (ETXTBSY).
    var command: String { "sh '\(folder)/a source'" }
    var config: String { "\(folder)/config.json" }
    var database: String { "\(folder)/out.db" }

    /// `streams` are AirbyteStream objects.
    init(
        _ streams: String..., specification: String = #"{"type":"object"}"#, config: String = "{}"
    ) throws {
        var template = Array("/tmp/airbyte run tests XXXXXX".utf8CString)
        mkdtemp(&template)
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        try write("config.json", config)
        try offer(streams)
        try write("spec", #"{"type":"SPEC","spec":{"connectionSpecification":\#(specification)}}"# + "\n")
        try write("check.sh", #"echo '{"type":"CONNECTION_STATUS","connectionStatus":{"status":"SUCCEEDED"}}'"#)
        try write("read", "")
        try write("read.sh", "cat \"$here/read\"")
        try write(
            "a source",
            """
            #!/bin/sh
            here=$(dirname "$0")
            verb=$1
            shift
            echo "$verb $*" >> "$here/calls"
            test "$1" != --config || cp "$2" "$here/given-config"
            case $verb in
            spec | discover) cat "$here/$verb" ;;
            check) . "$here/check.sh" ;;
            read)
                rm -f "$here/given-state"
                for word in "$@"; do
                    case $last in
                    --state) cp "$word" "$here/given-state" ;;
                    --catalog) cp "$word" "$here/given-catalog" ;;
                    esac
                    last=$word
                done
                . "$here/read.sh"
                ;;
            esac
            """)
    }

    deinit {
        _ = try? SourceRun(words: ["rm", "-rf", folder]).run { _ in .goOn }
    }

    /// Changes what `discover` answers.
    func offer(_ streams: [String]) throws {
        try write("discover", #"{"type":"CATALOG","catalog":{"streams":[\#(streams.joined(separator: ","))]}}"# + "\n")
    }

    /// What `read` prints from now on; it ends with `exit`.
    func reads(_ lines: String..., exit: Int32 = 0) throws {
        try write("read", lines.map { $0 + "\n" }.joined())
        try write("read.sh", "cat \"$here/read\"\nexit \(exit)")
    }

    /// Writes a file into the source's folder.
    func write(_ name: String, _ text: String) throws {
        try Files.write(text, to: "\(folder)/\(name)", flags: O_WRONLY | O_CREAT | O_TRUNC)
    }

    /// A file of the source's folder as text, nil when there is none.
    func text(_ name: String) throws -> String? {
        try Files.read("\(folder)/\(name)").map { String(decoding: $0, as: UTF8.self) }
    }

    /// What a command printed and how it ended.
    struct Result {
        let code: ExitCode
        let output: String
        let errors: String
    }

    /// Runs `verb` of the runner in this process, with this source and configuration.
    func run(_ verb: String, _ arguments: String...) throws -> Result {
        try run(words: [verb, "--source", command, "--config", config] + arguments)
    }

    /// Runs `sync` into the source's own database.
    func sync(_ arguments: String...) throws -> Result { try sync(arguments) }

    /// The same with arguments from a list.
    func sync(_ arguments: [String]) throws -> Result {
        try run(words: ["sync", "--source", command, "--config", config, "--into", database] + arguments)
    }

    /// Runs any command line in this process, results into a file of the source's unless told otherwise.
    func run(words: [String], output: Int32? = nil) throws -> Result {
        let file = system_open("\(folder)/stdout", O_RDWR | O_CREAT | O_TRUNC, 0o600)
        let errors = system_open("\(folder)/stderr", O_RDWR | O_CREAT | O_TRUNC, 0o600)
        defer {
            close(file)
            close(errors)
        }
        let code = Program(console: Console(output: output ?? file, errors: errors)).run(words)
        return Result(code: code, output: try text("stdout") ?? "", errors: try text("stderr") ?? "")
    }

    /// Where a program may print, for tests that need more of it than its words; both files stay open.
    func console() throws -> Console {
        let flags = O_RDWR | O_CREAT | O_TRUNC
        return Console(
            output: system_open("\(folder)/stdout", flags, 0o600), errors: system_open("\(folder)/stderr", flags, 0o600)
        )
    }

    /// The rows of a query, values joined by `|`, NULL as `~`.
    func query(_ sql: String) throws -> [String] {
        let database = try Database(self.database)
        let statement = try database.statement(sql)
        defer { statement.reset() }
        var rows: [String] = []
        while try statement.step() {
            rows.append((0..<statement.columnCount).map { statement.text($0) ?? "~" }.joined(separator: "|"))
        }
        return rows
    }
}

/// Protocol lines, short.
enum Say {
    static func record(_ stream: String, _ data: String) -> String {
        #"{"type":"RECORD","record":{"stream":"\#(stream)","data":\#(data),"emitted_at":1700000000123}}"#
    }

    static func state(_ stream: String, _ state: String, count: Int? = nil) -> String {
        let stats = count.map { #","sourceStats":{"recordCount":\#($0).0}"# } ?? ""
        return #"{"type":"STATE","state":{"type":"STREAM","stream":{"stream_descriptor":{"name":"\#(stream)"},"#
            + #""stream_state":\#(state)}\#(stats)}}"#
    }

    static func status(_ stream: String, _ status: String) -> String {
        #"{"type":"TRACE","trace":{"type":"STREAM_STATUS","emitted_at":1,"stream_status":"#
            + #"{"stream_descriptor":{"name":"\#(stream)"},"status":"\#(status)"}}}"#
    }

    static func error(_ message: String, type: String = "system_error", stream: String? = nil) -> String {
        let descriptor = stream.map { #","stream_descriptor":{"name":"\#($0)"}"# } ?? ""
        return #"{"type":"TRACE","trace":{"type":"ERROR","emitted_at":1,"error":"#
            + #"{"message":"\#(message)","failure_type":"\#(type)"\#(descriptor)}}}"#
    }

    /// An AirbyteStream. `fields` are pairs of name and JSON type.
    static func stream(
        _ name: String, key: [String] = ["id"], incremental: Bool = true,
        _ fields: KeyValuePairs<String, String> = ["id": "string", "n": "integer"]
    ) -> String {
        let properties = fields.map { #""\#($0.key)":{"type":["null","\#($0.value)"]}"# }.joined(separator: ",")
        let modes = incremental ? #"["full_refresh","incremental"]"# : #"["full_refresh"]"#
        let paths = key.map { #"["\#($0)"]"# }.joined(separator: ",")
        return #"{"name":"\#(name)","json_schema":{"type":"object","properties":{\#(properties)}},"#
            + #""supported_sync_modes":\#(modes),"source_defined_primary_key":[\#(paths)],"default_cursor_field":["n"]}"#
    }
}
