import AirbyteProtocol

/// What the user asked for.
package struct Options: Sendable, Equatable {
    /// The six things the runner does.
    package enum Verb: String, CaseIterable, Sendable {
        case spec, check, discover, read, sync, verify
    }

    /// Which of the six.
    package let verb: Verb
    /// The source to run.
    package let source: SourceCommand
    /// The configuration file. Empty only for `spec`.
    package let config: String
    /// Names to read; nil means all.
    package let streams: [String]?
    /// The state file of `read`; may not exist yet.
    package let state: String?
    /// A configured catalog to use instead of asking the source.
    package let catalog: String?
    /// The SQLite file of `sync`.
    package let database: String?
    /// Milliseconds between commits of a sync; 0 commits at every STATE.
    package let commitInterval: Int64
    /// Read everything anew, whatever the state says.
    package let startsOver: Bool
    /// Keep a configuration that the source changes in the configuration file.
    package let savesConfig: Bool
    /// `sync`: the user says that the file holds this source's data, though it looks like another's.
    package let isSameSource: Bool
    /// `discover`: the protocol line or the table; nil chooses by whether a person or a program reads the output.
    package let isRaw: Bool?
    /// `verify`: a configuration that the source has to refuse.
    package let badConfig: String?
    /// `verify`: rules to leave out, each `NAME=REASON`.
    package let without: [String]
    /// `verify`: where the verdicts go as JUnit XML.
    package let junit: String?
    /// `verify`: milliseconds after which a silent source is ended.
    package let silence: Int64
    /// Show INFO logs and the source's standard error.
    package let isVerbose: Bool

    /// The options a verb takes beside `--source`, `--config` and `--verbose`.
    private static func names(of verb: Verb) -> Set<String> {
        switch verb {
        case .spec: []
        case .check: ["--save-config"]
        case .discover: ["--raw", "--json", "--table", "--save-config"]
        case .read: ["--streams", "--state", "--catalog", "--full-refresh", "--save-config"]
        case .sync:
            [
                "--streams", "--catalog", "--full-refresh", "--into", "--commit-every", "--save-config",
                "--same-source",
            ]
        case .verify: ["--bad-config", "--without", "--json", "--junit", "--streams", "--state", "--silence"]
        }
    }

    private static let flags: Set<String> = [
        "--full-refresh", "--raw", "--json", "--table", "--verbose", "--save-config", "--same-source",
    ]

    /// Reads the words after the program's name. Throws `.usage` with what is wrong.
    package init(_ arguments: [String]) throws(RunnerError) {
        guard let first = arguments.first else { throw RunnerError(.usage, "no command given") }
        guard let verb = Verb(rawValue: first) else { throw RunnerError(.usage, "unknown command `\(first)`") }
        let values = try Self.values(arguments.dropFirst(), verb: verb)

        self.verb = verb
        guard let line = values["--source"] else { throw RunnerError(.usage, "`\(verb)` needs --source CMD") }
        source = try SourceCommand(line)
        config = values["--config"] ?? ""
        if verb != .spec, config.isEmpty { throw RunnerError(.usage, "`\(verb)` needs --config FILE") }
        streams = values["--streams"]?.split(separator: ",").map { word in
            String(word.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        }
        if streams?.isEmpty == true { throw RunnerError(.usage, "--streams names no stream") }
        state = values["--state"]
        catalog = values["--catalog"]
        database = values["--into"]
        if verb == .sync, database == nil { throw RunnerError(.usage, "`sync` needs --into FILE.db") }
        let seconds = Int64(values["--commit-every"] ?? "1")
        guard let seconds, (0...3600).contains(seconds) else {
            throw RunnerError(.usage, "--commit-every takes whole seconds from 0 to 3600")
        }
        commitInterval = seconds * 1000
        startsOver = values["--full-refresh"] != nil
        savesConfig = values["--save-config"] != nil
        isSameSource = values["--same-source"] != nil
        let wantsLine = values["--raw"] != nil || values["--json"] != nil
        if wantsLine, values["--table"] != nil { throw RunnerError(.usage, "--table and --raw exclude each other") }
        isRaw = wantsLine ? true : values["--table"] != nil ? false : nil
        badConfig = values["--bad-config"]
        without = values["--without"]?.split(separator: "\n").map(String.init) ?? []
        junit = values["--junit"]
        guard let limit = Int64(values["--silence"] ?? "300"), (1...36_000).contains(limit) else {
            throw RunnerError(.usage, "--silence takes whole seconds from 1 to 36000")
        }
        silence = limit * 1000
        isVerbose = values["--verbose"] != nil
    }

    private static func values(
        _ words: ArraySlice<String>, verb: Verb
    ) throws(RunnerError) -> [String: String] {
        let allowed = names(of: verb).union(["--source", "--config", "--verbose"])
        var values: [String: String] = [:]
        var words = words.makeIterator()
        while let word = words.next() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            guard name.hasPrefix("--") else { throw RunnerError(.usage, "unexpected argument `\(word)`") }
            guard allowed.contains(name) else {
                if verb == .sync, name == "--state" {
                    throw RunnerError(.usage, "`sync` keeps its state in the database: leave --state out")
                }
                throw RunnerError(.usage, "`\(verb)` has no option \(name)")
            }
            guard values[name] == nil || name == "--without" else {
                throw RunnerError(.usage, "\(name) is given twice")
            }
            if flags.contains(name) {
                guard parts.count == 1 else { throw RunnerError(.usage, "\(name) takes no value") }
                values[name] = ""
            } else {
                guard let value = parts.count == 2 ? String(parts[1]) : words.next(), !value.isEmpty else {
                    throw RunnerError(.usage, "\(name) needs a value")
                }
                // `--config --streams a` is a forgotten value, not a file called --streams.
                guard parts.count == 2 || !allowed.contains(value) else {
                    throw RunnerError(.usage, "\(name) needs a value, not \(value)")
                }
                values[name] = (values[name].map { "\($0)\n" } ?? "") + value
            }
        }
        return values
    }
}
