import JSONBytes

/// What a verification says of one rule.
struct Verdict {
    /// What it may be.
    enum Result: Equatable {
        /// Something was seen that it applies to, and it held.
        case passed
        /// A MUST was broken.
        case failed
        /// A SHOULD was broken.
        case warned
        /// It could not be examined, for this reason.
        case skipped(String)
        /// Its user has left it out, for this reason.
        case omitted(String)

        /// The word for programs.
        var word: String {
            switch self {
            case .passed: "passed"
            case .failed: "failed"
            case .warned: "warned"
            case .skipped: "skipped"
            case .omitted: "left out"
            }
        }

        /// Why it was not judged; nil when it was.
        var reason: String? {
            switch self {
            case .passed, .failed, .warned: nil
            case .skipped(let reason), .omitted(let reason): reason
            }
        }
    }

    /// The rule.
    let rule: Rule
    /// How it came out.
    let result: Result
    /// How often it was broken.
    let count: Int
    /// The first few times, each a phrase; secrets are masked.
    let evidence: [String]

    /// All verdicts in the order of the rules. `mask` makes texts of the source fit to be shown.
    static func all(_ findings: Findings, book: RuleBook, mask: (String) -> String) -> [Verdict] {
        Rule.all.map { rule in
            let breach = findings.breaches[rule]
            let result: Result =
                if let reason = book.omitted[rule] { .omitted(reason) } else if breach != nil {
                    rule.level == .must ? .failed : .warned
                } else if findings.examined.contains(rule) { .passed } else {
                    .skipped(findings.reasons[rule] ?? "nothing came that it applies to")
                }
            let isBroken = result == .failed || result == .warned
            return Verdict(
                rule: rule, result: result, count: isBroken ? breach?.count ?? 0 : 0,
                evidence: isBroken ? breach?.examples.map(mask) ?? [] : [])
        }
    }
}

extension [Verdict] {
    /// How many came out in each way, in words.
    var summary: String {
        let words = ["passed", "failed", "warned", "skipped", "left out"]
        let counts = words.map { word in (word, count { $0.result.word == word }) }.filter { $0.1 > 0 }
        return "\(count) rules: " + counts.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
    }
}
