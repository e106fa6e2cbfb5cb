import AirbyteProtocol

/// `completion`: which shell's.
enum Completion: String, CaseIterable {
    case bash, zsh

    /// Reads the operand.
    init(_ words: CommandWords) throws(RunnerError) {
        guard let name = words.operands.first else {
            throw RunnerError(.usage, "`completion` needs the name of a shell, bash or zsh")
        }
        guard let shell = Completion(rawValue: name), words.operands.count == 1 else {
            let given = words.operands.joined(separator: " ")
            throw RunnerError(.usage, "there are completions for bash and zsh, not for `\(given)`")
        }
        self = shell
    }

    /// What is printed.
    var text: String {
        switch self {
        case .bash: BashCompletion.text
        case .zsh: ZshCompletion.text
        }
    }
}
