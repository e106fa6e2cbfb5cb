extension Verb {
    /// The table of verbs: the parser, `help`, *did you mean*, completion and the man page go by it.
    var rule: VerbRule {
        switch self {
        case .spec:
            VerbRule(
                "print the source's SPEC message",
                needs: [.source], takes: [.config, .verbose],
                examples: [("spec --source source-rocket-chat", "what a configuration may hold")])
        case .check:
            VerbRule(
                "say whether the source can connect",
                needs: [.source, .config], takes: [.saveConfig, .verbose],
                examples: [("check --source source-rocket-chat --config config.json", "try a new configuration")])
        case .discover:
            VerbRule(
                "list the streams: a table on a terminal, the CATALOG message in a pipe",
                needs: [.source, .config], takes: [.raw, .json, .table, .saveConfig, .verbose],
                examples: [
                    ("discover --source source-rocket-chat --config config.json", "see what there is"),
                    (
                        "discover --source source-rocket-chat --config config.json --table > streams.txt",
                        "keep the table"
                    ),
                ])
        case .read:
            VerbRule(
                "print the source's messages as they come, one JSON object a line",
                needs: [.source, .config],
                takes: [.streams, .state, .catalog, .fullRefresh, .saveConfig, .verbose],
                examples: [
                    (
                        "read --source source-rocket-chat --config config.json --streams users | head",
                        "look at the first rows"
                    ),
                    (
                        "read --source source-rocket-chat --config config.json --state state.json >> rows.jsonl",
                        "go on where the last run ended"
                    ),
                ])
        case .sync:
            VerbRule(
                "keep a SQLite file equal to what the source tells",
                "One table per stream, rows updated by primary key, deleted rows removed; the next sync continues where"
                    + " this one ended.",
                needs: [.source, .config, .into],
                takes: [.streams, .catalog, .fullRefresh, .commitEvery, .sameSource, .saveConfig, .verbose],
                refuses: [.state: "`sync` keeps its state in the database: leave --state out"],
                examples: [
                    (
                        "sync --source source-rocket-chat --config config.json --into workspace.db",
                        "copy a workspace, and bring the copy up to date"
                    ),
                    (
                        "sync --source source-rocket-chat --config config.json --into workspace.db"
                            + " --streams users --full-refresh",
                        "read one table anew"
                    ),
                ])
        case .completion:
            VerbRule(
                "print the completions for a shell",
                operands: "bash|zsh", choices: ["bash", "zsh"],
                examples: [
                    (
                        "completion bash > ~/.local/share/bash-completion/completions/airbyte-run",
                        "for bash"
                    ),
                    ("completion zsh > ~/.zfunc/_airbyte-run", "for zsh, with ~/.zfunc in fpath"),
                ])
        case .man:
            VerbRule(
                "print the man page",
                examples: [("man | man -l -", "read it where no package installed it")])
        case .help:
            VerbRule(
                "say what there is, or what a command does",
                operands: "[COMMAND]", choices: Verb.allCases.map(\.rawValue).filter { $0 != "help" },
                examples: [("help sync", "the options of one command, with examples")])
        }
    }
}
