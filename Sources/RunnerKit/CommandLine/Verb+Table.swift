extension Verb {
    /// A connection file may stand for the options that it has.
    private static let connection = "[CONNECTION.json]"

    /// The table of verbs: the parser, `help`, *did you mean*, completion and the man page go by it.
    var rule: VerbRule {
        switch self {
        case .spec:
            VerbRule(
                "print the source's SPEC message",
                operands: Self.connection, needs: [.source], takes: [.config, .verbose],
                examples: [("spec --source source-rocket-chat", "what a configuration may hold")])
        case .check:
            VerbRule(
                "say whether the source can connect",
                operands: Self.connection, needs: [.source, .config], takes: [.saveConfig, .verbose],
                examples: [("check --source source-rocket-chat --config config.json", "try a new configuration")])
        case .discover:
            VerbRule(
                "list the streams: a table on a terminal, the CATALOG message in a pipe",
                operands: Self.connection, needs: [.source, .config],
                takes: [.raw, .json, .table, .saveConfig, .verbose],
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
                operands: Self.connection, needs: [.source, .config],
                takes: [.streams, .state, .catalog, .fullRefresh, .retries, .saveConfig, .verbose],
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
                "keep a SQLite file, or a destination of Airbyte's, equal to what the source tells",
                "In a SQLite file: one table per stream, rows updated by primary key, deleted rows removed; the next sync continues"
                    + " where this one ended. With --destination the rows go there, and the next sync continues from the last"
                    + " state that the destination has confirmed. A connection file is a JSON object with the options as members (source, config, into,"
                    + " streams, ...), its config a path or the configuration itself; paths are seen from its folder.",
                operands: Self.connection, needs: [.source, .config],
                takes: [
                    .into, .destination, .destinationConfig, .state, .streams, .catalog, .fullRefresh, .commitEvery,
                    .retries,
                    .sameSource, .sameDestination, .json, .saveConfig, .verbose,
                ],
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
                    (
                        "sync --source source-rocket-chat --config config.json --destination destination-postgres"
                            + " --destination-config warehouse.json",
                        "copy it into a warehouse"
                    ),
                    ("sync prod.json --retries 3", "all that a crontab needs"),
                ])
        case .verify:
            VerbRule(
                "run the source some forty times and say which rules of the protocol it keeps",
                "Each rule is a MUST or a SHOULD; one MUST that is broken ends with exit code 1. docs/verify.md lists the rules and"
                    + " says how to freeze the data, without which reading twice proves nothing.",
                operands: Self.connection, needs: [.source, .config],
                takes: [.badConfig, .without, .streams, .state, .json, .junit, .silence, .verbose],
                examples: [
                    (
                        "verify --source source-rocket-chat --config config.json --bad-config wrong-token.json",
                        "accept a source"
                    ),
                    (
                        "verify --source source-rocket-chat --config config.json --json --junit verdicts.xml",
                        "in continuous integration"
                    ),
                ])
        case .initialize:
            VerbRule(
                "write a configuration from what the source says of itself",
                "Required settings and those with a default are in it, secrets as ${env:NAME}; the file is for its owner"
                    + " alone, and none that is there is overwritten. Without --config it is config.json. Where a connection"
                    + " file is named, that is written, with source, configuration and SQLite file in one.",
                operands: Self.connection, needs: [.source], takes: [.config, .into, .verbose],
                examples: [
                    ("init --source source-rocket-chat", "config.json, to be filled in"),
                    ("init prod.json --source source-rocket-chat --into workspace.db", "all that a crontab needs"),
                ])
        case .state:
            VerbRule(
                "show what a sync would continue from, or forget it for some streams",
                "The state is that of a SQLite file (--into), of a file of `read` (--state), or of a connection file, which"
                    + " then comes before the streams. A stream whose state is forgotten is read from the beginning by the"
                    + " next run; its rows stay and are updated.",
                operands: "show|reset [CONNECTION.json] [STREAM...]", limit: nil, choices: ["show", "reset"],
                takes: [.into, .state, .json],
                examples: [
                    ("state show --into workspace.db", "see how far each stream is"),
                    ("state reset messages --into workspace.db", "read one stream from the beginning"),
                    ("state show --state state.json --json", "for programs"),
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
