import AirbyteProtocol
import CSystem
import JSONBytes
import Testing

@testable import RunnerKit

/// The built program between two children: one that stalls, signals, and its own sudden end.
@Suite(.timeLimit(.minutes(10))) struct DestinationEndTests {
    /// Starts a sync in the background as `$pid`; what follows is the caller's.
    private func script(_ text: String, _ destination: FakeDestination) throws -> String {
        let words = destination.words.map { "'\($0.replacing("'", with: #"'\''"#))'" }.joined(separator: " ")
        return try BuiltRunner.script(
            """
            # What a killed program leaves in its temporary folder goes with the source's.
            export TMPDIR="$here"
            until_there() { i=0; while test ! -e "$1" && test $i -lt 600; do sleep 0.05; i=$((i + 1)); done; }
            (exec "$run" \(words)) > "$here/said" 2>&1 & pid=$!
            \(text)
            """, destination.source)
    }

    @Test(.enabled(if: access("/proc/self/status", R_OK) == 0))
    func aDestinationThatStallsStallsTheSource() throws {
        let source = try FakeSource(Say.stream("t"))
        let record = Say.record("t", #"{"id":"\#(String(repeating: "x", count: 10_000))"}"#)
        try source.write("line", record + "\n")
        // Thirty megabytes.
        try source.write(
            "read.sh",
            """
            n=0
            IFS= read -r line < "$here/line"
            while test $n -lt 3000; do printf '%s\\n' "$line"; n=$((n + 1)); echo $n > "$here/count"; done
            """)
        let destination = try FakeDestination(
            source, write: "until test -e \"$here/go\"; do sleep 0.05; done\nwc -l > \"$here/lines\"")
        let seen = try script(
            """
            until_there "$here/count"
            before=none
            while now=$(cat "$here/count"); test "$now" != "$before"; do before=$now; sleep 1; done
            echo $now $(sed -n 's/^VmHWM:[[:space:]]*\\([0-9]*\\) kB/\\1/p' /proc/$pid/status)
            touch "$here/go"
            wait $pid
            echo $? $(cat "$here/lines")
            """, destination)
        let numbers = seen.split { $0 == " " || $0 == "\n" }.map { Int($0) ?? -1 }
        try #require(numbers.count == 4)
        // Two pipes and a buffer, not the thirty megabytes.
        #expect((1...100).contains(numbers[0]), "\(numbers[0]) records of ten kilobytes were taken")
        #expect((1...40_000).contains(numbers[1]), "\(numbers[1]) kB")
        #expect(Array(numbers[2...]) == [0, 3001], "all of them, and COMPLETE")
    }

    @Test(arguments: [("TERM", "143"), ("INT", "130")])
    func signalsEndBothAndKeepWhatWasConfirmed(name: String, code: String) throws {
        let source = try FakeSource(Say.stream("t"))
        try source.write(
            "read.sh",
            """
            trap 'echo stopped > "$here/trace"; exit 1' TERM
            echo '\(Say.record("t", #"{"id":"a"}"#))'
            echo '\(Say.state("t", #"{"n":1}"#, count: 1))'
            while :; do sleep 0.05; done
            """)
        // It stores and confirms only when its input ends.
        let destination = try FakeDestination(
            source,
            write: """
                IFS= read -r first
                IFS= read -r second
                touch "$here/now"
                cat > "$here/rest"
                printf '%s\\n' "$second"
                echo over > "$here/over"
                """)
        let seen = try script("until_there \"$here/now\"; kill -\(name) $pid; wait $pid; echo $?", destination)
        #expect(seen == "\(code)\n")
        #expect(try source.text("trace") == "stopped\n")
        #expect(try source.text("over") == "over\n" && source.text("rest") == "", "nothing was said to be complete")
        #expect(try destination.kept().states[StreamKey("t")]?.text == #"{"n":1}"#)
        let said = try #require(try source.text("said"))
        let file = "\(source.folder)/\(destination.stateFile)"
        #expect(said.contains(name == "INT" ? "interrupted, run the same line again to go on" : "stopped by signal"))
        #expect(said.contains("what the destination had confirmed is noted in \(file)"))
    }

    @Test func theSecondSignalMeansIt() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.write("line", Say.record("t", #"{"id":"\#(String(repeating: "x", count: 10_000))"}"#) + "\n")
        try source.write("read.sh", "while cat \"$here/line\"; do :; done")
        let destination = try FakeDestination(
            source,
            write: """
                trap '' TERM
                echo $$ > "$here/pid"
                while :; do sleep 0.05; done
                """)
        let seen = try script(
            """
            until_there "$here/pid"
            sleep 0.5
            kill -TERM $pid; sleep 0.3; kill -TERM $pid
            wait $pid
            echo $?
            kill -0 $(cat "$here/pid") 2>/dev/null || echo gone
            """, destination)
        #expect(seen == "143\ngone\n")
    }

    @Test func aKilledRunnerTakesBothAlongAndTheirFiles() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.write(
            "read.sh",
            """
            trap 'echo stopped > "$here/trace"; exit 1' TERM
            trap '' PIPE
            ls -d "$here"/airbyte-run-* > "$here/scratch"
            echo '\(Say.record("t", #"{"id":"a"}"#))'
            while :; do sleep 0.05; done
            """)
        let destination = try FakeDestination(
            source,
            write: """
                echo $$ > "$here/pid"
                IFS= read -r line
                sleep 0.5
                touch "$here/now"
                cat > "$here/rest"
                while :; do sleep 0.05; done
                """)
        let seen = try script(
            """
            until_there "$here/now"
            kill -9 $pid; wait $pid 2>/dev/null
            until_there "$here/trace"
            i=0
            while kill -0 $(cat "$here/pid") 2>/dev/null && test $i -lt 200; do sleep 0.05; i=$((i + 1)); done
            kill -0 $(cat "$here/pid") 2>/dev/null || echo gone
            test -e "$(cat "$here/scratch")" || echo cleared
            """, destination)
        #expect(seen == "gone\ncleared\n")
        #expect(try source.text("trace") == "stopped\n")
    }
}
