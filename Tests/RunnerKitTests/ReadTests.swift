@testable import JSONBytes
import Testing

@testable import RunnerKit

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// `read`.
struct ReadTests {
    @Test func protocolLinesPassUntouchedAndNoiseDoesNot() throws {
        let source = try FakeSource(Say.stream("t"))
        let odd = #" {"type" : "RECORD","record":{"stream":"t","data":{"id":"\u00e9 "},"emitted_at":1}} "#
        try source.reads("hello", odd, Say.state("t", "{}", count: 1), Say.status("t", "COMPLETE"))
        let result = try source.run("read")
        #expect(result.code == .ok)
        #expect(
            result.output
                == [odd, Say.state("t", "{}", count: 1), Say.status("t", "COMPLETE"), ""].joined(separator: "\n"))
        #expect(result.errors.contains("`hello`"))
    }

    @Test func theCatalogAsksForEverythingTheSourceCan() throws {
        let source = try FakeSource(Say.stream("t"), Say.stream("u", key: [], incremental: false))
        _ = try source.run("read", "--streams", "u,t")
        let catalog = try JSON(parsing: try #require(try source.text("given-catalog")))
        let entries = try #require(catalog["streams"]?.array)
        #expect(entries.map { $0["stream"]?["name"]?.string } == ["u", "t"])
        #expect(entries.map { $0["sync_mode"]?.string } == ["full_refresh", "incremental"])
        #expect(entries.map { $0["destination_sync_mode"]?.string } == ["overwrite", "append_dedup"])
        #expect(entries[1]["stream"]?.text == Say.stream("t"))
        #expect(entries[1]["primary_key"]?.text == #"[["id"]]"#)
        #expect(entries[1]["cursor_field"]?.text == #"["n"]"#)
        for name in ["generation_id", "minimum_generation_id", "sync_id"] {
            #expect(entries.allSatisfy { $0[name]?.integer != nil })
        }
    }

    @Test func aCatalogOfTheUsersOwnIsPassedOnAsItIs() throws {
        let source = try FakeSource(Say.stream("t"))
        let catalog = #"{"streams":[{"stream":{"name":"x","json_schema":{}},"sync_mode":"full_refresh","extra":1}]}"#
        try source.write("mine.json", catalog)
        _ = try source.run("read", "--catalog", "\(source.folder)/mine.json")
        #expect(try source.text("given-catalog") == catalog)
        #expect(try source.text("calls")?.contains("discover") == false)
    }

    @Test func unknownStreamsAreNamed() throws {
        let result = try FakeSource(Say.stream("t")).run("read", "--streams", "q")
        #expect(result.code == .usage)
        #expect(result.errors.contains("no stream `q`; it has: t"))
    }

    @Test func theStateFileIsReadPassedOnAndRenewed() throws {
        let source = try FakeSource(Say.stream("t"), Say.stream("u", incremental: false))
        let path = "\(source.folder)/state.json"
        try source.reads(Say.record("t", #"{"id":"a"}"#), Say.state("t", #"{"n":1}"#), Say.state("u", #"{"m":1}"#))
        #expect(try source.run("read", "--state", path).code == .ok)
        let entry = { (name: String, state: String) in
            #"{"type":"STREAM","stream":{"stream_descriptor":{"name":"\#(name)"},"stream_state":\#(state)}}"#
        }
        #expect(try source.text("state.json") == "[\(entry("t", #"{"n":1}"#)),\(entry("u", #"{"m":1}"#))]\n")

        try source.reads(Say.state("t", #"{"n":2}"#), Say.error("late trouble"), exit: 1)
        #expect(try source.run("read", "--state", path, "--streams", "t").code == .failed)
        #expect(try source.text("given-state") == "[\(entry("t", #"{"n":1}"#))]")
        #expect(try source.text("state.json") == "[\(entry("t", #"{"n":2}"#)),\(entry("u", #"{"m":1}"#))]\n")

        _ = try source.run("read", "--state", path, "--full-refresh")
        #expect(try source.text("given-state") == nil)
    }

    @Test(arguments: [
        ([Say.error("wrong key", type: "config_error"), Say.error("then this")], ExitCode.configuration),
        ([Say.error("slow", type: "transient_error"), Say.error("wrong", type: "config_error")], .failed),
        ([], .failed),
    ])
    func theFirstErrorDecidesTheExitCode(lines: [String], code: ExitCode) throws {
        let source = try FakeSource(Say.stream("t"))
        try source.reads(lines.joined(separator: "\n"), exit: 1)
        #expect(try source.run("read").code == code)
    }

    @Test func aFailedStreamIsAFailureEvenWhenTheSourceSaysOtherwise() throws {
        let source = try FakeSource(Say.stream("t"))
        try source.reads(Say.status("t", "INCOMPLETE"))
        #expect(try source.run("read").code == .failed)
    }

    @Test func aReaderThatLeavesStopsTheSourceQuietly() throws {
        signal(SIGPIPE, SIG_IGN)
        let source = try FakeSource(Say.stream("t"))
        try source.write(
            "read.sh", "while echo '\(Say.record("t", #"{"id":"a"}"#))\n\(Say.state("t", "{}"))'; do :; done")
        var ends: [Int32] = [-1, -1]
        pipe(&ends)
        close(ends[0])
        defer { close(ends[1]) }
        let errors = open("\(source.folder)/errors", O_WRONLY | O_CREAT, 0o600)
        defer { close(errors) }
        let code = Program(console: Console(output: ends[1], errors: errors)).run([
            "read", "--source", source.command, "--config", source.config, "--state", "\(source.folder)/state.json",
        ])
        #expect(code == .ok)
        #expect(try source.text("errors") == "")
        #expect(try source.text("state.json") == nil)
    }
}
