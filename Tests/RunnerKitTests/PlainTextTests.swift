@testable import JSONBytes
import Testing

@testable import RunnerKit

/// What strangers say, as people and the database get to see it.
struct PlainTextTests {
    @Test(arguments: [
        ("\u{1B}[31mred\u{1B}[0m", "red"), ("\u{1B}]0;title\u{07}x", "x"),
        ("\u{1B}]8;;http://evil\u{1B}\\link\u{1B}]8;;\u{1B}\\", "link"),
        ("\u{9B}2Jx", "x"), ("\u{9D}0;t\u{9C}x", "x"), ("\u{1B}P1$q\u{1B}\\x", "x"),
        ("\u{1B}]never ended", "never ended"),
        ("a\u{8}b\u{7F}c\u{0}d", "abcd"), ("a\tb", "a\tb"), ("\u{1B}(0x", "x"), ("\u{1B}cx", "x"), ("\u{1B}", ""),
        ("x\u{1B}[", "x"),
        ("\u{202E}live\u{202C}\u{2066}x\u{2069}\u{200F}", "livex"), ("a\u{200B}b\u{FEFF}c\u{AD}d\u{E0041}", "abcd"),
        ("one\r\ntwo\rthree\u{85}four\u{2028}five\n\nsix", "one two three four five six"), ("\u{1B}\u{1B}[31mx", "x"),
        ("caf\u{E9} \u{1F600} \u{5D0}", "caf\u{E9} \u{1F600} \u{5D0}"),
    ])
    func holdsNothingThatATerminalObeys(text: String, shown: String) {
        #expect(SecretMask()(text) == shown)
        #expect(
            !SecretMask()("\u{1B}" + text).unicodeScalars.contains {
                $0.value < 0x20 && $0 != "\t" || 0x7F...0x9F ~= $0.value
            })
    }

    private static let secret = "s3cr/t+k\u{E9}y\"\\ %2F\u{1F600}"

    @Test(arguments: [
        secret, "s3cr%2Ft%2Bk%C3%A9y%22%5C%20%252F%F0%9F%98%80", "s3cr%2ft%2bk%c3%a9y%22%5c+%252F%f0%9f%98%80",
        #"s3cr\/t+k\u00e9y\"\\ %2F\ud83d\ude00"#, #"s3cr/t+k\u00E9y\\\"\\\\ %2F\\ud83d\\ude00"#,
        #"s3cr/t+k\xc3\xa9y\"\\ %2F\xf0\x9f\x98\x80"#,
        "s3cr\u{1B}[0m/t+k\u{E9}y\"\\ %2F\u{1F600}", "s3c\u{200B}r/t+k\u{E9}y\"\u{8}\\ %2F\u{1F600}",
        "s3cr/t+k\u{E9}y\"\\ %2F\u{1F600}\u{301}",
        #"%73%33cr\u002ft+k\u00e9y\u0022\u005c\u0020%2F\uD83D\uDE00"#,
    ])
    func hidesSecretsHoweverTheyAreWritten(text: String) {
        let shown = SecretMask([Self.secret])("before \(text) behind")
        // Scalar by scalar: an accent that is left stands on the last asterisk.
        let scalars = shown.unicodeScalars.filter { $0 != "\u{301}" }.map(Character.init)
        #expect(String(scalars) == "before *** behind", "\(shown)")
    }

    @Test func leavesEverythingElse() {
        let mask = SecretMask(["abc%", "q", "a longer one", "abc"])
        for text in ["ab", "100% \\ abd %61b \\", "%", "\\u00", "q", "\\x6", "a longer"] { #expect(mask(text) == text) }
        #expect(mask("abcabc%25abc%") == "*********")
        #expect(mask("a longer", isCut: true) == "***")
        #expect(
            SecretMask(["line one of it\nline two\nx=="])("a line two b line one of it\nline two\nx== c")
                == "a *** b *** c")
    }

    @Test func findsTheSecretsOfAConfiguration() throws {
        let configuration = try JSON(
            parsing: #"{"url":"https://me:pa55@h/","pin":{"auth_token":4711},"list_of_tokens":["t-one"],"who":"anna","#
                + #""odd":"k3yk3yk3yk3yk3yk3y","credentials":{"type":"basic","phrase":"xyz"}}"#)
        let blind = SecretSearch(configuration, specification: nil).found
        #expect(blind == ["pa55", "4711", "t-one", "k3yk3yk3yk3yk3yk3y"])
        let specification = try JSON(
            parsing: #"{"properties":{"credentials":{"oneOf":[{"properties":{"phrase":{"airbyte_secret":true}}}]}}}"#)
        #expect(SecretSearch(configuration, specification: specification).found == ["pa55", "4711", "t-one", "xyz"])
    }
}

/// The same through the commands.
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
        #expect(try source.query("SELECT length(message) FROM _airbyte_runs") == ["4004"])
    }
}
