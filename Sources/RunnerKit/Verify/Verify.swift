import AirbyteProtocol
import JSONBytes

/// `verify`: says of any source which of the protocol's rules it keeps.
struct VerifyRun {
    private let options: Options
    private let configuration: SourceConfiguration
    private let reporter: Reporter
    private let signals: SignalPipe?

    /// A verification of the source that `options` name.
    init(_ options: Options, _ configuration: SourceConfiguration, reporter: Reporter, signals: SignalPipe?) {
        self.options = options
        self.configuration = configuration
        self.reporter = reporter
        self.signals = signals
    }

    /// Runs the source as often as it takes, and prints what was found.
    func run() throws(RunnerError) -> ExitCode {
        // Before the source is started: a name that is wrong, a file that cannot be written are found out at once.
        let book = try RuleBook(without: options.without)
        let junit = try options.junit.map { path throws(RunnerError) in try TargetFile(path, option: "--junit").path }
        var verification = try Verification(options, configuration, reporter: reporter, signals: signals)
        let findings = try verification.run()
        reporter.clearProgress()
        let verdicts = Verdict.all(findings, book: book, mask: reporter.line)
        if let junit { try Files.replace(junit, with: JUnitDocument.text(verdicts)) }
        let isForPrograms = options.isRaw == true
        try reporter.console.print(
            isForPrograms ? VerdictDocument.json(verdicts).indentedText : VerdictTable(verdicts).text)
        return verdicts.contains { $0.result == .failed } ? .failed : .ok
    }
}
