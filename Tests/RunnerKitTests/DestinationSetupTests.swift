import AirbyteProtocol
import CSystem
import Testing

@testable import RunnerKit

/// `sync --destination` before anything is read: options, configuration, check, and whose states the file holds.
struct DestinationSetupTests {
    @Test(arguments: [
        (["--into", "x.db"], "--into and --destination exclude each other"),
        (["--destination-config", "d"], "--destination-config is given twice"),
    ])
    func wrongOptionsAreRefused(arguments: [String], sentence: String) throws {
        let source = try FakeSource(Say.stream("t"))
        let destination = try FakeDestination(source)
        let result = try source.run(words: destination.words + arguments)
        #expect(result.code == .usage && result.errors.contains(sentence))
    }

    @Test(arguments: [
        ([], "`sync` needs --into FILE.db or --destination CMD"),
        (["--destination", "d"], "--destination needs --destination-config FILE"),
        (["--destination", "'d", "--destination-config", "f"], "--destination has an open quote: 'd"),
        (["--into", "x.db", "--state", "s"], "`sync` keeps its state in the database: leave --state out"),
        (["--into", "x.db", "--destination-config", "f"], "--destination-config needs --destination CMD"),
        (["--into", "x.db", "--same-destination"], "--same-destination needs --destination CMD"),
    ])
    func optionsBelongTogether(arguments: [String], sentence: String) throws {
        let source = try FakeSource(Say.stream("t"))
        let result = try source.run(words: ["sync", "--source", "s", "--config", "c"] + arguments)
        #expect(result.code == .usage && result.errors.contains(sentence))
    }

    @Test func theStateStandsBesideTheDestinationsConfigurationUnlessTold() throws {
        let source = try FakeSource(Say.stream("t"))
        let destination = try FakeDestination(source)
        try source.reads(Say.state("t", #"{"n":1}"#))
        #expect(try destination.sync().code == .ok)
        #expect(access("\(source.folder)/destination.state.json", F_OK) == 0)
        #expect(try destination.sync("--state", "\(source.folder)/mine.json").code == .ok)
        #expect(try source.text("given-state") == nil && source.text("mine.json") != nil)
        #expect(access("\(source.folder)/mine.json-lock", F_OK) == -1)
        let words = ["sync", "--source", "s", "--config", "c", "--destination", "d"]
        #expect(try Options(words + ["--destination-config", "a/warehouse"]).state == "a/warehouse.state.json")
    }

    @Test func theStateFileOfAnotherRunnerIsUnderstood() throws {
        let source = try FakeSource(Say.stream("t"))
        let destination = try FakeDestination(source)
        try source.write(destination.stateFile, "[\(Say.state("t", #"{"n":5}"#))]")
        try source.reads(Say.state("t", #"{"n":6}"#))
        #expect(try destination.sync().code == .ok)
        #expect(try source.text("given-state")?.contains(#"{"n":5}"#) == true)
        try source.write(destination.stateFile, "[1")
        #expect(try destination.sync().code == .usage)
    }

    @Test func aFailedCheckIsSaidAndNothingIsRead() throws {
        let source = try FakeSource(Say.stream("t"))
        let destination = try FakeDestination(source)
        let failed = #"{"type":"CONNECTION_STATUS","connectionStatus":{"status":"FAILED","message":"no such host"}}"#
        try source.write("destination-check.sh", "echo '\(failed)'")
        let result = try destination.sync()
        #expect(result.code == .failed)
        #expect(result.errors.contains("the check of the destination failed: no such host; nothing was read"))
        try source.write("destination-check.sh", "echo '\(Say.error("bad key", type: "config_error"))'; exit 1")
        let wrong = try destination.sync()
        #expect(wrong.code == .configuration)
        #expect(wrong.errors.contains("destination: error: bad key"))
        #expect(wrong.errors.contains("the check of the destination came to no result; nothing was read"))
        #expect(try source.text("calls")?.contains("read") == false)
        #expect(access("\(source.folder)/\(destination.stateFile)", F_OK) == -1)
    }

    @Test func whatIsNoDestinationIsSaid() throws {
        let source = try FakeSource(Say.stream("t"))
        let destination = try FakeDestination(source)
        try source.write("destination-spec", "hello\n")
        let result = try destination.sync()
        #expect(result.code == .failed)
        #expect(result.errors.contains("the destination does not answer `spec`, so it is no Airbyte destination"))
        let words = ["sync", "--source", source.command, "--config", source.config]
        let missing = try source.run(
            words: words + ["--destination", "/no/such", "--destination-config", destination.config])
        #expect(missing.code == .usage)
        #expect(missing.errors.contains("cannot start the destination `/no/such`: "))
        #expect(missing.errors.contains("is --destination right?"))
        let config = try source.run(words: words + ["--destination", "d", "--destination-config", source.folder])
        #expect(config.code == .usage)
        #expect(config.errors.contains("--destination-config \(source.folder) is a folder: name a regular file"))
    }

    private static let specification =
        #"{"type":"object","required":["host"],"properties":{"host":{"type":"string"},"#
        + #""key":{"type":"string","airbyte_secret":true}}}"#

    @Test func theStatesOfOneConnectionAreNotAnothers() throws {
        let source = try FakeSource(
            Say.stream("t"), specification: Self.specification, config: #"{"host":"https://a.example"}"#)
        let destination = try FakeDestination(
            source, specification: Self.specification, config: #"{"host":"db.example","key":"k3y-0ne"}"#)
        try source.reads(Say.state("t", #"{"n":1}"#))
        #expect(try destination.sync().code == .ok)
        // A new secret is the same destination.
        try source.write("destination.json", #"{"host":"db.example","key":"k3y-tw0"}"#)
        #expect(try destination.sync().code == .ok)

        try source.write("destination.json", #"{"host":"other.example"}"#)
        let moved = try destination.sync()
        #expect(moved.code == .configuration)
        #expect(moved.errors.contains("(db.example), not to "))
        #expect(moved.errors.contains("(other.example), which would get"))
        #expect(moved.errors.contains("with --state FILE") && moved.errors.contains("run once with --same-destination"))
        #expect(try destination.sync("--same-destination").code == .ok)
        #expect(try destination.sync().code == .ok)

        try source.write("config.json", #"{"host":"https://b.example"}"#)
        let other = try destination.sync()
        #expect(other.code == .configuration)
        #expect(other.errors.contains("(https://a.example), not of "))
        #expect(other.errors.contains("run once with --same-source"))
        #expect(try destination.sync("--same-source").code == .ok)
        #expect(try source.text(destination.stateFile)?.contains("k3y") == false)
    }

    @Test func secretsOfBothSidesAreHidden() throws {
        let source = try FakeSource(
            Say.stream("t"), specification: Self.specification, config: #"{"host":"h","key":"s0urce-secret"}"#)
        try source.reads(Say.error("source says s0urce-secret and dest-secr3t"), exit: 1)
        let destination = try FakeDestination(
            source, specification: Self.specification, config: #"{"host":"d","key":"dest-secr3t"}"#,
            write: """
                echo 'dest-secr3t on stdout'
                echo 'dest-secr3t and s0urce-secret on stderr' >&2
                echo '\(Say.error("wrong dest-secr3t or s0urce-secret"))'
                cat > /dev/null
                exit 1
                """)
        for verbose in [[], ["--verbose"]] {
            let result = try source.run(words: destination.words + verbose)
            #expect(result.errors.contains("wrong *** or ***") && result.errors.contains("source says *** and ***"))
            #expect(result.errors.contains("`*** on stdout`"))
            #expect(!(result.errors + result.output).contains("secr"))
        }
    }

    @Test func aConfigurationThatTheDestinationChangesIsKeptIfWished() throws {
        let source = try FakeSource(Say.stream("t"))
        let change =
            #"{"type":"CONTROL","control":{"type":"CONNECTOR_CONFIG","emitted_at":1,"connectorConfig":"#
            + #"{"config":{"token":"n3w-t0ken"}}}}"#
        let destination = try FakeDestination(
            source, config: #"{"token":"0ld-t0ken","n":1.50}"#,
            write: "echo '\(change)'\necho '\(change)'\n" + FakeDestination.honest)
        let said = try destination.sync()
        #expect(
            said.errors.split(separator: "\n").count {
                $0.contains("the destination has changed its configuration (a new token, perhaps), which is lost")
            } == 1)
        let kept = try destination.sync("--save-config")
        #expect(kept.code == .ok)
        #expect(kept.errors.contains("the destination has changed its configuration: saved in \(destination.config)"))
        let file = try #require(try source.text("destination.json"))
        #expect(file.contains(#""token": "n3w-t0ken""#) && file.contains("1.50"))
    }
}
