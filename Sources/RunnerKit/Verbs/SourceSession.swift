import AirbyteProtocol
import JSONBytes

/// One source, its configuration and the user at the terminal: what every command starts from.
struct SourceSession {
    /// What the user asked for.
    let options: Options
    /// Tells the user what happens.
    let reporter: Reporter
    /// Nil where the process belongs to someone else.
    let signals: SignalPipe?
    /// The state file of `read`, nil without one; the database of `sync`.
    let target: TargetFile?

    /// Which source it is and whose data it gives; empty for `spec`.
    private(set) var identity = SourceIdentity(command: nil, marks: [])
    /// What the source is configured with; nil for verbs that need none.
    let configuration: SourceConfiguration?
    private var specification: JSON?

    /// Asks the source for its SPEC, which names the secrets to hide. `configuration` is given by whoever has read it
    /// already: a pipe can be read once.
    init(
        _ options: Options, reporter: Reporter, signals: SignalPipe?, configuration: SourceConfiguration? = nil
    ) throws(RunnerError) {
        self.options = options
        self.signals = signals
        self.reporter = reporter
        // Before the source is started: a file that cannot be kept is found out at once.
        if let path = options.state {
            target = try TargetFile(path, option: "--state")
        } else if let path = options.database {
            target = try TargetFile(path, option: "--into")
        } else {
            target = nil
        }
        if let configuration {
            self.configuration = configuration
        } else {
            self.configuration = try options.configuration()
        }
        guard let configuration = self.configuration else { return }

        // Until the source has spoken, what is named or looks like a secret is one.
        hide(configuration.value)
        if let notice = configuration.notice { reporter.warn(notice) }
        let answer = try ask("spec", for: .spec)
        guard let specification = answer?["connectionSpecification"] else {
            throw RunnerError(.failed, "the source does not answer `spec`, so it is no Airbyte source")
        }
        self.specification = specification
        hide(configuration.value, anew: true)
        identity = SourceIdentity(
            options.source, configuration: configuration.value, specification: specification,
            redactor: reporter.redactor)
    }

    /// Hides the secrets of a configuration, and what comes from variables that are called like one.
    private func hide(_ configuration: JSON, anew: Bool = false) {
        let found = SecretSearch(configuration, specification: specification).found
        reporter.hide(found.union(self.configuration?.secrets ?? []), anew: anew)
    }

    /// A CONTROL payload. The configuration in it goes at once into the file, when that is wished: a token that can be
    /// used only once would be lost with the run.
    func control(_ payload: JSON) throws(RunnerError) {
        guard let changed = payload["connectorConfig"]?["config"], changed.members != nil else { return }
        hide(changed)
        switch try configuration?.take(changed) {
        case nil, .some(.none): break
        case .lost: reporter.warnOfConfiguration()
        case .saved(let path): reporter.say("the source has changed its configuration: saved in \(path)")
        }
    }

    /// Runs a verb that answers with one message of `type`; returns its payload, nil when the source did not send it.
    func ask(_ verb: String, for type: MessageType) throws(RunnerError) -> JSON? {
        var reader = MessageReader()
        var payload: JSON?
        let outcome = try run(verb, flags: []) { event throws(RunnerError) in
            guard let line = line(of: event) else { return .goOn }
            switch reader.read(line) {
            case .message(type, let found): payload = payload ?? found
            case .message(let other, let found): try take(other, found)
            case .record: break
            case .noise(let noise): reporter.noise(noise, line: line)
            }
            return .goOn
        }
        if let signal = outcome.signal { throw RunnerError(.signal(signal), "stopped by signal \(signal)") }
        reporter.summarize()
        if payload == nil { reporter.explainFailure(outcome.end) }
        return payload
    }

    /// The line of standard output that an event brings. Standard error and overlong lines are dealt with here;
    /// those, empty lines and idle moments give nil.
    func line(of event: SourceRun.Event) -> UnsafeBufferPointer<UInt8>? {
        switch event {
        case .output(.line(let line)) where !line.isEmpty: return line
        case .output(.tooLong(let length)): reporter.noise(.tooLong(length), line: nil)
        case .error(.line(let line)) where !line.isEmpty: reporter.standardError(line)
        case .output, .error, .idle: break
        }
        return nil
    }

    /// What every verb does with messages that are not its answer.
    func take(_ type: MessageType, _ payload: JSON) throws(RunnerError) {
        switch type {
        case .log: reporter.log(payload)
        case .trace: reporter.trace(payload)
        case .control: try control(payload)
        case .record, .state, .spec, .connectionStatus, .catalog: break
        }
    }

    /// Runs `read` for `plans`, as run number `number`, going on from what `state` knows of them.
    func read(
        _ plans: [StreamPlan], run number: Int64, from state: StateFile,
        _ handle: (SourceRun.Event) throws(RunnerError) -> SourceRun.Wish
    ) throws(RunnerError) -> SourceRun.Outcome {
        let catalog = plans.catalog(run: number) { options.startsOver || !$0.isIncremental }
        let scratch = try ScratchFolder()
        defer { scratch.remove(["catalog.json", "state.json"]) }
        var flags = ["--catalog", try scratch.add("catalog.json", catalog)]
        let known = options.startsOver ? StateFile() : state.limited(to: plans.filter(\.isIncremental).map(\.key))
        if !known.isEmpty { flags += ["--state", try scratch.add("state.json", known.text)] }
        defer { reporter.clearProgress() }
        return try run("read", flags: flags, scratch: scratch, handle)
    }

    /// Runs a verb with the given flags, whose files are in `scratch`, to its end.
    func run(
        _ verb: String, flags: [String], scratch: ScratchFolder? = nil,
        _ handle: (SourceRun.Event) throws(RunnerError) -> SourceRun.Wish
    ) throws(RunnerError) -> SourceRun.Outcome {
        var (words, scratch) = (options.source.words + [verb], scratch)
        let isGiven = scratch != nil
        if verb != "spec", let configuration { words += ["--config", try configuration.path(in: &scratch)] }
        words += flags
        defer { if let scratch { scratch.remove([SourceConfiguration.copy], andFolder: !isGiven) } }
        let outcome = try SourceRun(words: words, signals: signals, scratch: scratch).run(handle)
        if outcome.wasCut { reporter.warn("something that the source started went on writing after its end: stopped") }
        return outcome
    }

    /// The CATALOG payload. Throws when the source does not give one.
    func discover() throws(RunnerError) -> JSON {
        guard let catalog = try ask("discover", for: .catalog) else {
            throw unanswered("the source did not tell its streams")
        }
        return catalog
    }

    /// The streams to read: from the catalog file, or all that the source offers, limited to those asked for.
    func plans() throws(RunnerError) -> [StreamPlan] {
        let all: [StreamPlan]
        if let path = options.catalog {
            guard let bytes = try Files.read(path) else { throw RunnerError(.usage, "there is no catalog \(path)") }
            all = try [StreamPlan](catalog: bytes, path: path)
        } else {
            all = (try discover()["streams"]?.array ?? []).compactMap(DiscoveredStream.init).map(StreamPlan.init)
        }
        let chosen = try all.unique.selecting(options.streams)
        guard !chosen.isEmpty else { throw RunnerError(.failed, "the source has no streams to read") }
        return chosen
    }

    /// What a failure means for a scheduler: the source's first error decides, as on the Airbyte platform.
    var failureCode: ExitCode {
        reporter.isConfigurationWrong ? .configuration : .failed
    }

    /// How a command ends whose question the source left open. Its own reason, where it gave one, has been said.
    func unanswered(_ description: String) -> RunnerError {
        RunnerError(failureCode, reporter.errorCount == 0 ? description : "")
    }
}
