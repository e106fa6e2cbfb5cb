import AirbyteProtocol
import JSONBytes

/// Runs the source as often as a verification wants, and brings back evidence.
struct SourceProbe {
    /// The source's command line.
    let command: [String]
    /// Nil where the process belongs to someone else.
    let signals: SignalPipe?
    /// What must not be printed.
    var secrets: SecretScan

    /// Runs the source once, to its end. Throws when the user interrupts, or when the source cannot be started.
    func run(_ request: SourceRequest) throws(RunnerError) -> RunEvidence {
        var observer = RunObserver(request, secrets: secrets)
        var heardAt = Clock.monotonic()
        var fellSilent = false
        let prefix = request.environment.isEmpty ? [] : ["env"] + request.environment
        let words = prefix + command + request.arguments
        let run = SourceRun(words: words, signals: signals, hasOpenInput: request.hasOpenInput)
        let outcome = try run.run { event in
            switch event {
            case .output(.line(let line)): observer.take(line)
            case .output(.tooLong(let length)): observer.take(tooLong: length)
            case .error(.line(let line)): observer.take(error: line)
            case .error(.tooLong(let length)): observer.take(tooLongError: length)
            case .idle:
                fellSilent = fellSilent || Clock.monotonic() - heardAt >= request.silence
                return fellSilent ? .stop : .goOn
            }
            heardAt = Clock.monotonic()
            return .goOn
        }
        if let signal = outcome.signal { throw RunnerError(.signal(signal), "stopped by signal \(signal)") }
        observer.finish(
            outcome.end, lacksNewline: outcome.lacksNewline, fellSilent: fellSilent, leftOthers: outcome.leftOthers)
        return observer.evidence
    }
}
