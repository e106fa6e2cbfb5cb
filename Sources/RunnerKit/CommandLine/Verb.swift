/// What the runner does. What each verb takes and means is a row of the table in `Verb+Table`.
package enum Verb: String, CaseIterable, Sendable {
    case spec, check, discover, read, sync, verify
    case initialize = "init", state
    case completion, man, help
}

extension Verb: CustomStringConvertible {
    /// As it is typed.
    package var description: String { rawValue }
}

/// A row of the table of verbs.
struct VerbRule {
    /// One line, without a full stop.
    let summary: String
    /// What there is to say beyond the summary; empty where that is all.
    let text: String
    /// What stands behind the verb and is no option, as help shows it: `[VERB]`. Empty where nothing may.
    let operands: String
    /// How many words may stand there; nil for any number.
    let operandLimit: Int?
    /// The words that may stand there; nil where anything may.
    let choices: [String]?
    /// Options without which it cannot run.
    let needs: [OptionName]
    /// The other ones that it takes.
    let takes: [OptionName]
    /// Options that a user may expect here, and what to do instead.
    let refuses: [OptionName: String]
    /// Command lines without the program's name, and what they are for.
    let examples: [(line: String, purpose: String)]

    /// A row.
    init(
        _ summary: String, _ text: String = "", operands: String = "", limit: Int? = 1, choices: [String]? = nil,
        needs: [OptionName] = [], takes: [OptionName] = [], refuses: [OptionName: String] = [:],
        examples: [(line: String, purpose: String)] = []
    ) {
        self.summary = summary
        self.text = text
        self.operands = operands
        operandLimit = operands.isEmpty ? 0 : limit
        self.choices = choices
        self.needs = needs
        self.takes = takes
        self.refuses = refuses
        self.examples = examples
    }

    /// Whether a connection file may stand there.
    var takesConnection: Bool { operands.contains("CONNECTION") }

    /// All that it takes, the needed ones first. Every verb takes `--help`.
    var options: [OptionName] { needs + takes + [.help] }
}
