/// The completions of bash, made from the tables.
enum BashCompletion {
    /// What `completion bash` prints.
    static var text: String {
        """
        # shellcheck shell=bash
        # Completions of bash for airbyte-run: what `airbyte-run completion bash` prints.
        _airbyte_run() {
            local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} options='' files=''
            COMPREPLY=()
            case $before in
        \(valueCases)
            esac
            case ${COMP_WORDS[1]} in
        \(verbCases)
            esac
            if [ "$COMP_CWORD" = 1 ]; then
                options="\(Usage.verbs.filter { $0 != "," }) --version --help"
            fi
            mapfile -t COMPREPLY < <(
                compgen -W "$options" -- "$word"
                # A connection file.
                [ -z "$files" ] || compgen -f -X '!*.json' -- "$word"
            )
        }
        complete -F _airbyte_run airbyte-run
        """
    }

    /// What is offered behind an option that wants a value.
    private static var valueCases: String {
        func names(_ isMeant: (OptionRule.Value) -> Bool) -> [OptionName] {
            OptionName.allCases.filter { $0.rule.value.map(isMeant) ?? false }
        }
        let offers: [(compgen: String?, names: [OptionName])] = [
            ("-f", names { if case .text = $0 { false } else if case .command = $0 { false } else { true } }),
            ("-c", names { if case .command = $0 { true } else { false } }),
            (nil, names { if case .text = $0 { true } else { false } }),
        ]
        return offers.map { offer in
            let words = offer.names.flatMap { name in [name.word] + (name.rule.short.map { ["-\($0)"] } ?? []) }
            let pattern = "        " + words.joined(separator: " | ") + ")"
            guard let flag = offer.compgen else { return pattern + " return ;;" }
            let isFile = flag == "-f" ? "            compopt -o filenames 2>/dev/null\n" : ""
            return pattern + "\n" + isFile
                + "            mapfile -t COMPREPLY < <(compgen \(flag) -- \"$word\")\n            return\n            ;;"
        }.joined(separator: "\n")
    }

    private static var verbCases: String {
        Verb.allCases.map { verb in
            let words = (verb.rule.choices ?? []) + verb.rule.options.map(\.word)
            let files = verb.rule.takesConnection ? " files=yes" : ""
            return "        \(verb)) options=\"\(words.joined(separator: " "))\"\(files) ;;"
        }.joined(separator: "\n")
    }
}
