import AirbyteProtocol
import Testing

@testable import RunnerKit

/// Completions and man page: as the tables say, and as packages carry them.
struct CompletionTests {
    /// The project's.
    private static let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
        .joined(separator: "/")

    /// What bash offers for the last word.
    private func offered(_ words: String...) throws -> [String] {
        let source = try FakeSource(Say.stream("t"))
        try source.write("completion", BashCompletion.text + "\n")
        let script = #"""
            bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _airbyte_run; echo "${COMPREPLY[*]}"' \
                completed "$here/completion" airbyte-run \#(words.map { "'\($0)'" }.joined(separator: " "))
            """#
        return try BuiltRunner.script(script, source).split(whereSeparator: \.isWhitespace).map(String.init)
    }

    @Test func bashOffersVerbsAndTheirOptions() throws {
        #expect(try offered("") == Verb.allCases.map(\.rawValue) + ["--version", "--help"])
        #expect(try offered("sync", "--com") == ["--commit-every"])
        #expect(try offered("discover", "-") == Verb.discover.rule.options.map(\.word))
        #expect(try offered("man", "") == ["--help"])
        #expect(
            try offered("sync", "/no/such") == []
                && offered("sync", Self.folder + "/spec.j") == [Self.folder + "/spec.json"])
        #expect(try offered("completion", "z") == ["zsh"])
        #expect(try offered("help", "dis") == ["discover"])
        #expect(try offered("sync", "--streams", "").isEmpty)
        #expect(try offered("sync", "--config", #filePath) == [#filePath])
        #expect(try offered("sync", "-s", "airbyte-r").allSatisfy { $0.hasPrefix("airbyte-r") })
    }

    @Test func zshHasEveryVerbWithEveryOption() throws {
        let text = ZshCompletion.text
        for verb in Verb.allCases {
            let start = try #require(text.firstRange(of: "    \(verb))\n")).upperBound
            let end = try #require(text[start...].firstRange(of: "\n        ;;")).lowerBound
            let block = text[start..<end]
            for option in verb.rule.options {
                #expect(block.contains("\(option.word)["), "\(verb) \(option)")
            }
        }
        #expect(text.contains(#"(default 1; 0\: at every state"#) && !text.contains("source's"))
    }

    @Test func whatIsPrintedIsWhatPackagesCarry() throws {
        let texts = [
            ("completions/airbyte-run.bash", BashCompletion.text), ("completions/_airbyte-run", ZshCompletion.text),
            ("man/airbyte-run.1", ManPage.text(version: "source-rocket-chat @VERSION@")),
        ]
        for (name, text) in texts {
            let file = try #require(try Files.read("\(Self.folder)/packaging/\(name)"))
            #expect(
                String(decoding: file, as: UTF8.self) == text + "\n",
                "run scripts/manuals to write packaging/\(name) anew")
        }
        let source = try FakeSource(Say.stream("t"))
        #expect(try source.run(words: ["completion", "bash"]).output == BashCompletion.text + "\n")
        #expect(try source.run(words: ["completion", "zsh"]).output == ZshCompletion.text + "\n")
        #expect(try source.run(words: ["man"]).output == ManPage.text(version: "airbyte-run 0.1.0") + "\n")
    }

    @Test(arguments: [([String](), "needs the name of a shell"), (["fish"], "for bash and zsh, not for `fish`")])
    func otherShellsAreToldOf(words: [String], reason: String) throws {
        let result = try FakeSource(Say.stream("t")).run(words: ["completion"] + words)
        #expect(result.code == .usage && result.errors.contains(reason))
    }
}
