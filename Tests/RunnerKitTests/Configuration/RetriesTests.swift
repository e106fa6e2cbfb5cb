import AirbyteProtocol
import Testing

@testable import RunnerKit

/// `--retries`.
struct RetriesTests {
    @Test func theWaitsGrowAndEnd() {
        var retries = Retries(count: 6, backoff: [10, 30, 90, 270])
        #expect((0..<7).map { _ in retries.next(after: .failed) } == [10, 30, 90, 270, 270, 270, nil])
    }

    @Test(arguments: [ExitCode.ok, .usage, .configuration, .signal(2)])
    func whatAnotherTryCannotMendIsNotTriedAgain(code: ExitCode) {
        var retries = Retries(count: 3, backoff: [10])
        #expect(retries.next(after: code) == nil)
    }

    private func run(_ source: FakeSource, _ words: [String]) throws -> (code: ExitCode, said: String) {
        let console = try source.console()
        let code = Program(console: console, backoff: [1]).run(words)
        return (code, try source.text("stderr") ?? "")
    }

    @Test func eachTryGoesOnFromWhatIsSaved() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.write(
            "read.sh",
            #"""
            case $(grep -c ^read "$here/calls") in
            1) cat "$here/one"; exit 1 ;;
            2) cp "$here/given-state" "$here/second"; cat "$here/two"; exit 1 ;;
            *) cp "$here/given-state" "$here/third"; cat "$here/three" ;;
            esac
            """#)
        for (name, n) in [("one", 1), ("two", 2), ("three", 3)] {
            try source.write(
                name,
                Say.record("t", #"{"id":"\#(name)","n":\#(n)}"#) + "\n" + Say.state("t", #"{"n":\#(n)}"#) + "\n"
                    + (n == 3 ? Say.status("t", "COMPLETE") : Say.error("bad minute", type: "transient_error")) + "\n")
        }
        let sync = [
            "sync", "--source", source.command, "--config", source.config, "--into", source.database, "--retries", "2",
        ]
        let result = try run(source, sync)
        #expect(result.code == .ok)
        #expect(
            result.said.contains("trying again in 0 s, from what is saved (1 of 2)") && result.said.contains("(2 of 2)")
        )
        #expect(try source.text("second")?.contains(#"{"n":1}"#) == true)
        #expect(try source.text("third")?.contains(#"{"n":2}"#) == true)
        #expect(try source.query("SELECT id FROM t ORDER BY n") == ["one", "two", "three"])
    }

    @Test func aConfigurationErrorGivesUpAtOnce() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.reads(Say.error("bad token", type: "config_error"), exit: 1)
        let words = ["sync", "--source", source.command, "--config", source.config, "--into", source.database]
        let result = try run(source, words + ["--retries", "5"])
        #expect(result.code == .configuration && result.said.contains("not tried again: that cannot help"))
        #expect(try source.text("calls")?.split(separator: "\n").count { $0.hasPrefix("read") } == 1)
    }

    @Test func theLastTryDecides() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.reads(Say.error("bad minute", type: "transient_error"), exit: 1)
        let state = "\(source.folder)/state.json"
        let words = ["read", "--source", source.command, "--config", source.config, "--retries", "2"]
        #expect(try run(source, words + ["--state", state]).code == .failed)
        #expect(try source.text("calls")?.split(separator: "\n").count { $0.hasPrefix("read") } == 3)
        let stateless = try run(source, words)
        #expect(stateless.code == .usage && stateless.said.contains("`read --retries` needs --state FILE"))
    }
}
