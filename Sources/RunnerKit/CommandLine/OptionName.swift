/// The options of the command line. What each of them means is a row of the table in `OptionName+Table`; which verbs
/// take it is said by the verb (`Verb+Table`).
package enum OptionName: String, CaseIterable, Sendable {
    case source, config, into
    case destination, destinationConfig = "destination-config"
    case streams, state, catalog
    case fullRefresh = "full-refresh", commitEvery = "commit-every", retries
    case saveConfig = "save-config", sameSource = "same-source", sameDestination = "same-destination"
    case badConfig = "bad-config", without, junit, silence
    case raw, json, table
    case verbose, help, version

    /// As it is typed: `--source`.
    var word: String { "--\(rawValue)" }

    /// With its value: `--source CMD`.
    var form: String { word + (rule.value.map { " \($0.name)" } ?? "") }

    /// The option that is spelt so, long or short; nil when none is.
    init?(word: Substring) {
        let found = Self.allCases.first { option in
            word == option.word || option.rule.short.map { word == "-\($0)" } ?? false
        }
        guard let found else { return nil }
        self = found
    }
}

/// A row of the table of options.
struct OptionRule {
    /// What an option is followed by; completion goes by it, too.
    enum Value {
        /// A program, or a quoted command line.
        case command(String)
        /// A file.
        case file(String)
        /// A file with a configuration, which in a connection file may stand there itself.
        case configuration(String)
        /// Anything else: names, numbers.
        case text(String)

        /// As help shows it: `FILE`.
        var name: String {
            switch self {
            case .command(let name), .file(let name), .configuration(let name), .text(let name): name
            }
        }
    }

    /// The letter of its short form.
    let short: Character?
    /// Nil for a flag.
    let value: Value?
    /// May be given more than once; all values count.
    let isRepeatable: Bool
    /// What it does, without a full stop.
    let text: String

    /// The row of an option with a value; most are long only and given once.
    init(_ value: Value, short: Character? = nil, isRepeatable: Bool = false, _ text: String) {
        self.short = short
        self.value = value
        self.isRepeatable = isRepeatable
        self.text = text
    }

    /// The row of a flag.
    init(short: Character? = nil, _ text: String) {
        self.short = short
        value = nil
        isRepeatable = false
        self.text = text
    }
}
