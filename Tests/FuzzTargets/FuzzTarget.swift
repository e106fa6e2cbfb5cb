/// Something that takes bytes from outside, with what must be true whatever they are.
package enum FuzzTarget: String, CaseIterable, Sendable {
    /// The page scanner, and the rewriting of records.
    case page
    /// Configurations, catalogs and states.
    case documents
    /// What the runner does with the lines of a source: reading, landing, keeping states.
    case runner

    /// What is wrong with how `input` is taken; nil when nothing is. What traps ends the process.
    package func fault(_ input: [UInt8]) -> String? {
        switch self {
        case .page: PageFuzz.fault(input)
        case .documents: DocumentFuzz.fault(input)
        case .runner: RunnerFuzz.fault(input)
        }
    }

    /// Inputs to begin with.
    package var seeds: [[UInt8]] {
        switch self {
        case .page: PageFuzz.seeds
        case .documents: DocumentFuzz.seeds
        case .runner: RunnerFuzz.seeds
        }
    }

    /// Texts that mutations put in: what the readers look for.
    package var words: [String] {
        let common = [
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\u0000", "\\\"", "0", "-", ".", "e", "1e999",
            "-9223372036854775808",
            "9223372036854775807", "18446744073709551616", "null", "true", "false", " ", "\n", "\t", "\u{1}", "é",
            "\u{2028}", "\u{85}", "😀",
            "\0", "{}", "[]", "\"\"", "[[[[[[[[", "1709210096789",
        ]
        return common + own
    }

    private var own: [String] {
        switch self {
        case .page: PageFuzz.words
        case .documents: DocumentFuzz.words
        case .runner: RunnerFuzz.words
        }
    }
}
