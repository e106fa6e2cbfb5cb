import JSONBytes

/// One thing that a source has to do or to leave, by a name that people and programs use.
package struct Rule: Sendable, Hashable {
    /// How much depends on it.
    package enum Level: String, Sendable {
        /// A runner that is in use fails, or data are lost or wrong.
        case must = "MUST"
        /// Some runner or destination does worse.
        case should = "SHOULD"
    }

    /// For instance `record.fits-its-schema`: the theme, a dot, and what holds.
    package let name: String
    /// Whether breaking it makes a source unfit.
    package let level: Level
    /// The section of docs/facts/airbyte-contract.md that it stands on, for instance `2.4`.
    package let section: String
    /// What holds, in a sentence without its full stop.
    package let sentence: String

    /// A rule whose breach makes a source unfit.
    static func must(_ name: String, _ section: String, _ sentence: String) -> Rule {
        Rule(name: name, level: .must, section: section, sentence: sentence)
    }

    /// A rule whose breach some runner minds.
    static func should(_ name: String, _ section: String, _ sentence: String) -> Rule {
        Rule(name: name, level: .should, section: section, sentence: sentence)
    }

    package static func == (left: Rule, right: Rule) -> Bool { left.name.isExactly(right.name) }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// All rules, in the order in which they are told.
    package static let all =
        output + messages + spec + check + discover + record + state + status + read + incremental
        + input + process
}
