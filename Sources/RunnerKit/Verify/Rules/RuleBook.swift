import AirbyteProtocol
import JSONBytes

/// The rules that a verification judges by, and those that its user has left out, with the reasons.
package struct RuleBook: Sendable {
    /// Reasons by rule.
    package let omitted: [Rule: String]

    /// Reads `NAME=REASON` texts. Throws `.usage` for a name that no rule has, with the nearest one, or without a reason.
    package init(without texts: [String]) throws(RunnerError) {
        var omitted: [Rule: String] = [:]
        for text in texts {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let rule = try Self.rule(parts[0])
            guard parts.count == 2, parts[1].contains(where: { !$0.isWhitespace }) else {
                throw RunnerError(.usage, "--without \(parts[0]) needs a reason: --without '\(parts[0])=REASON'")
            }
            guard omitted.updateValue(parts[1], forKey: rule) == nil else {
                throw RunnerError(.usage, "--without \(parts[0]) is given twice")
            }
        }
        self.omitted = omitted
    }

    private static func rule(_ name: String) throws(RunnerError) -> Rule {
        if let rule = Rule.all.first(where: { $0.name.isExactly(name) }) { return rule }
        let nearest = Rule.all.map { (rule: $0, distance: distance($0.name, name)) }.min { $0.distance < $1.distance }
        let hint = nearest.flatMap { $0.distance <= max(3, name.count / 3) ? "; did you mean \($0.rule.name)?" : nil }
        throw RunnerError(.usage, "there is no rule `\(name)`\(hint ?? "; `verify` prints them all")")
    }

    /// How many letters have to be put in, taken out or changed (Levenshtein).
    static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        var row = Array(0...right.count)
        for (i, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (letter == other ? 0 : 1))
                diagonal = above
            }
        }
        return row[right.count]
    }
}
