import AirbyteProtocol

/// What the user asks of a source.
package struct Options: Sendable, Equatable {
    /// What is to be done.
    package let verb: Verb
    /// The connection file that is named, if any.
    let connection: String?
    /// The source to run.
    package let source: SourceCommand
    /// The configuration file, "-" for standard input. Empty where none is given.
    package let config: String
    /// Configurations that are members of a connection file, which their paths then name.
    let inline: Set<OptionName>
    /// How often a run that failed is begun again.
    package let retries: Int
    /// Names to read; nil means all.
    package let streams: [String]?
    /// The state file of `read`, and of `sync` to a destination; may not exist yet.
    package let state: String?
    /// A configured catalog to use instead of asking the source.
    package let catalog: String?
    /// The SQLite file of `sync`.
    package let database: String?
    /// The destination of `sync`, when it is one of Airbyte's and not an SQLite file.
    package let destination: SourceCommand?
    /// Its configuration file; empty without one.
    package let destinationConfig: String
    /// `sync`: the user says that the destination is the one of the former syncs, though it looks like another.
    package let isSameDestination: Bool
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

    /// `sync`: the end is told as one JSON object.
    var wantsSummary: Bool { verb == .sync && isRaw == true }

    /// Reads the words after the program's name. Throws `.usage` with what is wrong.
    package init(_ arguments: [String]) throws(RunnerError) {
        try self.init(try CommandWords(arguments))
    }

    /// Gives sorted words their meaning.
    init(_ words: CommandWords) throws(RunnerError) {
        var words = words
        // The file that `init` is to write is none that it reads.
        connection = words.operands.first
        if let connection, words.verb != .initialize { words.add(try ConnectionOptions(connection)) }
        verb = words.verb
        inline = words.inline
        for option in words.verb.rule.needs where words.values[option] == nil {
            throw RunnerError(.usage, "`\(words.verb)` needs \(option.form)")
        }
        source = try SourceCommand(words.value(.source) ?? "")
        config = words.value(.config) ?? ""
        streams = words.value(.streams)?.split(separator: ",").map { word in
            String(word.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        }
        if streams?.isEmpty == true { throw RunnerError(.usage, "--streams names no stream") }
        destination = try words.value(.destination).map { line throws(RunnerError) in
            try SourceCommand(line, role: .destination)
        }
        destinationConfig = words.value(.destinationConfig) ?? ""
        isSameDestination = words.has(.sameDestination)
        if verb == .sync { try words.checkTarget() }
        state = words.value(.state) ?? (destination == nil ? nil : Self.stateFile(beside: destinationConfig))
        catalog = words.value(.catalog)
        database = words.value(.into)
        commitInterval = try words.number(.commitEvery, 0...3600, "whole seconds", or: 1) * 1000
        startsOver = words.has(.fullRefresh)
        savesConfig = words.has(.saveConfig)
        isSameSource = words.has(.sameSource)
        let wantsLine = words.has(.raw) || words.has(.json)
        if wantsLine, words.has(.table) { throw RunnerError(.usage, "--table and --raw exclude each other") }
        isRaw = wantsLine ? true : words.has(.table) ? false : nil
        badConfig = words.value(.badConfig)
        without = words.values[.without] ?? []
        junit = words.value(.junit)
        silence = try words.number(.silence, 1...36_000, "whole seconds", or: 300) * 1000
        isVerbose = words.has(.verbose)
        retries = Int(try words.number(.retries, 0...1000, "a number", or: 0))
        if retries > 0, verb == .read, state == nil {
            throw RunnerError(.usage, "`read --retries` needs --state FILE, from which the next try goes on")
        }
    }

    /// `warehouse.state.json` for `warehouse.json`.
    private static func stateFile(beside config: String) -> String {
        (config.hasSuffix(".json") ? String(config.dropLast(5)) : config) + ".state.json"
    }

    /// Reads the configuration; nil where the verb needs none.
    func configuration() throws(RunnerError) -> SourceConfiguration? {
        guard verb.rule.needs.contains(.config) else { return nil }
        return try configuration(.config, config)
    }

    /// Reads the destination's configuration.
    func destinationConfiguration() throws(RunnerError) -> SourceConfiguration {
        try configuration(.destinationConfig, destinationConfig)
    }

    private func configuration(_ option: OptionName, _ path: String) throws(RunnerError) -> SourceConfiguration {
        try SourceConfiguration(
            path, member: inline.contains(option) ? ConnectionOptions.name(option) : nil, option: option.word,
            isSaved: savesConfig)
    }
}

extension CommandWords {
    /// The last value of an option, nil when it is not given.
    func value(_ option: OptionName) -> String? { values[option]?.last }

    /// Where `sync` puts the rows: into a file or to a destination. Throws `.usage` unless that is clear.
    fileprivate func checkTarget() throws(RunnerError) {
        if !has(.destination) {
            guard has(.into) else { throw RunnerError(.usage, "`sync` needs --into FILE.db or --destination CMD") }
            if has(.state) {
                throw RunnerError(.usage, "`sync` keeps its state in the database: leave --state out")
            }
            for option in [OptionName.destinationConfig, .sameDestination] where has(option) {
                throw RunnerError(.usage, "\(option.word) needs --destination CMD")
            }
        } else if has(.into) {
            throw RunnerError(.usage, "--into and --destination exclude each other")
        } else if !has(.destinationConfig) {
            throw RunnerError(.usage, "--destination needs --destination-config FILE")
        }
    }

    /// Whether an option is given.
    func has(_ option: OptionName) -> Bool { values[option] != nil }

    /// The number that an option gives, `fallback` without it. `unit` is what it counts.
    func number(
        _ option: OptionName, _ range: ClosedRange<Int64>, _ unit: String, or fallback: Int64
    ) throws(RunnerError) -> Int64 {
        guard let text = value(option) else { return fallback }
        guard let number = Int64(text), range.contains(number) else {
            throw RunnerError(
                .usage, "\(option.word) takes \(unit) from \(range.lowerBound) to \(range.upperBound), not `\(text)`")
        }
        return number
    }
}
