import AirbyteProtocol
import CSystem

@testable import RunnerKit

/// A destination made of a shell script, in the folder of a fake source.
struct FakeDestination {
    let source: FakeSource
    var command: String { "sh '\(source.folder)/a destination'" }
    var config: String { "\(source.folder)/destination.json" }
    var stateFile: String { "destination.state.json" }

    /// Takes every line into the file `landed` and echoes each state at once.
    static let honest = """
        while IFS= read -r line; do
            printf '%s\\n' "$line" >> "$here/landed"
            case $line in '{"type":"STATE"'*) printf '%s\\n' "$line" ;; esac
        done
        """

    init(
        _ source: FakeSource, specification: String = #"{"type":"object"}"#, modes: String = "", config: String = "{}",
        write: String = honest
    ) throws {
        self.source = source
        try source.write("destination.json", config)
        let supported = modes.isEmpty ? "" : #","supported_destination_sync_modes":[\#(modes)]"#
        try source.write(
            "destination-spec",
            #"{"type":"SPEC","spec":{"connectionSpecification":\#(specification)\#(supported)}}"# + "\n")
        try source.write(
            "destination-check.sh", #"echo '{"type":"CONNECTION_STATUS","connectionStatus":{"status":"SUCCEEDED"}}'"#)
        try writes(write)
        try source.write(
            "a destination",
            """
            #!/bin/sh
            here=$(dirname "$0")
            verb=$1
            echo "$*" >> "$here/destination-calls"
            case $verb in
            spec) cat "$here/destination-spec" ;;
            check) . "$here/destination-check.sh" ;;
            write)
                cp "$5" "$here/destination-catalog"
                . "$here/write.sh"
                ;;
            esac
            """)
    }

    /// What `write` does from now on, as a script in which `$here` is the folder.
    func writes(_ script: String) throws { try source.write("write.sh", script) }

    /// Runs `sync` from the source to it, in this process.
    func sync(_ arguments: String...) throws -> FakeSource.Result { try source.run(words: words + arguments) }

    /// The command line of that.
    var words: [String] {
        [
            "sync", "--source", source.command, "--config", source.config, "--destination", command,
            "--destination-config", config, "--commit-every", "0",
        ]
    }

    /// What it has landed, line by line; forgotten then.
    func landed() throws -> [String] {
        defer { unlink("\(source.folder)/landed") }
        return (try source.text("landed") ?? "").split(separator: "\n").map(String.init)
    }

    /// The kept state and generations of the connection.
    func kept() throws -> DeliveryFile {
        try DeliveryFile(parsing: try Files.read("\(source.folder)/\(stateFile)") ?? [])
    }
}
