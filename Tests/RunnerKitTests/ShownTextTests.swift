import AirbyteProtocol
import Testing

@testable import RunnerKit

/// What strangers say, as people and the database get to see it.
struct ShownTextTests {
    private static let token = "tok-3n/+x"
    private static let hostile = #"\u001b[2Jairbyte-run: all is well\ntok-3n/+x tok\u001b[0m-3n/+x tok-3n%2F%2Bx"#

    private func source(_ streams: String...) throws -> FakeSource {
        let source = try FakeSource(
            specification: #"{"properties":{"key":{"type":"string","airbyte_secret":true}}}"#,
            config: #"{"key":"\#(Self.token)"}"#)
        try source.offer(streams)
        return source
    }

    private func expectPlain(_ text: String) {
        #expect(!text.contains("3n") && !text.contains("\u{1B}"), "\(text)")
        #expect(!text.split(separator: "\n").contains { $0.hasPrefix("airbyte-run: all is well") })
    }

    @Test func neitherTheScreenNorTheDatabaseSeesASecretOrASequence() throws {
        let name = #"bad\u001b]0;x\u0007\u202e"#
        let source = try source(Say.stream(name), Say.stream("sqlite_tok-3n/+x"))
        try source.write(
            "read.sh", "cat \"$here/read\"\nprintf '\\033[31mtok-3n/+x and the rest\\n' >&2\nexit 1")
        try source.write(
            "read",
            [
                Say.record(name, #"{"id":"a","tok-3n/+x\u001b[1m":1}"#), Say.state(name, "{}", count: 9),
                #"{"type":"LOG","log":{"level":"ERROR","message":"\#(Self.hostile)"}}"#, "noise \u{1B}[5m tok-3n/+x",
                Say.error(Self.hostile, stream: name), Say.error(Self.hostile),
                Say.record(#"x\u001b[2J tok-3n/+x"#, "{}"),
            ].joined(separator: "\n") + "\n")
        let result = try source.sync("--verbose")
        #expect(result.code == .failed)
        expectPlain(result.output + result.errors)
        #expect(result.errors.contains("    *** *** ***"), "further lines are indented")
        let history = try source.query("SELECT stream, message FROM _airbyte_runs")
        expectPlain(history.joined())
        #expect(history.contains("bad|airbyte-run: all is well *** *** ***"))
        #expect(
            try source.query("SELECT hex(name) FROM sqlite_master WHERE name LIKE 'bad%'").first?.contains("1B")
                == true, "a name is data")
    }

    @Test(arguments: ["check", "discover --table", "read"])
    func soItIsWithEveryCommand(line: String) throws {
        let source = try source(Say.stream(#"x\u001b[2J\ntok-3n/+x"#))
        try source.write(
            "status",
            #"{"type":"CONNECTION_STATUS","connectionStatus":{"status":"FAILED","message":"\#(Self.hostile)"}}"# + "\n")
        try source.write("check.sh", "cat \"$here/status\"")
        try source.reads(Say.status(#"x\u001b[2J\ntok-3n/+x"#, "INCOMPLETE"))
        let words = line.split(separator: " ").map(String.init)
        let result = try source.run(words: words + ["--source", source.command, "--config", source.config])
        expectPlain(line == "read" ? result.errors : result.output + result.errors)
    }

    @Test func aSourceThatFailsBeforeItsSpecificationIsMaskedToo() throws {
        let source = try source(Say.stream("t"))
        try source.write("config.json", #"{"odd":"k3yk3yk3yk3yk3yk3y","password":"pa5"}"#)
        try source.write("a source", "echo '\(Say.error("k3yk3yk3yk3yk3yk3y pa5"))'; exit 1")
        #expect(try source.run("check").errors.contains("error: *** ***"))
    }

    @Test func aSecretIsNotCutInHalf() throws {
        let source = try source(Say.stream("t"))
        for padding in 190...210 {
            try source.reads(
                String(repeating: "x", count: padding) + Self.token + String(repeating: Self.token, count: 3000))
            let errors = try source.run("read").errors
            #expect(!errors.contains("tok"), "\(errors)")
        }
    }

    @Test func aFloodOfErrorsIsBoundedWithAWord() throws {
        let source = try source(Say.stream("t"))
        // 100 000 lines of 20 KB would take minutes here; what is kept of each is the same.
        let long = String(repeating: "e", count: 20_000)
        try source.write("line", Say.error(long, stream: "t") + "\n" + Say.error(long) + "\n")
        try source.write("read.sh", "i=0; while test $i -lt 500; do cat \"$here/line\"; i=$((i+1)); done; exit 1")
        let result = try source.sync()
        #expect(result.code == .failed)
        #expect(result.errors.contains("warning: 980 more errors of the source; --verbose shows them all"))
        #expect(result.errors.utf8.count < 100_000)
        #expect(try source.query("SELECT length(message) FROM _airbyte_runs") == ["4001"])
    }
}
