import AirbyteProtocol
import CSystem
import Testing

@testable import RunnerKit

/// A run ends with its source, not with its pipes, and hears signals wherever it waits.
@Suite(.timeLimit(.minutes(10))) struct SourceEndTests {
    private func run(
        _ script: String, grace: Int64 = 200, lingering: Int64 = 200
    ) throws -> (lines: [String], SourceRun.Outcome) {
        var lines: [String] = []
        let run = SourceRun(words: ["sh", "-c", script], grace: grace, lingering: lingering)
        let outcome = try run.run { event in
            if case .output(.line(let line)) = event { lines.append(String(decoding: line, as: UTF8.self)) }
            return .goOn
        }
        return (lines, outcome)
    }

    @Test(arguments: ["exec >&- 2>&-", "exec >&-", "exec 2>&- >&-; trap '' TERM"])
    func aSourceThatClosesItsOutputsAndLivesOnIsEnded(close: String) throws {
        let (lines, outcome) = try run("echo x; \(close); while :; do sleep 0.1; done")
        #expect(lines == ["x"])
        #expect(outcome.end == .signaled(close.contains("trap") ? SIGKILL : SIGTERM))
    }

    @Test func aSourceThatClosesItsOutputsEarlyMayEndByItself() throws {
        let (lines, outcome) = try run("echo x; exec >&- 2>&-; sleep 0.2; exit 7", grace: 10_000)
        #expect(lines == ["x"] && outcome.end == .exited(7))
    }

    @Test(arguments: ["echo y; sleep 0.02", "echo y", "echo y >&2; sleep 0.02", "printf y"])
    func aChildThatWritesOnIsNotWaitedFor(chatter: String) throws {
        let (lines, outcome) = try run("echo x; (while :; do \(chatter); done) & exit 3")
        #expect(lines.first == "x" && outcome.end == .exited(3) && outcome.wasCut)
    }

    @Test func whatTheSourceHadWrittenIsReadWhole() throws {
        // More than a read takes, written before the end, while a child writes on.
        let (lines, outcome) = try run(
            """
            i=0
            while test $i -lt 3000; do echo line $i of the source; i=$((i+1)); done
            (sleep 0.05; while :; do echo z; done) &
            exit 0
            """)
        #expect(lines.prefix { $0 != "z" }.count == 3000 && outcome.end == .exited(0))
    }

    @Test func aChildThatFinishesItsSentenceIsHeard() throws {
        let (lines, outcome) = try run("(sleep 0.1; echo late) & echo x", lingering: 5_000)
        #expect(lines == ["x", "late"] && outcome.end == .exited(0) && !outcome.wasCut)
    }

    private static let sync = #""$run" sync --source "$source" --config "$config" --into "$db""#

    /// What the source does, and what is run.
    @Test(
        arguments: [
            // The source has closed its outputs.
            (#"exec >&- 2>&-; touch "$here/now"; while :; do sleep 0.05; done"#, sync),
            // It says nothing.
            (#"touch "$here/now"; while :; do sleep 0.05; done"#, sync),
            // A catalog is to come from a pipe that nobody fills.
            ("", #""$run" read --source "$source" --config "$config" --catalog "$here/pipe""#),
        ], [("TERM", "143\n"), ("INT", "130\n")])
    func signalsAreHeard(place: (source: String, command: String), signal: (name: String, code: String)) throws {
        let source = try FakeSource(Say.stream("t"))
        try source.write("read.sh", place.source)
        _ = try BuiltRunner.script(
            """
            mkfifo "$here/pipe"
            (exec \(place.command)) >/dev/null 2>&1 & pid=$!
            # In the third case nothing tells when the wait has begun; a signal before it is heard as well.
            for i in 1 2 3 4 5 6 7 8 9 10; do test -e "$here/now" || sleep 0.1; done
            kill -\(signal.name) $pid
            wait $pid
            echo $? > "$here/code"
            """, source)
        #expect(try source.text("code") == signal.code)
        #expect(access(source.database + "-lock", F_OK) == -1)
    }

    @Test func aWaitForALockedDatabaseHearsSignals() throws {
        let source = try FakeSource(Say.stream("t"))
        _ = try source.sync()
        let other = try Database(source.database)
        try other.execute("BEGIN IMMEDIATE")
        _ = try BuiltRunner.script(
            """
            "$run" sync --source "$source" --config "$config" --into "$db" >/dev/null 2>"$here/said" & pid=$!
            while ! grep -q discover "$here/calls.new" 2>/dev/null; do cp "$here/calls" "$here/calls.new"; sleep 0.02; done
            sleep 0.5
            kill -TERM $pid
            wait $pid; echo $? > "$here/code"
            """, source)
        #expect(try source.text("code") == "143\n")
        #expect(try source.text("said")?.contains("stopped by signal 15") == true)
    }

    @Test(arguments: ["discover --raw", "check", "spec"])
    func anAnswerThatNobodyReadsHearsSignals(verb: String) throws {
        let source = try FakeSource(Say.stream("t"))
        // More than a pipe holds.
        let long = String(repeating: "x", count: 200_000)
        try source.offer([Say.stream("t"), Say.stream(long)])
        try source.write("spec", #"{"type":"SPEC","spec":{"connectionSpecification":{"title":"\#(long)"}}}"# + "\n")
        try source.write("line", Say.error(long) + "\n")
        try source.write(
            "check.sh", "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19; do cat \"$here/line\"; done")
        let config = verb == "spec" ? "" : "--config \"$config\""
        _ = try BuiltRunner.script(
            """
            mkfifo "$here/out"
            sleep 600 < "$here/out" & reader=$!
            "$run" \(verb) --source "$source" \(config) > "$here/out" 2>&1 & pid=$!
            sleep 1.5
            kill -TERM $pid
            wait $pid; echo $? > "$here/code"
            kill $reader
            """, source)
        #expect(try source.text("code") == "143\n")
    }

    @Test(arguments: ["<&-", ">&-", "2>&-", "<&- >&-", ">&- 2>&-", "<&- >&- 2>&-"])
    func closedDescriptorsAreTheNullDevice(closed: String) throws {
        let source = try FakeSource(Say.stream("t"))
        try source.reads(Say.record("t", #"{"id":"a"}"#), Say.state("t", "{}"))
        for verb in [
            "spec", #"check --config "$config""#, #"read --config "$config""#, #"sync --config "$config" --into "$db""#,
        ] {
            let command = #""$run" \#(verb) --source "$source" >/dev/null 2>&1 \#(closed)"#
            let code = try BuiltRunner.script("\(command); code=$?; echo $code", source)
            #expect(code == "0\n", "\(verb)")
        }
        #expect(try source.query("SELECT id FROM t") == ["a"])
    }
}
