import AirbyteProtocol
import Testing

@testable import RunnerKit

/// Words in, meaning out.
struct CommandLineTests {
    @Test(arguments: [
        ("/usr/bin/source", ["/usr/bin/source"]), ("python -m  source_x ", ["python", "-m", "source_x"]),
        (#"'a b' "c d"e f\ g"#, ["a b", "c de", "f g"]), (#"x "" 'it''s' "q\"\\\n""#, ["x", "", "its", #"q"\\n"#]),
        ("a $HOME *", ["a", "$HOME", "*"]),
    ])
    func theSourceIsSplitLikeAShellWould(line: String, words: [String]) throws {
        #expect(try SourceCommand(line).words == words)
    }

    @Test(arguments: ["", "  ", "a 'b", #"a "b"#, #"a \"#, "'' x"])
    func unfinishedSourcesAreRefused(line: String) {
        #expect(throws: RunnerError.self) { try SourceCommand(line) }
    }

    @Test(arguments: [
        (["sync"], "needs --source"), ([], "no command"), (["serve"], "unknown command `serve`"),
        (["check", "--source", "x"], "needs --config"), (["sync", "--source", "x", "--config", "c"], "needs --into"),
        (["read", "--source", "x", "--config", "c", "--into", "d"], "`read` has no option --into"),
        (["sync", "--source", "x", "--config", "c", "--into", "d", "--state", "s"], "keeps its state in the database"),
        (["read", "--source", "x", "--source", "y"], "given twice"), (["read", "--config"], "--config needs a value"),
        (["read", "--config", "--source", "x"], "needs a value, not --source"), (["read", "extra"], "unexpected"),
        (["read", "--full-refresh=yes"], "takes no value"), (["read", "--source="], "--source needs a value"),
        (["read", "--source", "x", "--config", "c", "--streams", ","], "names no stream"),
        (["sync", "--source", "x", "--config", "c", "--into", "d", "--commit-every", "-1"], "whole seconds"),
        (["--config", "c", "check"], "the command comes first, not `--config`"),
    ])
    func wrongCommandLinesSayWhatIsWrong(words: [String], reason: String) throws {
        let error = #expect(throws: RunnerError.self) { try Options(words) }
        #expect(error?.code == .usage)
        #expect(error?.description.contains(reason) == true)
    }

    @Test func flagsComeInAnyOrderAndShape() throws {
        let options = try Options(
            ["sync", "--into=a=b.db", "--streams", "a, b", "--full-refresh", "--config", "c", "--source=x y"])
        #expect(options.database == "a=b.db")
        #expect(options.streams == ["a", "b"])
        #expect(options.startsOver)
        #expect(options.source.words == ["x", "y"])
    }

    @Test func everyCodeHasItsStatus() {
        let codes: [ExitCode] = [.ok, .failed, .usage, .configuration, .signal(15)]
        #expect(codes.map(\.status) == [0, 1, 2, 3, 143])
    }
}
