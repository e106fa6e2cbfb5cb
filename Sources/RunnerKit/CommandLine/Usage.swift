import JSONBytes

/// The program's own words about itself, made from the tables.
package enum Usage {
    /// The number of this version.
    static let number = "0.1.0"
    /// What `--version` prints.
    package static let version = "airbyte-run \(number)"
    /// What it is, in one line.
    static let summary = "run any Airbyte source, without a platform and without containers"

    /// The verbs in one line.
    static let verbs = Verb.allCases.map(\.rawValue).joined(separator: ", ")

    /// The lines shown with a wrong command line.
    static func short(_ verb: Verb?) -> String {
        guard let verb else {
            return TextBlock.wrapped(
                ["COMMAND", "[options];", "COMMAND", "is", "one", "of"] + verbs.split(separator: " ").map(String.init),
                head: "usage: airbyte-run ") + "\n       airbyte-run help"
        }
        return form(verb, head: "usage: airbyte-run ") + "\n       airbyte-run help \(verb)"
    }

    /// What `--help` prints.
    package static let full = """
        airbyte-run: \(summary).

        usage:
        \(Verb.allCases.map { form($0, head: "  airbyte-run ") }.joined(separator: "\n"))

        commands:
        \(rows(Verb.allCases.map { ($0.rawValue, $0.rule.summary) }))

        options:
        \(options(OptionName.allCases))

        exit codes:
        \(rows(exitCodes))

        `airbyte-run help COMMAND` has examples.
        """

    /// What `help VERB` prints.
    static func full(_ verb: Verb) -> String {
        let rule = verb.rule
        var parts = ["airbyte-run \(verb): \(rule.summary)", "usage:\n" + form(verb, head: "  airbyte-run ")]
        if !rule.text.isEmpty { parts.append(TextBlock.hanging("", rule.text)) }
        parts.append("options:\n" + options(rule.options))
        if !rule.examples.isEmpty {
            let lines = rule.examples.map { "  # \($0.purpose)\n  airbyte-run \($0.line)" }
            parts.append("examples:\n" + lines.joined(separator: "\n"))
        }
        return parts.joined(separator: "\n\n")
    }

    /// How the program ends, and what that means.
    static let exitCodes = [
        ("0", "everything asked for succeeded"),
        ("1", "something failed; another run may succeed (check: the source cannot connect, for whatever reason)"),
        (
            "2",
            "the command line is wrong, a file cannot be read, the database has a table of that name that airbyte-run"
                + " did not make, or the source cannot be started"
        ),
        (
            "3",
            "the source says its configuration is wrong, or it names another workspace than the database holds:"
                + " trying again will not help"
        ),
        ("128+N", "ended by signal N; what was acknowledged before is kept"),
    ]

    /// The line that shows how a verb is used.
    private static func form(_ verb: Verb, head: String) -> String {
        TextBlock.wrapped(pieces(of: verb), head: head + "\(verb) ")
    }

    /// What stands behind a verb, needed options first and the others in brackets.
    static func pieces(of verb: Verb) -> [String] {
        let rule = verb.rule
        return (rule.operands.isEmpty ? [] : [rule.operands]) + rule.needs.map(\.form)
            + rule.takes.map { "[\($0.form)]" }
    }

    private static func options(_ names: [OptionName]) -> String {
        rows(names.map { name in ((name.rule.short.map { "-\($0), " } ?? "    ") + name.form, name.rule.text) })
    }

    private static func rows(_ rows: [(String, String)]) -> String {
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { name, text in
            TextBlock.hanging("  " + name + String(repeating: " ", count: width - name.count + 2), text)
        }.joined(separator: "\n")
    }
}
