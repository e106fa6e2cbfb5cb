import AirbyteProtocol
import JSONBytes

/// A verification under way: what is known of the source so far, and how it is asked for more.
///
/// Its steps are extensions of it, one file for each verb or theme.
struct Verification {
    /// What the user asked for.
    let options: Options
    /// Tells what is being done.
    let reporter: Reporter
    /// Catalogs, states and configurations for the source.
    let files: VerificationFiles
    /// Runs the source.
    var probe: SourceProbe
    /// What was found.
    var findings = Findings()
    /// The path of the configuration that is used; another one once the source has changed it.
    var config: String
    /// The configuration itself, with what the source has changed in it.
    let source: SourceConfiguration
    /// The `connectionSpecification`; nil without one.
    var specification: JSON?
    /// What must not be printed.
    var secrets: Set<String> = []
    /// Whether the source says that it can connect.
    var connects = false
    /// Milliseconds that `check` took.
    var checkDuration: Int64 = 0
    /// The streams to verify, of those that it offers.
    var streams: [VerifiedStream] = []
    /// The first read from the beginning.
    var full: RunEvidence?
    /// Streams whose records had the same values in both full reads.
    var steady: Set<StreamKey> = []
    /// The first incremental read, without a state.
    var incremental: RunEvidence?

    /// Before the first run. The source gets a copy of the configuration where its own file is none that it can read.
    init(
        _ options: Options, _ source: SourceConfiguration, reporter: Reporter, signals: SignalPipe?
    ) throws(RunnerError) {
        self.options = options
        self.reporter = reporter
        self.source = source
        let folder = try VerificationFiles()
        files = folder
        config = try source.path { text throws(RunnerError) in try folder.add(SourceConfiguration.copy, text) }
        let secrets = SecretSearch(source.value, specification: nil).found
        reporter.hide(secrets)
        probe = SourceProbe(command: options.source.words, signals: signals, secrets: SecretScan([]))
    }

    /// Runs all steps, one after another.
    mutating func run() throws(RunnerError) -> Findings {
        defer { files.remove() }
        try verifySpec()
        try verifyCheck()
        try verifyBadConfig()
        try verifyCommandLine()
        try verifyDiscover()
        guard !streams.isEmpty else {
            findings.skip(Rule.record + Rule.state + Rule.status, because: "there is no stream to read")
            findings.skip(
                Rule.read + Rule.incremental + Rule.input + Rule.process, because: "there is no stream to read")
            return findings
        }
        try verifyFullRefresh()
        try verifyReadFailure()
        try verifyIncremental()
        try verifyStates()
        try verifyCatalogs()
        try verifyProcess()
        return findings
    }

    /// Runs the source once, and notes what was found of the rules that hold for every run; not so where it is called as the
    /// protocol does not know it, since what it prints then is for people.
    mutating func observe(_ request: SourceRequest, isProtocol: Bool = true) throws(RunnerError) -> RunEvidence {
        reporter.showStep("verify: \(request.label)")
        let given = try Files.read(config)
        let evidence = try probe.run(request)
        tell(evidence)
        if isProtocol { findings.merge(evidence.findings, label: request.label) }
        let left = try Files.read(config)
        findings.require(left == given, .leavesConfiguration, "\(request.label): the file is another one afterwards")
        if request.hasGivenConfiguration { try keep(evidence.configuration, of: request.label) }
        return evidence
    }

    /// Says, when asked to say more, how a run went.
    func tell(_ evidence: RunEvidence) {
        guard options.isVerbose else { return }
        reporter.say("\(evidence.label): \(evidence.ending), \(evidence.records) records")
    }

    /// A configuration that the source has changed is used from now on: its old token may be worth nothing.
    mutating func keep(_ changed: JSON?, of label: String) throws(RunnerError) {
        guard let changed else { return }
        switch try source.take(changed) {
        case .none: break
        case .lost, .saved: reporter.warnOfConfiguration()
        }
        config = try source.path { text throws(RunnerError) in try files.add(SourceConfiguration.copy, text) }
        let found = SecretSearch(source.value, specification: specification).found
        reporter.hide(found)
        secrets.formUnion(found)
        probe.secrets = SecretScan(secrets)
        guard let specification else { return }
        let fault = SchemaJudge.faults(of: source.value, by: .reading(specification)).first { $0.kind == .misfit }
        findings.require(fault == nil, .controlFitsSpec, "\(label): \(fault?.description ?? "")")
    }

    /// Why no read can go on from the states that came; nil when they are good for it.
    var flawOfStates: String? {
        if findings.breaches[.stateIsOfOneKind] != nil { return "some STATEs are about one stream, others about all" }
        return findings.breaches[.stateIsWellFormed] == nil ? nil : "the STATEs are not well-formed"
    }

    /// What the first read in the mode of `stream` brought of it; nil where there was none.
    func first(of stream: StreamWatch) -> StreamWatch? {
        (stream.request.isIncremental ? incremental : full)?[stream.key]
    }

    /// Requires that a read has brought all that the first reads brought.
    mutating func requireAll(in evidence: RunEvidence, _ rule: Rule) {
        findings.require(evidence.succeeded, rule, evidence.ending)
        guard evidence.succeeded else { return }
        for stream in evidence.streams {
            guard let expected = first(of: stream), let lost = ReadJudge.lost(of: expected, in: stream, steady: steady)
            else { continue }
            findings.require(lost == 0, rule, "`\(stream.key)`: \(lost) of \(expected.records) records do not come")
        }
    }

    /// A request for a verb other than `read`.
    func ask(_ verb: String, _ arguments: [String], as label: String? = nil, expectsFailure: Bool = false)
        -> SourceRequest
    {
        SourceRequest(
            label: label ?? verb, verb: verb, arguments: arguments, expectsFailure: expectsFailure,
            silence: min(options.silence, 300_000))
    }

    /// A request to read `streams`, with the content of a state file where there is one.
    func read(
        _ streams: [StreamRequest], as label: String, state: String? = nil, catalog: JSON? = nil,
        expectsFailure: Bool = false
    ) throws(RunnerError) -> SourceRequest {
        let catalog = catalog ?? .object(["streams": .array(streams.map(\.entry))])
        var arguments = ["read", "--config", config, "--catalog", try files.add("catalog.json", catalog.text)]
        if let state { arguments += ["--state", try files.add("state.json", state)] }
        return SourceRequest(
            label: label, verb: "read", arguments: arguments, streams: streams, expectsFailure: expectsFailure,
            hasToldStatuses: full?.tellsStatuses ?? false, silence: options.silence)
    }
}
