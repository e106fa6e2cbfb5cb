import AirbyteProtocol
import CSystem
import Testing

@testable import RunnerKit

/// The built program under `kill`.
struct CrashTests {
    private func sync(_ source: FakeSource, _ arguments: String...) throws -> SourceEnd {
        // What a killed program leaves in its temporary folder goes with the source's.
        let words = [
            "env", "TMPDIR=\(source.folder)", BuiltRunner.path, "sync", "--source", source.command, "--config",
            source.config,
        ]
        return try SourceRun(words: words + ["--into", source.database] + arguments).run { _ in .goOn }.end
    }

    /// Two streams that count from the state of the second one up to 200, with a state every third record; kills
    /// the runner after as many steps as the file `kill` says.
    private static let counter = """
        n=0
        test -f "$here/given-state" && n=$(sed -n 's/.*"name":"l"},"stream_state":{"n":\\([0-9]*\\).*/\\1/p' "$here/given-state")
        kill=$(cat "$here/kill")
        n=${n:-0}
        printed=0
        while test $n -lt 200; do
            n=$((n + 1))
            echo '{"type":"RECORD","record":{"stream":"t","data":{"id":"'$n'","n":'$n'},"emitted_at":1}}'
            echo '{"type":"RECORD","record":{"stream":"l","data":{"id":"'$n'","n":'$n'},"emitted_at":1}}'
            if test $((n % 3)) = 0 || test $n = 200; then
                for s in t l; do
                    echo '{"type":"STATE","state":{"type":"STREAM","stream":{"stream_descriptor":{"name":"'$s'"},"stream_state":{"n":'$n'}}}}'
                done
            fi
            printed=$((printed + 1))
            if test $printed = "$kill"; then kill -9 $PPID; fi
        done
        """

    @Test func killedAnywhereAndResumedTheCopyIsWhole() throws {
        let source = try FakeSource(Say.stream("t"), Say.stream("l", key: []))
        try source.write("read.sh", Self.counter)
        for kill in [1, 2, 3, 10, 31, 64, 90] {
            try source.write("kill", String(kill))
            #expect(try sync(source, "--commit-every", "0") != .exited(0))
            // Never a state without its rows, never a row without its state where that would repeat it.
            let promised = try source.query(
                """
                SELECT (SELECT count(*) FROM t) >= coalesce(max(n), 0), (SELECT count(*) FROM l) = coalesce(max(n), 0)
                FROM (SELECT json_extract(state, '$.n') AS n FROM _airbyte_state WHERE stream = 'l')
                """)
            #expect(promised == ["1|1"])
        }
        try source.write("kill", "never")
        #expect(try sync(source) == .exited(0))
        let whole = "SELECT count(*), count(DISTINCT id), min(n), max(n) FROM "
        #expect(try source.query(whole + "t") == ["200|200|1|200"])
        #expect(try source.query(whole + "l") == ["200|200|1|200"])
        #expect(
            try source.query("SELECT DISTINCT status FROM _airbyte_runs WHERE stream = 't' ORDER BY 1") == [
                "killed", "ok",
            ])
    }

    @Test(arguments: [("TERM", 143), ("INT", 130)] as [(String, Int32)])
    func signalsEndTheSourceAndKeepWhatWasAcknowledged(name: String, status: Int32) throws {
        let source = try FakeSource(Say.stream("t"))
        try source.write(
            "read.sh",
            """
            echo '\(Say.record("t", #"{"id":"a"}"#))'
            echo '\(Say.state("t", #"{"n":1}"#))'
            trap 'echo stopped > "$here/trace"; exit 1' TERM
            kill -\(name) $PPID
            while :; do sleep 0.05; done
            """)
        #expect(try sync(source) == .exited(status))
        #expect(try source.text("trace") == "stopped\n")
        #expect(try source.query("SELECT id, state FROM t, _airbyte_state") == [#"a|{"n":1}"#])
        #expect(try source.query("SELECT status FROM _airbyte_runs") == ["failed"])
    }

    @Test func aKilledRunnerTakesItsSourceAndItsFilesAlong() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.write(
            "read.sh",
            """
            trap 'echo stopped > "$here/trace"; exit 1' TERM
            # The shell tells standard error that its `sleep` was ended, and nobody listens there any more.
            trap '' PIPE
            ls -d "$here"/airbyte-run-* > "$here/scratch"
            # The runner has half a second to have seen its source start.
            sleep 0.5
            kill -9 $PPID
            while :; do sleep 0.05; done
            """)
        #expect(try sync(source) == .signaled(SIGKILL))
        let scratch = try #require(try source.text("scratch")).dropLast()
        for _ in 0..<200 where try source.text("trace") == nil || access(String(scratch), F_OK) == 0 { usleep(50_000) }
        #expect(try source.text("trace") == "stopped\n")
        #expect(access(String(scratch), F_OK) == -1)
    }

    @Test func aReaderThatHasFallenAsleepDoesNotHoldUpTheEnd() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.write(
            "read.sh",
            """
            ( while test ! -e "$here/full"; do sleep 0.05; done; kill -TERM $PPID ) &
            n=0
            # More than one pipe holds, less than two: the runner is stuck, the source is not yet.
            while echo '\(Say.record("t", #"{"id":"a"}"#))'; do
                n=$((n + 1))
                if test $n = 1000; then touch "$here/full"; fi
            done
            """)
        // The pipe's reader waits for a file that only comes once the program has ended.
        let script = """
            ( "$0" read --source "$1" --config "$2"; echo $? > "$3/code"; touch "$3/over" ) |
                while test ! -e "$3/over"; do sleep 0.05; done
            """
        let words = ["sh", "-c", script, BuiltRunner.path, source.command, source.config, source.folder]
        _ = try SourceRun(words: words).run { _ in .goOn }
        #expect(try source.text("code") == "143\n")
    }

    @Test func wrongUseAndWrongConfigurationHaveTheirOwnCodes() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.reads(Say.error("bad token", type: "config_error"), exit: 1)
        #expect(try sync(source) == .exited(3))
        #expect(try sync(source, "--bogus") == .exited(2))
        try source.reads(exit: 1)
        #expect(try sync(source) == .exited(1))
    }
}
