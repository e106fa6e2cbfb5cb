import AirbyteProtocol
import Testing

@testable import RunnerKit

/// One table of verbs and options, from which everything comes that speaks of them.
struct TableTests {
    private func run(_ words: String...) throws -> FakeSource.Result {
        try FakeSource(Say.stream("t")).run(words: words)
    }

    @Test func everyOptionBelongsToAVerbAndEveryShortFormToOneOption() {
        let taken = Set(Verb.allCases.flatMap(\.rule.options)).union([.version])
        #expect(Set(OptionName.allCases) == taken)
        let letters = OptionName.allCases.compactMap(\.rule.short)
        #expect(Set(letters).count == letters.count)
        for verb in Verb.allCases {
            #expect(Set(verb.rule.options).count == verb.rule.options.count, "\(verb) takes an option twice")
            #expect(verb.rule.needs.allSatisfy { $0.rule.value != nil })
        }
    }

    @Test func everyExampleIsACommandLineThatIsUnderstood() throws {
        for example in Verb.allCases.flatMap(\.rule.examples) {
            let line = example.line.prefix { $0 != "|" && $0 != ">" }
            let words = try CommandWords(try SourceCommand(String(line)).words)
            switch words.verb {
            case .completion: _ = try Completion(words)
            case .man, .help: break
            case .state: _ = try? StateCommand(words)
            // The file of the example is not there.
            default: if words.operands.isEmpty || words.verb == .initialize { _ = try Options(words) }
            }
        }
    }

    @Test(arguments: [["help"], ["--help"], ["-h"]])
    func helpNamesEveryVerbAndEveryOption(words: [String]) throws {
        let result = try FakeSource(Say.stream("t")).run(words: words)
        #expect(result.code == .ok && result.errors.isEmpty && result.output == Usage.full + "\n")
        for verb in Verb.allCases { #expect(result.output.contains("\n  airbyte-run \(verb)")) }
        for option in OptionName.allCases { #expect(result.output.contains("\(option.form)  ")) }
        #expect(result.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test(arguments: Verb.allCases)
    func helpOfAVerbHasItsOptionsAndExamples(verb: Verb) throws {
        let rule = verb.rule
        let help = try run("help", verb.rawValue).output
        #expect(help.hasPrefix("airbyte-run \(verb): \(rule.summary)\n"))
        for option in OptionName.allCases where option != .help {
            #expect(
                help.contains(" \(option.word)") == rule.options.contains(option) || help.contains("# "), "\(option)")
        }
        for option in rule.options { #expect(help.contains(option.form)) }
        for example in rule.examples { #expect(help.contains("# \(example.purpose)\n  airbyte-run \(example.line)\n")) }
        for words in [[verb.rawValue, "--help"], [verb.rawValue, "-h"], [verb.rawValue, "x", "--verbose", "-h"]]
        where verb.rule.options.contains(.verbose) || words.count == 2 {
            #expect(try FakeSource(Say.stream("t")).run(words: words).output == help)
        }
    }

    @Test(arguments: ["--version", "-V"])
    func theVersionIsOneLine(word: String) throws {
        let result = try run(word)
        #expect(result.code == .ok && result.output == "airbyte-run 0.1.0\n")
    }

    @Test func aWrongLineShowsHowItsVerbIsUsed() throws {
        let ofVerb = try run("check", "--source", "x")
        #expect(ofVerb.code == .usage && ofVerb.output.isEmpty)
        #expect(ofVerb.errors.hasPrefix("airbyte-run: `check` needs --config FILE\nusage: airbyte-run check "))
        #expect(ofVerb.errors.hasSuffix("       airbyte-run help check\n"))
        let ofNone = try FakeSource(Say.stream("t")).run(words: [])
        #expect(ofNone.errors.hasPrefix("airbyte-run: no command given\nusage: airbyte-run COMMAND"))
    }

    @Test func shortFormsMeanTheLongOnes() throws {
        let short = try Options(["check", "-s", "x y", "-c", "f", "-v"])
        #expect(short == (try Options(["check", "--source=x y", "--config=f", "--verbose"])))
        #expect(throws: RunnerError.self) { try Options(["check", "-s=x", "-c", "f"]) }
    }

    @Test func whatFollowsTwoDashesIsNoOption() throws {
        #expect(try CommandWords(["help", "--", "--config"]).operands == ["--config"])
    }
}
