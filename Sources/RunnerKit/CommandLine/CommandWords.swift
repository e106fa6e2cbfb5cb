import AirbyteProtocol

/// The words of a command line, sorted by the table: verb, options with their values, operands. What they mean together
/// is the business of `Options`.
struct CommandWords {
    /// The first word.
    let verb: Verb
    /// The values of each option given; a flag has none.
    private(set) var values: [OptionName: [String]] = [:]
    /// What is no option and no option's value.
    private(set) var operands: [String] = []
    /// The options that name a connection file because what they are to name is a member of it.
    var inline: Set<OptionName> = []
    /// The user wants to know what the verb does.
    var wantsHelp: Bool { values[.help] != nil }

    /// Sorts the words after the program's name. Throws `.usage` with what is wrong.
    init(_ arguments: [String]) throws(RunnerError) {
        guard let first = arguments.first else { throw RunnerError(.usage, "no command given") }
        verb = try Self.verb(first)
        var words = arguments.dropFirst()[...]
        while let word = words.popFirst() {
            if word == "--" {
                operands += words
                break
            }
            if word.hasPrefix("-"), word != "-" { try take(word, &words) } else { operands.append(word) }
        }
        // `-h` explains a line that is not finished yet, so nothing is held against it.
        guard !wantsHelp else { return }
        if let limit = verb.rule.operandLimit, operands.count > limit {
            throw RunnerError(.usage, "unexpected argument `\(operands[limit])`")
        }
    }

    /// Adds an option that is not there.
    mutating func add(_ option: OptionName, _ words: [String]) { values[option] = words }

    /// The verb that is spelt so. Throws with the one that may be meant.
    static func verb(_ word: String) throws(RunnerError) -> Verb {
        if let verb = Verb(rawValue: word) { return verb }
        guard !word.hasPrefix("-") else {
            throw RunnerError(.usage, "the command comes first, not `\(word)`: one of \(Usage.verbs)")
        }
        throw RunnerError(
            .usage,
            "unknown command `\(word)`\(Suggestion.sentence(for: word, among: Verb.allCases.map(\.rawValue)))")
    }

    /// Takes an option and, where it has one, its value from the words that follow.
    private mutating func take(_ word: String, _ words: inout ArraySlice<String>) throws(RunnerError) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let isLong = word.hasPrefix("--")
        guard let option = OptionName(word: isLong ? parts[0] : word[...]), verb.rule.options.contains(option) else {
            throw refusal(of: String(parts[0]))
        }
        let rule = option.rule
        guard rule.isRepeatable || values[option] == nil else {
            throw RunnerError(.usage, "\(option.word) is given twice")
        }
        guard rule.value != nil else {
            guard parts.count == 1 || !isLong else { throw RunnerError(.usage, "\(option.word) takes no value") }
            values[option] = []
            return
        }
        let isAttached = isLong && parts.count == 2
        guard let value = isAttached ? String(parts[1]) : words.popFirst(), !value.isEmpty else {
            throw RunnerError(.usage, "\(option.word) needs a value")
        }
        // `--config --streams a` is a forgotten value, not a file called --streams.
        guard isAttached || !verb.rule.options.contains(where: { OptionName(word: value[...]) == $0 }) else {
            throw RunnerError(.usage, "\(option.word) needs a value, not \(value)")
        }
        values[option, default: []].append(value)
    }

    private func refusal(of word: String) -> RunnerError {
        let option = OptionName(word: word[...])
        if let option, let advice = verb.rule.refuses[option] { return RunnerError(.usage, advice) }
        let takers = option.map { option in Verb.allCases.filter { $0.rule.options.contains(option) } } ?? []
        let elsewhere =
            takers.isEmpty
            ? Suggestion.sentence(for: word, among: verb.rule.options.map(\.word))
            : "; \(takers.map { "`\($0)`" }.joined(separator: ", ")) \(takers.count == 1 ? "has" : "have") it"
        return RunnerError(.usage, "`\(verb)` has no option \(word)\(elsewhere)")
    }
}
