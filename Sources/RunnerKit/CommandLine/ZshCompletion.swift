/// The completions of zsh, made from the tables.
enum ZshCompletion {
    /// What `completion zsh` prints.
    static var text: String {
        """
        #compdef airbyte-run
        # Completions of zsh for airbyte-run: what `airbyte-run completion zsh` prints.

        if (( CURRENT == 2 )); then
            local -a verbs
            verbs=(
        \(Verb.allCases.map { "        '\($0):\(escaped($0.rule.summary))'" }.joined(separator: "\n"))
            )
            _describe 'command' verbs
            _arguments '--version[print the version]' '--help[say what there is]'
            return
        fi

        case $words[2] in
        \(Verb.allCases.map(verbCase).joined(separator: "\n"))
        esac
        """
    }

    private static func verbCase(_ verb: Verb) -> String {
        let rule = verb.rule
        var rows = ["'1: :'"]
        if let choices = rule.choices { rows.append("'2:\(verb):(\(choices.joined(separator: " ")))'") }
        if rule.takesConnection { rows.append("'*:connection file:_files -g \"*.json\"'") }
        rows += rule.options.flatMap(specifications)
        return "    \(verb))\n        _arguments \\\n"
            + rows.map { "            \($0)" }.joined(separator: " \\\n") + "\n        ;;"
    }

    /// One for the long form, and one for the short form where there is one.
    private static func specifications(_ name: OptionName) -> [String] {
        let rule = name.rule
        let action =
            switch rule.value {
            case nil: ""
            case .file?, .configuration?: ":file:_files"
            case .command?: ":command:_command_names -e"
            case .text(let value)?: ":\(escaped(value)): "
            }
        let words = [name.word] + (rule.short.map { ["-\($0)"] } ?? [])
        // Whichever of the forms is there, the other is not offered; a repeatable option is offered again.
        let head = rule.isRepeatable ? "*" : words.count > 1 ? "(\(words.joined(separator: " ")))" : ""
        return words.map { "'\(head)\($0)[\(escaped(rule.text))]\(action)'" }
    }

    /// Without what means something inside of single quotes, brackets and colons of `_arguments`.
    private static func escaped(_ text: String) -> String {
        text.map { character in
            switch character {
            case "'": "'\\''"
            case ":", "[", "]": "\\\(character)"
            default: "\(character)"
            }
        }.joined()
    }
}
