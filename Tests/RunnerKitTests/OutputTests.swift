import AirbyteProtocol
import CSystem
import Testing

@testable import RunnerKit

/// Answers that do not arrive.
struct OutputTests {
    private func words(_ verb: String, _ source: FakeSource) -> [String] {
        let words = [verb, "--source", source.command, "--config", source.config]
        return verb == "sync" ? words + ["--into", source.database] : words
    }

    /// Only Linux has a device that is always full.
    @Test(.enabled(if: access("/dev/full", W_OK) == 0), arguments: ["spec", "check", "discover", "sync", "--help"])
    func anAnswerThatCannotBeWrittenIsAFailure(verb: String) throws {
        let source = try FakeSource(Say.stream("t"))
        let full = system_open("/dev/full", O_WRONLY | O_CLOEXEC, 0)
        defer { close(full) }
        let result = try source.run(words: words(verb, source), output: full)
        #expect(result.code == .failed)
        #expect(result.errors.contains("cannot write the output: No space left on device"))
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    @Test(.enabled(if: access("/dev/full", W_OK) == 0))
    func aSyncWhoseTableIsLostKeepsItsRowsAndItsReasons() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.reads(
            Say.record("t", #"{"id":"a"}"#), Say.state("t", "{}"), Say.error("bad token", type: "config_error"), exit: 1
        )
        let full = system_open("/dev/full", O_WRONLY | O_CLOEXEC, 0)
        defer { close(full) }
        let result = try source.run(words: words("sync", source), output: full)
        #expect(result.code == .configuration)
        #expect(result.errors.contains("bad token") && result.errors.contains("cannot write the output"))
        #expect(try source.query("SELECT id FROM t") == ["a"])
    }

    @Test(arguments: ["spec", "check", "discover", "sync", "--help"])
    func aReaderThatHasGoneIsNoFailure(verb: String) throws {
        ignore_signal(SIGPIPE)
        let source = try FakeSource(Say.stream("t"))
        var ends: [Int32] = [-1, -1]
        pipe(&ends)
        close(ends[0])
        defer { close(ends[1]) }
        let result = try source.run(words: words(verb, source), output: ends[1])
        #expect(result.code == .ok && result.errors.isEmpty)
    }
}
