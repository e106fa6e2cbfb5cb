import AirbyteProtocol
import CSystem
import JSONBytes
import Testing

@testable import RunnerKit

/// `kill -9` of the runner, the source or the destination at random instants. `scripts/long kills` does the same hundreds of
/// times, with the connector itself and the sandbox.
@Suite(.serialized, .timeLimit(.minutes(10))) struct RandomKillTests {
    /// Two streams that count from their state up to the number in the file `total`, with a state every seventh record.
    private static let counter = """
        echo $$ > "$here/source.pid"
        total=$(cat "$here/total")
        n=0
        test -f "$here/given-state" && n=$(sed -n 's/.*"name":"l"},"stream_state":{"n":\\([0-9]*\\).*/\\1/p' "$here/given-state")
        n=${n:-0}
        while test $n -lt $total; do
            n=$((n + 1))
            for s in t l; do
                echo '{"type":"RECORD","record":{"stream":"'$s'","data":{"id":"'$n'","n":'$n'},"emitted_at":1}}'
            done
            if test $((n % 7)) = 0 || test $n = $total; then
                for s in t l; do
                    echo '{"type":"STATE","state":{"type":"STREAM","stream":{"stream_descriptor":{"name":"'$s'"},"stream_state":{"n":'$n'}}}}'
                done
            fi
        done
        """

    /// What came of a kill: the victim was there, was not there yet, or had ended.
    private enum Strike: String { case struck, early, late }

    /// Instants to kill at, within the time that a sync takes; how busy the machine is shows in where the last kill came.
    private struct Aim {
        var duration: Int64
        var struck = 0

        var delay: Int64 { Int64.random(in: 0...duration) }

        mutating func note(_ strike: Strike) {
            switch strike {
            case .struck: struck += 1
            case .early: duration = duration * 2 + 20
            case .late: duration /= 2
            }
        }
    }

    /// How long a sync takes here and now, in milliseconds.
    private func duration(_ words: [String], _ source: FakeSource) throws -> Int64 {
        try source.write("total", "40")
        let began = Clock.monotonic()
        #expect(try strike(words, "nobody", 0, source) != .struck)
        return Clock.monotonic() - began
    }

    /// Runs the program and kills.
    private func strike(_ words: [String], _ victim: String, _ delay: Int64, _ source: FakeSource) throws -> Strike {
        let quoted = words.map { "'\($0.replacing("'", with: #"'\''"#))'" }.joined(separator: " ")
        let seen = try BuiltRunner.script(
            """
            export TMPDIR="$here"
            rm -f "$here"/*.pid
            (echo $(exec sh -c 'echo $PPID') > "$here/runner.pid"; exec "$run" \(quoted)) > "$here/said" 2>&1 &
            sleep \(String(delay / 1000)).\(String(delay % 1000 + 1000).dropFirst())
            if kill -9 $(cat "$here/\(victim).pid" 2>/dev/null) 2>/dev/null; then echo struck
            elif test ! -s "$here/runner.pid" || kill -0 $(cat "$here/runner.pid") 2>/dev/null; then echo early
            else echo late
            fi
            wait
            """, source)
        return try #require(Strike(rawValue: String(seen.dropLast())), "\(seen)")
    }

    @Test func theDatabaseIsNeverAheadNorBehindItsStates() throws {
        let source = try FakeSource(Say.stream("t"), Say.stream("l", key: []))
        try source.write("read.sh", Self.counter)
        let words = ["sync", "--source", source.command, "--config", source.config, "--into", source.database]
        let all = words + ["--commit-every", "0"]
        var aim = Aim(duration: try duration(all, source))
        for number in 0..<15 {
            let kill = (victim: ["runner", "source"][number % 2], delay: aim.delay)
            try source.write("total", String((number + 1) * 40))
            aim.note(try strike(all, kill.victim, kill.delay, source))
            if access(source.database, F_OK) == 0 {
                #expect(try source.query("PRAGMA integrity_check") == ["ok"], "\(kill)")
            }
            guard try !source.query("SELECT 1 FROM sqlite_master WHERE name = 'l'").isEmpty else { continue }
            let promised = try source.query(
                """
                SELECT (SELECT count(*) FROM t) >= coalesce(max(n), 0), (SELECT count(*) FROM l) = coalesce(max(n), 0)
                FROM (SELECT json_extract(state, '$.n') AS n FROM _airbyte_state WHERE stream = 'l')
                """)
            #expect(promised == ["1|1"], "\(kill)")
        }
        #expect(aim.struck > 0)
        #expect(try source.sync().code == .ok)
        for table in ["t", "l"] {
            #expect(
                try source.query("SELECT count(*), count(DISTINCT id), min(n), max(n) FROM \(table)") == [
                    "600|600|1|600"
                ])
        }
    }

    @Test func noStateIsKeptWithoutItsRowsInTheDestination() throws {
        let source = try FakeSource(Say.stream("t"), Say.stream("l", key: []))
        try source.write("read.sh", Self.counter)
        let destination = try FakeDestination(
            source, write: "echo $$ > \"$here/destination.pid\"\n" + FakeDestination.honest)
        var aim = Aim(duration: try duration(destination.words, source))
        for number in 0..<15 {
            let kill = (victim: ["runner", "source", "destination"][number % 3], delay: aim.delay)
            try source.write("total", String((number + 1) * 40))
            aim.note(try strike(destination.words, kill.victim, kill.delay, source))
            let landed = try rows(source)
            for stream in ["t", "l"] {
                let state = try destination.kept().states[StreamKey(stream)]?["n"]?.integer ?? 0
                #expect(Set(0..<state).subtracting((landed[stream] ?? []).map { $0 - 1 }).isEmpty, "\(kill) \(stream)")
            }
        }
        #expect(aim.struck > 0)
        #expect(try destination.sync().code == .ok)
        let landed = try rows(source)
        #expect(landed == ["t": Set(1...600), "l": Set(1...600)])
        #expect(try destination.kept().states[StreamKey("l")]?.text == #"{"n":600}"#)
    }

    /// The numbers that the destination has of each stream. The last line may have been cut by a kill.
    private func rows(_ source: FakeSource) throws -> [String: Set<Int64>] {
        var rows: [String: Set<Int64>] = [:]
        for line in (try source.text("landed") ?? "").split(separator: "\n") {
            guard let record = try? JSON(parsing: Array(line.utf8))["record"], let stream = record["stream"]?.string,
                let number = record["data"]?["n"]?.integer
            else { continue }
            rows[stream, default: []].insert(number)
        }
        return rows
    }
}
