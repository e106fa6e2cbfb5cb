import AirbyteProtocol
import Testing

@testable import RunnerKit

/// `spec`, `check`, `discover`.
struct AskTests {
    @Test func aGoodCheckIsASentenceAndZero() throws {
        let result = try FakeSource(Say.stream("t")).run("check")
        #expect(result.code == .ok)
        #expect(result.output == "The check succeeded: the source can connect.\n")
    }

    @Test func aFailedCheckSaysWhy() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.write(
            "check.sh",
            #"echo '{"type":"CONNECTION_STATUS","connectionStatus":{"status":"FAILED","message":"no such host"}}'"#)
        let result = try source.run("check")
        #expect(result.code == .failed)
        #expect(result.output == "The check failed: no such host\n")
    }

    @Test(arguments: [("config_error", ExitCode.configuration), ("transient_error", ExitCode.failed)])
    func anErrorWithoutAResultDecidesTheExitCode(type: String, code: ExitCode) throws {
        let source = try FakeSource(Say.stream("t"))
        try source.write("check.sh", "echo '\(Say.error("bad token", type: type))'\nexit 1")
        let result = try source.run("check")
        #expect(result.code == code)
        #expect(result.errors.contains("error: bad token"))
    }

    @Test func anErrorBesideAFailedStatusDecidesTheExitCode() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.write(
            "check.sh",
            """
            echo '\(Say.error("bad token", type: "config_error"))'
            echo '{"type":"CONNECTION_STATUS","connectionStatus":{"status":"FAILED","message":"bad token"}}'
            """)
        #expect(try source.run("check").code == .configuration)
    }

    @Test func theReasonOfTheSourceIsTheOnlyLine() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.write(
            "a source",
            """
            case $1 in
            spec) cat "$(dirname "$0")/spec" ;;
            *)
                echo '\(Say.error("bad token", type: "config_error"))'
                exit 1
                ;;
            esac
            """)
        for verb in ["check", "discover", "read"] {
            let result = try source.run(verb)
            #expect(result.code == .configuration)
            #expect(result.errors == "error: bad token\n" && result.output.isEmpty)
        }
    }

    @Test func aSourceThatDiesShowsItsLastWords() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.write("check.sh", "echo 'ImportError: no module named x' >&2\nexit 7")
        let result = try source.run("check")
        #expect(result.code == .failed)
        #expect(result.errors.contains("source: ImportError: no module named x"))
        #expect(result.errors.contains("exit code 7"))
    }

    @Test func discoverPrintsTheCatalogForPrograms() throws {
        let source = try FakeSource(Say.stream("t"))
        let result = try source.run("discover")
        #expect(result.code == .ok)
        #expect(result.output == (try source.text("discover")))
    }

    @Test func secretsAreMaskedInEverythingPrinted() throws {
        let source = try FakeSource(
            Say.stream("t"),
            specification: #"""
                {"type":"object","properties":{"login":{"type":"object","oneOf":[
                {"properties":{"kind":{"const":"a"},"phrase":{"type":"string","airbyte_secret":true}}}]}}}
                """#.split(separator: "\n").joined(),
            config: #"{"login":{"kind":"a","phrase":"open\"sesame"},"api_token":"abc123","user":"bob"}"#)
        try source.write(
            "check.sh",
            #"""
            echo 'noise with open"sesame'
            echo '{"type":"LOG","log":{"level":"WARN","message":"using abc123 for bob"}}'
            echo '{"type":"CONNECTION_STATUS","connectionStatus":{"status":"FAILED","message":"open\"sesame refused"}}'
            echo 'stack: abc123' >&2
            """#)
        let result = try source.run("check", "--verbose")
        #expect(!(result.output + result.errors).contains("sesame"))
        #expect(!result.errors.contains("abc123"))
        #expect(result.errors.contains("using *** for bob"))
        #expect(result.errors.contains("stack: ***"))
        #expect(result.output == "The check failed: *** refused\n")
    }

    @Test func missingFilesAndProgramsAreUsageErrors() throws {
        let source = try FakeSource(Say.stream("t"))
        let program = Program(console: Console(output: -1, errors: -1))
        #expect(program.run(["check", "--source", "/no/such/source", "--config", source.config]) == .usage)
        #expect(program.run(["check", "--source", source.command, "--config", "/no/such/file"]) == .usage)
        try source.write("config.json", "{oops")
        #expect(program.run(["check", "--source", source.command, "--config", source.config]) == .configuration)
    }
}
