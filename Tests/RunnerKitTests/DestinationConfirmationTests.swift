import AirbyteProtocol
import CSystem
import JSONBytes
import Testing

@testable import RunnerKit

/// Destinations that do not do what they should.
struct DestinationConfirmationTests {
    private func reading() throws -> FakeSource {
        let source = try FakeSource(Say.stream("t"))
        try source.reads(
            Say.record("t", #"{"id":"a"}"#), Say.state("t", #"{"n":1}"#, count: 1), Say.record("t", #"{"id":"b"}"#),
            Say.state("t", #"{"n":2}"#, count: 1), Say.status("t", "COMPLETE"))
        return source
    }

    @Test func oneThatNeverConfirmsKeepsNoState() throws {
        let source = try reading()
        let destination = try FakeDestination(source, write: #"cat > "$here/landed""#)
        let result = try destination.sync()
        #expect(result.code == .failed)
        #expect(
            result.errors.contains(
                "the destination ended well, but did not confirm the last state of t: the next run goes on from the one"
                    + " before"))
        #expect(try destination.kept().states.isEmpty)
        #expect(try destination.landed().count == 5, "it has everything all the same")
        _ = try destination.sync()
        #expect(try source.text("given-state") == nil)
    }

    @Test func oneThatEndsWellWithoutReadingConfirmsNothing() throws {
        let source = try reading()
        let destination = try FakeDestination(source, write: "exit 0")
        let result = try destination.sync()
        #expect(result.code == .failed)
        #expect(result.errors.contains("the destination ended before it was told to, with exit code 0"))
        #expect(result.output.contains("FAILED: the destination ended before it had everything"))
        #expect(try destination.kept().states.isEmpty)
    }

    @Test func oneThatConfirmsTwiceOrInOneGoIsUnderstood() throws {
        let source = try reading()
        let twice = FakeDestination.honest.replacing(
            #"'{"type":"STATE"'*)"#, with: #"'{"type":"STATE"'*) printf '%s\n' "$line";"#)
        let destination = try FakeDestination(source, write: twice)
        #expect(try destination.sync().code == .ok)
        #expect(try destination.kept().states[StreamKey("t")]?.text == #"{"n":2}"#)
        // Only the last one, without its number, and once more the first one after it.
        try destination.writes(
            """
            cat > "$here/landed"
            echo '\(Say.state("t", #"{"n":2.0}"#))'
            echo '\(Say.state("t", #"{"n":1}"#))'
            """)
        let result = try destination.sync()
        #expect(result.code == .ok)
        #expect(result.errors.contains("the destination confirms a state that it was not given: ignored"))
        #expect(try destination.kept().states[StreamKey("t")]?.text == #"{"n":2}"#)
    }

    @Test func whatWasNeverSentIsNotKept() throws {
        let source = try reading()
        let destination = try FakeDestination(
            source, write: "cat > \"$here/landed\"\nfor i in 1 2; do echo '\(Say.state("t", #"{"n":7}"#))'; done")
        let result = try destination.sync()
        #expect(result.code == .failed)
        let said = result.errors.split(separator: "\n").count {
            $0 == "warning: the destination confirms a state that it was not given: ignored"
        }
        #expect(said == 1)
        #expect(try destination.kept().states.isEmpty)
    }

    @Test func oneThatDiesInTheMiddleStopsTheSourceAndKeepsWhatItConfirmed() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.write(
            "read.sh",
            """
            trap 'echo stopped > "$here/trace"; exit 1' TERM
            echo '\(Say.record("t", #"{"id":"a"}"#))'
            echo '\(Say.state("t", #"{"n":1}"#, count: 1))'
            # The shell tells standard error that its `sleep` was ended.
            while :; do echo '\(Say.record("t", #"{"id":"b"}"#))'; sleep 0.02; done
            """)
        let destination = try FakeDestination(
            source,
            write: """
                while IFS= read -r line; do
                    case $line in '{"type":"STATE"'*) printf '%s\\n' "$line"; echo 'out of cheese' >&2; exit 9 ;; esac
                done
                """)
        let result = try destination.sync()
        #expect(result.code == .failed)
        #expect(try source.text("trace") == "stopped\n")
        #expect(result.errors.contains("destination: out of cheese"))
        #expect(result.errors.contains("the destination ended before it was told to, with exit code 9"))
        #expect(!result.errors.contains("the source ended"), "who was stopped for the other's sake is not blamed")
        #expect(try destination.kept().states[StreamKey("t")]?.text == #"{"n":1}"#)
    }

    @Test func oneThatClosesItsInputAndLivesOnIsEnded() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.write("read.sh", "while echo '\(Say.record("t", #"{"id":"b"}"#))'; do :; done")
        let destination = try FakeDestination(source, write: "exec <&-\nwhile :; do sleep 0.1; done")
        let result = try destination.sync()
        #expect(result.code == .failed)
        #expect(result.errors == "the destination closed its input before it had everything\n")
    }

    @Test func oneThatFailsAtTheEndHasNotCompleted() throws {
        let source = try reading()
        let destination = try FakeDestination(source, write: FakeDestination.honest + "\nkill -9 $$")
        let result = try destination.sync("--full-refresh")
        #expect(result.code == .failed)
        #expect(result.errors.contains("the destination was ended by signal 9"))
        #expect(result.output.contains("FAILED: the destination did not end well"))
        #expect(try destination.kept()[StreamKey("t")] == Generation(number: 1, minimum: 1))
    }

    @Test(arguments: [("config_error", ExitCode.configuration), ("transient_error", .failed)])
    func itsErrorsAreSaidWithItsNameAndTellWhetherToTryAgain(type: String, code: ExitCode) throws {
        let source = try reading()
        let destination = try FakeDestination(
            source,
            write: "cat > \"$here/landed\"\necho '\(Say.error("disk of 3 MB", type: type, stream: "t"))'\nexit 1")
        let result = try destination.sync()
        #expect(result.code == code)
        #expect(result.errors.contains("destination: error in stream t: disk of 3 MB"))
        let summary = try JSON(parsing: try destination.sync("--json").output)
        #expect(summary["error"]?.string == "disk of 3 MB")
    }

    @Test func whatIsNoMessageIsHarmless() throws {
        let source = try reading()
        let chatter = #"for word in Starting up {broken '{"type":"NEWS"}' 12; do echo "$word"; done"#
        let log = { (level: String) in #"echo '{"type":"LOG","log":{"level":"\#(level)","message":"\#(level) said"}}'"#
        }
        let destination = try FakeDestination(
            source,
            write: [chatter, "echo quiet >&2", log("INFO"), log("WARN"), FakeDestination.honest].joined(separator: "\n")
        )
        let result = try destination.sync()
        #expect(result.code == .ok)
        #expect(result.errors.contains("not a protocol message on the destination's stdout: `Starting`"))
        #expect(result.errors.contains("5 lines of the destination were no protocol messages"))
        #expect(result.errors.contains("destination: WARN: WARN said"))
        #expect(!result.errors.contains("INFO said") && !result.errors.contains("quiet"))
        let loud = try destination.sync("--verbose")
        #expect(loud.errors.contains("destination: INFO: INFO said") && loud.errors.contains("destination: quiet"))
    }

    /// Only Linux has a device that is always full.
    @Test(.enabled(if: access("/dev/full", W_OK) == 0)) func aTableThatIsLostIsAFailureAndTheStateIsKept() throws {
        let source = try reading()
        let destination = try FakeDestination(source)
        let full = system_open("/dev/full", O_WRONLY | O_CLOEXEC, 0)
        defer { close(full) }
        let result = try source.run(words: destination.words, output: full)
        #expect(result.code == .failed)
        #expect(result.errors.contains("cannot write the output: No space left on device"))
        #expect(try destination.kept().states[StreamKey("t")]?.text == #"{"n":2}"#)
    }

    @Test func manyErrorsAreCounted() throws {
        let source = try reading()
        let destination = try FakeDestination(
            source,
            write: "i=0; while test $i -lt 25; do echo '\(Say.error("late"))'; i=$((i + 1)); done; exit 1")
        let errors = try destination.sync().errors
        #expect(errors.split(separator: "\n").count { $0 == "destination: error: late" } == 20)
        #expect(errors.contains("5 more errors of the destination; --verbose shows them all"))
    }
}
