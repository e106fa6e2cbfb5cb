extension OptionName {
    /// The table of options: the parser, `help`, *did you mean*, completion and the man page go by it.
    var rule: OptionRule {
        switch self {
        case .source:
            OptionRule(
                .command("CMD"), short: "s",
                #"the source: a program, or a quoted command line such as "python -m source_x""#)
        case .config:
            OptionRule(
                .configuration("FILE"), short: "c",
                "its configuration, JSON, in which ${env:NAME} stands for an environment variable; - reads it from standard"
                    + " input")
        case .into:
            OptionRule(.file("FILE.db"), "the SQLite file, made when missing")
        case .destination:
            OptionRule(.command("CMD"), "an Airbyte destination instead of a file: a program or a quoted command line")
        case .destinationConfig:
            OptionRule(
                .configuration("FILE"),
                "the destination's configuration, JSON. The states are kept beside it (FILE without .json, and .state.json)"
                    + " unless --state names another file")
        case .streams:
            OptionRule(.text("A,B"), "only these streams (default: all it has)")
        case .state:
            OptionRule(.file("FILE"), "continue from this state and keep the newest one in it (may not exist yet)")
        case .catalog:
            OptionRule(
                .file("FILE"), "a configured catalog, or what `discover` printed, to use instead of asking the source")
        case .fullRefresh:
            OptionRule("forget the state and read everything anew; tables are replaced once complete")
        case .commitEvery:
            OptionRule(
                .text("SECONDS"), "time between commits (default 1; 0: at every state that the source sends)")
        case .retries:
            OptionRule(
                .text("N"),
                "begin again up to N times when it fails, going on from what is saved, after 10, 30, 90 and then 270"
                    + " seconds; not when the configuration is wrong")
        case .saveConfig:
            OptionRule(
                "merge a configuration that the source changes (a new token) into the configuration file")
        case .sameSource:
            OptionRule(
                "the file holds this source's data, although its command or its configuration looks like another one's"
            )
        case .sameDestination:
            OptionRule(
                "the destination is the one of the former syncs, although its command or its configuration looks like"
                    + " another one's")
        case .badConfig:
            OptionRule(
                .file("FILE"), "a configuration that the source has to refuse, such as one with a wrong password")
        case .without:
            OptionRule(
                .text("RULE=REASON"), isRepeatable: true,
                "leave a rule out; the reason is printed. May be given several times")
        case .junit:
            OptionRule(.file("FILE"), "write the verdicts as JUnit XML, too")
        case .silence:
            OptionRule(.text("SECONDS"), "after which a source that says nothing is ended (default 300)")
        case .raw:
            OptionRule("print the CATALOG message even on a terminal")
        case .json:
            OptionRule("the result as JSON, for programs")
        case .table:
            OptionRule("print the table even into a file or pipe")
        case .verbose:
            OptionRule(short: "v", "also show the source's INFO logs and its standard error")
        case .help:
            OptionRule(short: "h", "say what there is, or what the command before it does")
        case .version:
            OptionRule(short: "V", "print the version")
        }
    }
}
