import AirbyteProtocol
import CSystem
import JSONBytes
import Testing

@testable import RunnerKit

/// `sync`: what is seen of it, and its end.
struct WatchedSyncTests {
    private func log(_ level: String, _ message: String) -> String {
        #"{"type":"LOG","log":{"level":"\#(level)","message":"\#(message)"}}"#
    }

    @Test func theForecastIsAlwaysSaid() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.reads(
            log(
                "INFO",
                "Stream 't': about 1307 rows in 24 requests; at the server's 10 requests per 60 s that takes about 2 min."
            ),
            #"{"type":"TRACE","trace":{"type":"ESTIMATE","estimate":{"name":"t","type":"STREAM","row_estimate":1307}}}"#,
            log("INFO", "something else"))
        let result = try source.sync()
        #expect(result.errors == "forecast: about 2 min: t 1 307 rows in 24 requests, 2 min.\n")
    }

    @Test func anOutageIsSaidOnce() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.reads(
            log("WARN", "GET v1/a: refused. Trying again in 500 ms."),
            log("WARN", "GET v1/b: refused. Trying again in 900 ms."),
            log("WARN", "a room is not read"), log("WARN", "Failing since 10:00: 7 more tries on v1/a, v1/b."))
        let result = try source.sync()
        #expect(result.errors == "WARN: GET v1/a: refused. Trying again in 500 ms.\nWARN: a room is not read\n")
        #expect(try source.sync("--verbose").errors.contains("WARN: Failing since 10:00"))
    }

    @Test func theEndIsSummedUp() throws {
        let source = try FakeSource(Say.stream("t"), Say.stream("u"))
        try source.reads(
            Say.record("t", #"{"id":"a"}"#), Say.record("t", #"{"id":"b"}"#), Say.state("t", "{}"),
            Say.record("u", #"{"n":1}"#))
        let result = try source.sync()
        let last = try #require(result.output.split(separator: "\n").last)
        #expect(last.hasPrefix("2 streams, 1 failed, 2 upserts, 0 deletions, 0 KB in "), "\(last)")
    }

    @Test func theEndAsJSON() throws {
        let source = try FakeSource(Say.stream("t"), Say.stream("u"))
        let record = Say.record("t", #"{"id":"a"}"#)
        try source.reads(
            record, Say.state("t", "{}", count: 1), Say.record("u", #"{"n":1}"#), Say.status("t", "COMPLETE"))
        let result = try source.sync("--json")
        #expect(result.code == .failed)
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 1)
        let summary = try JSON(parsing: String(lines[0]))
        let names = ["streams", "upserts", "deletions", "rows", "bytes", "states", "seconds", "exit", "error"]
        #expect(summary.members?.map(\.name) == names)
        #expect(summary["exit"]?.integer == 1 && summary["upserts"]?.integer == 1 && summary["states"]?.integer == 1)
        #expect(summary["error"]?.string == "stream u: a record has no id, which is its primary key")
        let first = try #require(summary["streams"]?.array?.first)
        #expect(first["stream"]?.string == "t" && first["status"]?.string == "ok" && first["error"] == nil)
        #expect(first["upserts"]?.integer == 1 && first["rows"]?.integer == 1 && first["records"]?.integer == 1)
        #expect(first["bytes"]?.integer == Int64(record.utf8.count + 1))
        let second = try #require(summary["streams"]?.array?.last)
        #expect(second["status"]?.string == "failed" && second["rows"]?.integer == 0)
    }

    @Test func aSyncThatEndsWellHasNoErrorInIt() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.reads(Say.record("t", #"{"id":"a"}"#))
        let summary = try JSON(parsing: try source.sync("--json").output)
        #expect(summary["exit"]?.integer == 0 && summary["error"] == nil && summary.members?.last?.value == .null)
    }

    @Test func reasonsOfTheWholeAreInTheJSON() throws {
        let source = try FakeSource(
            Say.stream("t"),
            specification: #"{"type":"object","properties":{"token":{"type":"string","airbyte_secret":true}}}"#,
            config: #"{"token":"hush-hush"}"#)
        try source.reads(Say.error("bad token hush-hush", type: "config_error"), exit: 1)
        var summary = try JSON(parsing: try source.sync("--json").output)
        #expect(summary["exit"]?.integer == 3 && summary["error"]?.string == "bad token ***", "\(summary.text)")
        try source.reads(exit: 7)
        summary = try JSON(parsing: try source.sync("--json").output)
        #expect(summary["exit"]?.integer == 1 && summary["error"]?.string == "the source ended with exit code 7")
        // Before there is anything to count, too.
        try source.write("spec", "")
        summary = try JSON(parsing: try source.sync("--json").output)
        #expect(summary["exit"]?.integer == 1 && summary["streams"]?.array == [])
        #expect(summary["error"]?.string == "the source does not answer `spec`, so it is no Airbyte source")
    }

    @Test(arguments: [
        ("INT", "interrupted, run the same line again to go on"), ("TERM", "stopped by signal 15"),
    ])
    func anInterruptedSyncSaysHowToGoOn(signal: String, words: String) throws {
        let source = try FakeSource(Say.stream("t"))
        try source.write(
            "read.sh",
            """
            echo '\(Say.record("t", #"{"id":"a"}"#))'
            echo '\(Say.state("t", #"{"n":1}"#))'
            kill -\(signal) $PPID
            while :; do sleep 0.05; done
            """)
        for (option, kept) in [
            ("", "\(words); what"), (" --full-refresh", "\(words) (--full-refresh reads all of it anew); what"),
        ] {
            let said = try BuiltRunner.script(
                #"TMPDIR="$here" "$run" sync --source "$source" --config "$config" --into "$db"\#(option) 2>&1"#, source
            )
            #expect(said.contains("\(kept) the source had acknowledged is in \(source.database)\n"), "\(said)")
            #expect(said.contains("FAILED: interrupted\n"))
        }
    }

    /// The source kills the runner as soon as its state is in the file's log.
    @Test func theHistoryMovesWhileASyncRuns() throws {
        let source = try FakeSource(Say.stream("t"))
        let record = Say.record("t", #"{"id":"a"}"#)
        try source.write(
            "read.sh",
            """
            echo '\(record)'
            echo '\(Say.state("t", #"{"mark":"of-this-state"}"#))'
            until grep -qs of-this-state "$here/out.db-wal"; do sleep 0.02; done
            kill -9 $PPID
            """)
        _ = try BuiltRunner.script(
            #"TMPDIR="$here" "$run" sync --source "$source" --config "$config" --into "$db" --commit-every 0"#, source)
        #expect(
            try source.query("SELECT status, upserts, deletions, bytes, finished_at FROM _airbyte_runs")
                == ["running|1|0|\(record.utf8.count + 1)|~"])
    }

    @Test func theHistoryKeepsTheBytes() throws {
        let source = try FakeSource(Say.stream("t"))
        let record = Say.record("t", #"{"id":"a"}"#)
        try source.reads(record, record)
        _ = try source.sync()
        #expect(try source.query("SELECT bytes FROM _airbyte_runs") == [String(2 * (record.utf8.count + 1))])
    }
}
