/// What was found of each rule: whether anything that it applies to was seen, and what broke it.
struct Findings {
    /// What broke a rule.
    struct Breach: Equatable {
        /// How often.
        var count = 0
        /// The first few, each a phrase for people.
        var examples: [String] = []
    }

    /// The most examples that are kept of one rule.
    static let exampleLimit = 5

    /// Rules of which something was seen that they apply to.
    private(set) var examined: Set<Rule> = []
    /// Rules that were broken.
    private(set) var breaches: [Rule: Breach] = [:]
    /// Why rules could not be examined.
    private(set) var reasons: [Rule: String] = [:]

    /// Something was seen that these rules apply to.
    mutating func examine(_ rules: Rule...) { examined.formUnion(rules) }

    /// A rule was broken. `evidence` is only asked for while examples are kept.
    mutating func breach(_ rule: Rule, _ evidence: @autoclosure () -> String) {
        examined.insert(rule)
        breaches[rule, default: Breach()].count += 1
        if breaches[rule]!.examples.count < Self.exampleLimit { breaches[rule]!.examples.append(evidence()) }
    }

    /// Examines one rule: it holds, or `evidence` says why not.
    mutating func require(_ holds: Bool, _ rule: Rule, _ evidence: @autoclosure () -> String) {
        examined.insert(rule)
        if !holds { breach(rule, evidence()) }
    }

    /// Notes why rules are not examined, where nothing else is known of them.
    mutating func skip(_ rules: [Rule], because reason: String) {
        for rule in rules where reasons[rule] == nil { reasons[rule] = reason }
    }

    /// Takes over what was found in a run, `label` before each example.
    mutating func merge(_ other: Findings, label: String) {
        examined.formUnion(other.examined)
        for (rule, breach) in other.breaches {
            var mine = breaches[rule, default: Breach()]
            mine.count += breach.count
            mine.examples += breach.examples.prefix(max(0, Self.exampleLimit - mine.examples.count)).map {
                "\(label): \($0)"
            }
            breaches[rule] = mine
        }
    }
}
