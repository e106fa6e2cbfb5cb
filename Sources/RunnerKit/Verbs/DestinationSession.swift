import AirbyteProtocol
import JSONBytes

/// One destination and its configuration: what is asked of it before anything is read.
struct DestinationSession {
    /// The program.
    let command: SourceCommand
    /// What it is configured with.
    let configuration: SourceConfiguration
    /// Tells the user what it says.
    let report: DestinationReport
    /// Which destination it is and where it puts the data.
    let identity: SourceIdentity
    /// The destination sync modes that it has; empty when it does not say.
    let modes: [String]

    private let reporter: Reporter
    private let signals: SignalPipe?
    private let specification: JSON

    /// Reads the configuration and asks the destination for its SPEC, which names the secrets to hide beside the source's.
    init(_ command: SourceCommand, config: String, beside source: SourceSession) throws(RunnerError) {
        self.command = command
        (reporter, signals) = (source.reporter, source.signals)
        report = DestinationReport(reporter, isVerbose: source.options.isVerbose)
        if let kind = Files.specialKind(config) {
            throw RunnerError(.usage, "--destination-config \(config) is \(kind): name a regular file")
        }
        configuration = try source.options.destinationConfiguration()
        if let notice = configuration.notice { reporter.warn(notice) }
        let others = reporter.secrets
        // Until the destination has spoken, what is named or looks like a secret is one.
        let named = configuration.secrets
        reporter.hide(SecretSearch(configuration.value, specification: nil).found.union(named))
        let answer = try Self.ask(command, ["spec"], for: .spec, report: report, signals: signals) { _ in }
        guard let answer, let specification = answer["connectionSpecification"] else {
            throw RunnerError(.failed, "the destination does not answer `spec`, so it is no Airbyte destination")
        }
        self.specification = specification
        let found = SecretSearch(configuration.value, specification: specification).found
        reporter.hide(others.union(found).union(named), anew: true)
        modes = answer["supported_destination_sync_modes"]?.array?.compactMap(\.string) ?? []
        identity = SourceIdentity(
            command, configuration: configuration.value, specification: specification, redactor: reporter.redactor)
    }

    /// Whether it can be written to. Asked first: what the source would be asked for in vain may be scarce. Throws when it
    /// cannot.
    func check() throws(RunnerError) {
        var scratch: ScratchFolder?
        let words = ["check", "--config", try configuration.path(in: &scratch, as: Self.copy)]
        defer { scratch?.remove([Self.copy]) }
        let answer = try Self.ask(command, words, for: .connectionStatus, report: report, signals: signals, control)
        guard let status = answer?["status"]?.string else {
            throw RunnerError(failureCode, "the check of the destination came to no result; nothing was read")
        }
        guard status == ConnectionStatus.succeeded(nil).word else {
            let reason = answer?["message"]?.string ?? "it gives no reason"
            throw RunnerError(failureCode, "the check of the destination failed: \(reason); nothing was read")
        }
    }

    /// Starts it with the catalog in this file.
    func write(catalog: String, scratch: ScratchFolder) throws(RunnerError) -> DestinationProcess {
        var folder: ScratchFolder? = scratch
        let config = try configuration.path(in: &folder, as: Self.copy)
        let words = command.words + ["write", "--config", config, "--catalog", catalog]
        return try DestinationProcess(words, scratch: scratch)
    }

    /// A CONTROL payload. The configuration in it goes at once into the file, when that is wished.
    func control(_ payload: JSON) throws(RunnerError) {
        guard let changed = payload["connectorConfig"]?["config"], changed.members != nil else { return }
        reporter.hide(SecretSearch(changed, specification: specification).found)
        switch try configuration.take(changed) {
        case .none: break
        case .lost: report.warnOfConfiguration()
        case .saved(let path): reporter.say("the destination has changed its configuration: saved in \(path)")
        }
    }

    /// The name of a copy of its configuration in a scratch folder.
    static let copy = "destination-config.json"

    /// What a failure of it means for a scheduler.
    var failureCode: ExitCode { report.isConfigurationWrong ? .configuration : .failed }

    /// Runs a verb that answers with one message of `type`; returns its payload, nil when it did not come.
    private static func ask(
        _ command: SourceCommand, _ words: [String], for type: MessageType, report: DestinationReport,
        signals: SignalPipe?, _ control: (JSON) throws(RunnerError) -> Void
    ) throws(RunnerError) -> JSON? {
        var reader = MessageReader()
        var payload: JSON?
        let run = SourceRun(words: command.words + words, role: .destination, signals: signals)
        let outcome = try run.run { event throws(RunnerError) in
            switch event {
            case .error(.line(let line)) where !line.isEmpty: report.standardError(line)
            case .output(.line(let line)) where !line.isEmpty:
                switch reader.read(line) {
                case .message(type, let found): payload = payload ?? found
                case .message(.log, let found): report.log(found)
                case .message(.trace, let found): report.trace(found)
                case .message(.control, let found): try control(found)
                case .message, .record: break
                case .noise: report.noise(line)
                }
            case .output, .error, .idle: break
            }
            return .goOn
        }
        if let signal = outcome.signal { throw RunnerError(.signal(signal), "stopped by signal \(signal)") }
        if payload == nil { report.explain(outcome.end, isEarly: false) }
        return payload
    }
}
