/// The verdicts for people: a table of all rules, then what is wrong, then how many came out how.
struct VerdictTable {
    /// The lines, without a line feed at the end.
    let text: String

    /// Writes them.
    init(_ verdicts: [Verdict]) {
        var table = TextTable(["rule", "level", "section", "result", ""])
        for verdict in verdicts {
            table.add([
                verdict.rule.name, verdict.rule.level.rawValue, "§\(verdict.rule.section)", verdict.result.word,
                verdict.result.reason ?? "",
            ])
        }
        let broken = verdicts.filter { $0.result == .failed || $0.result == .warned }.map(Self.paragraph)
        text = ([table.text] + broken + [verdicts.summary]).joined(separator: "\n\n")
    }

    private static func paragraph(_ verdict: Verdict) -> String {
        let rule = verdict.rule
        let times = verdict.count == 1 ? "once" : "\(verdict.count) times"
        let head = "\(verdict.result.word): \(rule.name) (\(rule.level.rawValue), §\(rule.section), \(times))"
        return ([head, "  \(rule.sentence)"] + verdict.evidence.map { "  - \($0)" }).joined(separator: "\n")
    }
}
